package org.osler.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The order in which a plan is worked through, made so that there is something to compare early.
 *
 * <p>First come all trials on features, in pieces that share an encoder pass: the dataset with the fewest images first,
 * and on each dataset the encoder with the fewest operations first, so that a first dataset is soon complete. Then come
 * trials that train the encoder, in pieces that differ by seed and learning rates only, so that one line of the table
 * after the other becomes complete; the cheapest piece first, and of equally large ones that of the dataset with the fewest images.
 */
final class WorkOrder {

    private final Study study;
    private final DatasetSizes sizes;

    private WorkOrder(Study study) {
        this.study = study;
        this.sizes = new DatasetSizes(study);
    }

    /**
     * The pieces of a study's plan in order; together they are its trials. The trials of a piece share dataset and
     * encoder, and either all work on features or none.
     */
    static List<List<Trial>> of(Study study, Plan plan) {
        return new WorkOrder(study).order(plan);
    }

    private List<List<Trial>> order(Plan plan) {
        List<Trial> onFeatures = new ArrayList<>();
        List<Trial> others = new ArrayList<>();
        plan.trials().forEach(trial -> (trial.strategy().onFeatures() ? onFeatures : others).add(trial));
        List<List<Trial>> passes = pieces(onFeatures, Plan.Features::of);
        List<List<Trial>> cells = pieces(others, WorkOrder::cell);
        Comparator<List<Trial>> fewestImages =
                Comparator.comparing(piece -> sizes.of(piece.get(0)).images());
        passes.sort(fewestImages.thenComparing(piece -> operations(piece.get(0))));
        cells.sort(Comparator.comparing(this::training).thenComparing(fewestImages));
        List<List<Trial>> order = new ArrayList<>(passes);
        order.addAll(cells);
        return order;
    }

    private static Trial cell(Trial trial) {
        return trial.with(Summary.withoutLearningRates(trial.strategy()), 0);
    }

    private static List<List<Trial>> pieces(List<Trial> trials, Function<Trial, Object> key) {
        Map<Object, List<Trial>> pieces = new LinkedHashMap<>();
        for (Trial trial : trials) {
            pieces.computeIfAbsent(key.apply(trial), any -> new ArrayList<>()).add(trial);
        }
        return new ArrayList<>(pieces.values());
    }

    private double operations(Trial trial) {
        return study.encoder(trial).card().architecture().multiplyAddsAt(trial.input());
    }

    /** Operations in powers of two: pieces that differ by a few steps of an epoch are of one size. */
    private long training(List<Trial> piece) {
        double all = piece.stream()
                .mapToDouble(trial -> operations(trial) * sizes.effort(trial).images())
                .sum();
        return Math.round(Math.log(all) / Math.log(2));
    }
}
