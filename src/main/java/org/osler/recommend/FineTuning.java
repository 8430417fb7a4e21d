package org.osler.recommend;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.osler.encoder.EncoderCatalog;
import org.osler.study.Plan;
import org.osler.study.PlanCost;
import org.osler.study.Study;
import org.osler.train.Progress;
import org.osler.weights.Home;

/**
 * What it would cost to fine-tune an encoder on this machine, with one seed and one learning rate.
 *
 * @param encoder timm's id
 * @param name for reading
 * @param iterations optimiser steps
 * @param seconds how long they and their validations take
 */
public record FineTuning(String encoder, String name, long iterations, double seconds) {

    public FineTuning {
        Objects.requireNonNull(encoder);
        Objects.requireNonNull(name);
    }

    /**
     * Reckons costs from this machine's speed, which is measured in seconds where it is not known.
     *
     * @param study fine-tunes each encoder once
     */
    public static List<FineTuning> costs(Study study, Home home, Progress progress) throws IOException {
        PlanCost cost = PlanCost.of(
                study, Plan.of(study), trial -> false, new PlanCost.SpeedSource.ThisMachine(false), home, progress);
        return cost.lines().stream()
                .map(line -> new FineTuning(
                        line.encoder(),
                        EncoderCatalog.find(line.encoder()).orElseThrow().paperName(),
                        line.iterations(),
                        line.seconds()))
                .toList();
    }
}
