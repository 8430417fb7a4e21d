package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;

class ShareTest {

    private static final Plan PLAN = plan();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void partsAreTheWholeAndHaveNoTrialInCommon(int parts) {
        List<Trial> all = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            all.addAll(new Share(part, parts).of(PLAN).trials());
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(PLAN.trials());
    }

    @Test
    void trialsThatShareAnEncoderPassStayTogether() {
        Map<Plan.Features, Set<Integer>> parts = new HashMap<>();
        for (int part = 1; part <= 3; part++) {
            for (Trial trial : new Share(part, 3).of(PLAN).trials()) {
                if (trial.strategy().onFeatures()) {
                    parts.computeIfAbsent(Plan.Features.of(trial), key -> new HashSet<>())
                            .add(part);
                }
            }
        }
        assertThat(parts)
                .hasSize(8)
                .allSatisfy((features, where) -> assertThat(where).hasSize(1));
    }

    @Test
    void partsAreEqualToOneTrainingAndDoNotDependOnTheOrderOfTheStudy() {
        List<Trial> reversed = new ArrayList<>(PLAN.trials());
        Collections.reverse(reversed);
        for (int part = 1; part <= 5; part++) {
            Plan one = new Share(part, 5).of(PLAN);
            assertThat(new Share(part, 5).of(new Plan(reversed)).trials())
                    .containsExactlyInAnyOrderElementsOf(one.trials());
            assertThat(one.trials().stream().filter(trial -> !trial.strategy().onFeatures()))
                    .hasSizeBetween(4, 6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1 / 2", "9999999/9999999"})
    void whatIsNoPartIsRefused(String text) {
        assertThatThrownBy(() -> Share.parse(text)).isInstanceOf(InputException.class);
    }

    @Test
    void partIsReadAsItIsWritten() {
        assertThat(Share.parse("2/4")).isEqualTo(new Share(2, 4));
        assertThat(Share.parse("1/1").isWhole()).isTrue();
    }

    /** 4 datasets × 2 encoders: 8 passes, and 8 × 3 seeds of fine-tuning. */
    private static Plan plan() {
        Study study = StudyFile.of(
                YamlReader.read("""
                study: parts
                datasets: [breastmnist, retinamnist, bloodmnist, dermamnist]
                encoders: [resnet18, vit_tiny_patch16_224]
                strategies: [linear-probe, nearest-neighbours, fine-tune]
                seeds: [0, 1, 2]
                """, new Place("study.yaml", 1, Path.of(""))).orElseThrow());
        return Plan.of(study);
    }
}
