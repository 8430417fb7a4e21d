package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.train.Recipe;
import org.osler.train.Recipes;

class PublishedValuesTest {

    private static final List<Long> SEEDS = List.of(0L, 1L, 2L);
    private static final Strategy PROBE = new Strategy.LinearProbe(1e-3);
    private static final Strategy TUNE = new Strategy.FineTune(1e-3, 1e-5);

    private static Trial resnet(int size, Resize resize, Strategy strategy, WeightsKind weights, Recipe recipe) {
        return new Trial(
                "dermamnist",
                DatasetChoice.Kind.MEDMNIST,
                OptionalInt.of(size),
                224,
                resize,
                "resnet18.a1_in1k",
                weights,
                strategy,
                OptionalInt.empty(),
                FewShot.Draw.FIRST,
                0,
                recipe,
                Precision.FP32,
                Device.Kind.CPU,
                Optional.empty());
    }

    private static Trial resnet(int size, Resize resize, Strategy strategy) {
        return resnet(size, resize, strategy, WeightsKind.PRETRAINED, Recipe.wu2025());
    }

    @Test
    void publishedPercentagesAreFoundAsFractions() {
        // Read off the paper's tables.
        Published published =
                PublishedValues.find(Outcomes.trial(TUNE, 0), SEEDS).orElseThrow();
        assertThat(published)
                .isEqualTo(new Published("Wu and Papież 2025, table 1", 0.9167, 0.0052, 0.9409, 0.0089, true));
        assertThat(PublishedValues.find(Outcomes.trial(PROBE, 0), SEEDS)
                        .orElseThrow()
                        .sameProtocol())
                .isTrue();
    }

    @Test
    void sizesAndResizesHaveTheirOwnRows() {
        for (int size : new int[] {28, 64, 128, 224}) {
            assertThat(PublishedValues.find(resnet(size, Resize.SCALE, TUNE), SEEDS))
                    .isPresent();
        }
        assertThat(PublishedValues.find(resnet(28, Resize.PAD, TUNE), SEEDS))
                .isNotEqualTo(PublishedValues.find(resnet(28, Resize.SCALE, TUNE), SEEDS))
                .isPresent();
        assertThat(PublishedValues.find(resnet(224, Resize.PAD, TUNE), SEEDS)).isEmpty();
    }

    @Test
    void untrainedEncodersAndNeighboursHaveNone() {
        assertThat(PublishedValues.find(resnet(224, Resize.SCALE, TUNE, WeightsKind.RANDOM, Recipe.wu2025()), SEEDS))
                .isEmpty();
        assertThat(PublishedValues.find(resnet(224, Resize.SCALE, new Strategy.NearestNeighbours(11)), SEEDS))
                .isEmpty();
    }

    @Test
    void departuresFromTheProtocolAreSaid() {
        Recipe shorter = Recipes.wu2025(300, 64, 200, 10);
        assertThat(sameProtocol(resnet(224, Resize.SCALE, TUNE), SEEDS)).isTrue();
        assertThat(sameProtocol(resnet(224, Resize.SCALE, TUNE, WeightsKind.PRETRAINED, shorter), SEEDS))
                .isFalse();
        assertThat(sameProtocol(resnet(224, Resize.SCALE, TUNE), List.of(0L, 1L)))
                .isFalse();
        assertThat(sameProtocol(resnet(224, Resize.SCALE, new Strategy.FineTune(1e-2, 1e-4)), SEEDS))
                .isFalse();
        // The authors' batch norm drifts in linear probing.
        assertThat(sameProtocol(resnet(224, Resize.SCALE, PROBE), SEEDS)).isFalse();
        Strategy drift = new Strategy.LinearProbe(1e-3, BatchNorm.DRIFT);
        assertThat(sameProtocol(resnet(224, Resize.SCALE, drift), SEEDS)).isTrue();
        assertThat(sameProtocol(resnet(224, Resize.SCALE, drift, WeightsKind.PRETRAINED, Recipe.doerrich2024()), SEEDS))
                .isFalse();
    }

    private static boolean sameProtocol(Trial trial, List<Long> seeds) {
        return PublishedValues.find(trial, seeds).orElseThrow().sameProtocol();
    }

    @Test
    void medicalModelsAreQuoted() {
        assertThat(PublishedValues.medical("breastmnist"))
                .containsOnlyKeys("BiomedGPT", "BiomedCLIP", "MedSAM")
                .containsEntry("BiomedCLIP", 0.822);
        assertThat(PublishedValues.medical("retinamnist")).isEmpty();
    }
}
