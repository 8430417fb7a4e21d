package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.train.Optimiser;
import org.osler.train.Recipe;
import org.osler.train.Recipes;

class TrialTest {

    private static final Recipe WU = Recipe.wu2025();

    /** The trials of src/test/python/study_trial_ids.py. */
    private static final List<Trial> TRIALS = List.of(
            new Trial(
                    "breastmnist",
                    DatasetChoice.Kind.MEDMNIST,
                    OptionalInt.of(224),
                    224,
                    Resize.SCALE,
                    "vit_tiny_patch16_224.augreg_in21k_ft_in1k",
                    WeightsKind.PRETRAINED,
                    new Strategy.LinearProbe(1e-3),
                    OptionalInt.empty(),
                    FewShot.Draw.FIRST,
                    0,
                    WU,
                    Precision.FP32,
                    Device.Kind.CPU,
                    Optional.empty()),
            new Trial(
                    "Aufnähme-7",
                    DatasetChoice.Kind.FILE,
                    OptionalInt.empty(),
                    518,
                    Resize.PAD,
                    "resnet18.a1_in1k",
                    WeightsKind.RANDOM,
                    new Strategy.FineTune(0.1 + 0.2, 1e-5),
                    OptionalInt.of(10),
                    FewShot.Draw.FIRST,
                    9007199254740991L,
                    Recipes.with(WU, new Optimiser(Optimiser.Kind.ADAMW, 0, 0.9, 0.999, 1.5e-7)),
                    Precision.BF16,
                    Device.Kind.CPU,
                    Optional.empty()),
            new Trial(
                    "phantom-binary",
                    DatasetChoice.Kind.PHANTOM,
                    OptionalInt.of(28),
                    64,
                    Resize.SCALE,
                    "resnet18.a1_in1k",
                    WeightsKind.RANDOM,
                    new Strategy.NearestNeighbours(11),
                    OptionalInt.empty(),
                    FewShot.Draw.FIRST,
                    3,
                    WU,
                    Precision.FP32,
                    Device.Kind.CPU,
                    Optional.empty()),
            new Trial(
                    "dermamnist",
                    DatasetChoice.Kind.MEDMNIST,
                    OptionalInt.of(28),
                    224,
                    Resize.NEAREST,
                    "resnet18.a1_in1k",
                    WeightsKind.RANDOM,
                    new Strategy.LinearProbe(1e-3),
                    OptionalInt.of(20),
                    FewShot.Draw.SEEDED,
                    1,
                    WU,
                    Precision.FP32,
                    Device.Kind.CPU,
                    Optional.empty()),
            new Trial(
                    "breastmnist",
                    DatasetChoice.Kind.MEDMNIST,
                    OptionalInt.of(224),
                    224,
                    Resize.PAD,
                    "resnet18.a1_in1k",
                    WeightsKind.PRETRAINED,
                    new Strategy.LinearProbe(1e-4, BatchNorm.DRIFT),
                    OptionalInt.empty(),
                    FewShot.Draw.FIRST,
                    9_930_641,
                    Recipe.doerrich2024(),
                    Precision.FP32,
                    Device.Kind.CPU,
                    Optional.empty()),
            new Trial(
                    "breastmnist",
                    DatasetChoice.Kind.MEDMNIST,
                    OptionalInt.of(28),
                    224,
                    Resize.NEAREST,
                    "scratch",
                    WeightsKind.RANDOM,
                    new Strategy.FineTune(1e-3, 1e-3),
                    OptionalInt.empty(),
                    FewShot.Draw.FIRST,
                    2,
                    Recipe.medmnist2023(),
                    Precision.FP32,
                    Device.Kind.CPU,
                    Optional.of("resnet18 mean [0.5] std [0.5]")),
            new Trial(
                    "breastmnist",
                    DatasetChoice.Kind.MEDMNIST,
                    OptionalInt.of(28),
                    224,
                    Resize.SCALE,
                    "resnet18.a1_in1k",
                    WeightsKind.SEEDED,
                    new Strategy.FineTune(1e-3, 1e-4),
                    OptionalInt.empty(),
                    FewShot.Draw.FIRST,
                    1,
                    WU,
                    Precision.FP32,
                    Device.Kind.CPU,
                    Optional.empty()));

    private static List<String[]> golden(String name) throws IOException {
        try (InputStream in = TrialTest.class.getResourceAsStream("/golden/study/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", 2))
                    .toList();
        }
    }

    @Test
    void idsAreThoseThatPythonComputes() throws IOException {
        List<String[]> expected = golden("trial-ids.tsv");
        assertThat(expected).hasSameSizeAs(TRIALS);
        for (int i = 0; i < TRIALS.size(); i++) {
            assertThat(TRIALS.get(i).canonicalJson()).isEqualTo(expected.get(i)[1]);
            assertThat(TRIALS.get(i).id()).isEqualTo(expected.get(i)[0]);
        }
    }

    @Test
    void trialsReadBackFromTheirJson() {
        for (Trial trial : TRIALS) {
            assertThat(TrialJson.read(trial.canonicalJson())).isEqualTo(trial);
        }
        assertThatThrownBy(() -> TrialJson.read("{")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void resultsFromBeforeTheSeedDecidedAnUntrainedStartAreOtherTrials() {
        assertThat(TRIALS.get(5).label()).contains("scratch (untrained, one start for all seeds) · fine-tune");
        assertThat(TRIALS.get(6).label()).contains("ResNet-18 (untrained) · fine-tune");
        assertThat(TRIALS.get(6).canonicalJson().replace("seeded", "random"))
                .isNotEqualTo(TRIALS.get(6).canonicalJson());
    }

    @Test
    void numbersAreWrittenAsPythonWritesThem() throws IOException {
        List<String[]> expected = golden("doubles.tsv");
        assertThat(expected).hasSize(500);
        for (String[] pair : expected) {
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(pair[0], 16));
            assertThat(CanonicalJson.number(value)).isEqualTo(pair[1]);
        }
    }
}
