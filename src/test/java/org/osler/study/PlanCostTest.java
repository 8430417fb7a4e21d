package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.InputException;
import org.osler.study.PlanCost.Line;
import org.osler.train.Progress;
import org.osler.weights.Home;

class PlanCostTest {

    private static final String STUDY = """
            study: s
            datasets: [breastmnist]
            encoders: [resnet18]
            size: 28
            strategies: [linear-probe, fine-tune: {encoder-lr: [1e-4, 1e-5]}]
            seeds: [0, 1, 2]
            """;

    private static final String SPEEDS = """
            machine: a fast one
            encoders:
              resnet18: {infer: 1000, train: {fp32: 500}}
            """;

    @TempDir
    private Path folder;

    private PlanCost cost(String text, String speeds, Predicate<Trial> done) throws IOException {
        Study study = StudyFile.read(Files.writeString(folder.resolve("s.yaml"), text), Map.of());
        Path file = Files.writeString(folder.resolve("speeds.yaml"), speeds);
        var home = new Home(folder.resolve("home"), folder.resolve("hub"));
        var given = new PlanCost.SpeedSource.GivenSpeeds(file);
        return PlanCost.of(study, Plan.of(study), done, given, home, Progress.SILENT);
    }

    @Test
    void timesAreThoseReckonedByHand() throws IOException {
        PlanCost cost = cost(STUDY, SPEEDS, trial -> false);
        assertThat(cost.lines().stream().map(Line::strategy)).containsExactly("features", "linear-probe", "fine-tune");
        // BreastMNIST: 546 training, 78 validation, 156 test images. One pass over all at 1,000 a second.
        Line pass = cost.lines().get(0);
        assertThat(pass.passes()).isOne();
        assertThat(pass.seconds()).isEqualTo(0.780);
        // 15,000 iterations are 1,875 epochs of 8 batches of 64.
        assertThat(cost.lines().get(1).iterations()).isEqualTo(3 * 15_000);
        Line tuning = cost.lines().get(2);
        assertThat(tuning.trials()).isEqualTo(6);
        assertThat(tuning.iterations()).isEqualTo(6 * 15_000);
        // Every 1875 / 10 = 187th epoch from the first is validated, 11 times in all (0, 187, … 1870), and the last,
        // 1874.
        double each = 15_000 * 64 / 500.0 + (12 * 78 + 78 + 156) / (3 * 500.0);
        assertThat(tuning.seconds()).isCloseTo(6 * each, within(1e-6));
        assertThat(cost.origin()).startsWith("a fast one, as ").endsWith("speeds.yaml says");
    }

    @Test
    void driftCostsAForwardPassOfEachBatch() throws IOException {
        String study = STUDY.replace("linear-probe, fine-tune: {encoder-lr: [1e-4, 1e-5]}", "linear-probe")
                + "batch-norm: drift\n";
        assertThat(cost(study, SPEEDS, trial -> false).lines()).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(PlanCost.Kind.ENCODER);
            assertThat(line.strategy()).isEqualTo("linear-probe, drift");
            assertThat(line.passes()).isZero();
            double images = 15_000 * 64 + 12 * 78 + 78 + 156;
            assertThat(line.seconds()).isCloseTo(3 * images / (3 * 500.0), within(1e-6));
        });
    }

    @Test
    void spaceIsThatReckonedByHand() throws IOException {
        PlanSpace space = cost(STUDY, SPEEDS, trial -> false).space();
        assertThat(space.features()).isEqualTo(780 * 512 * 4);
        assertThat(space.images()).isEqualTo(780 * 28 * 28);
        // ResNet-18 has 11,176,512 parameters.
        assertThat(space.trainingMemory()).isEqualTo(5L * 4 * 11_176_512);
        assertThat(space.checkpoint()).isEqualTo(8L * 4 * 11_176_512);
        assertThat(space.featureMemory()).isEqualTo(4L * 11_176_512);
    }

    @Test
    void whatIsDoneCostsNothing() throws IOException {
        PlanCost cost = cost(STUDY, SPEEDS, trial -> trial.strategy().onFeatures() || trial.seed() < 2);
        assertThat(cost.lines()).singleElement().satisfies(line -> {
            assertThat(line.strategy()).isEqualTo("fine-tune");
            assertThat(line.trials()).isEqualTo(2);
        });
        assertThat(cost.space().features()).isZero();
        assertThat(cost(STUDY, SPEEDS, trial -> true).lines()).isEmpty();
    }

    @Test
    void encodersThatAreNotGivenAreScaledFromTheNearestOfTheirFamily() throws IOException {
        String study =
                STUDY.replace("[resnet18]", "[resnet50, vit_base_patch16_224]").replace(", fine-tune", "#");
        PlanCost cost =
                cost(study.replaceAll("#.*", "]"), SPEEDS + "  vit_small_patch16_224: {infer: 400}\n", trial -> false);
        // ResNet-18: 1,813,561,344 multiply-adds, ResNet-50: 4,087,136,256.
        assertThat(cost.speeds().get(0).imagesPerSecond())
                .isCloseTo(1000 * 1_813_561_344.0 / 4_087_136_256.0, within(1e-6));
        assertThat(cost.speeds().stream().map(PlanCost.EncoderSpeed::scaledFrom))
                .containsExactly(Optional.of("resnet18"), Optional.of("vit_small_patch16_224"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "resnet18: {infer: 0}|:3: infer: 0 is out of range; it must be above 0, at most 1e9",
                "resnet18: {infer: fast}|:3: infer: \"fast\" is not a number",
                "resnet18: {inver: 3}|:3: unknown key \"inver\"",
                "resnet18: {infer: {fp16: 3}}|:3: unknown key \"fp16\"",
                "resnet18: 3|:3: resnet18 is a map, such as {infer: 2100, train: 640}; here is \"3\"",
                "resnet81: {infer: 3}|:3: unknown encoder \"resnet81\"",
                "resnet18: {infer: 3}|gives no speed for train in fp32, which this study needs",
            })
    void wrongThroughputFilesAreNamedByLine(String line, String message) {
        assertThatThrownBy(() -> cost(STUDY, "machine: m\nencoders:\n  " + line + "\n", trial -> false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void featuresThatAreThereAreNoWork() throws IOException {
        String study = """
                study: s
                datasets:
                  - phantom: {task: binary, channels: 1, size: 28, train: 16, val: 8, test: 8, seed: 0}
                    name: lesions
                encoders: [resnet18]
                weights: random
                input: 32
                strategies: [linear-probe, nearest-neighbours: {k: 3}]
                recipe: {iterations: 4, batch: 8}
                """;
        assertThat(cost(study, SPEEDS, trial -> false).passesAtHand()).isZero();
        Study first = StudyFile.read(
                folder.resolve("s.yaml"), Map.of("out", folder.resolve("out").toString()));
        Runner.run(first, new Home(folder.resolve("home"), folder.resolve("hub")), RunProgress.SILENT);
        PlanCost after = cost(study, SPEEDS, trial -> false);
        assertThat(after.passesAtHand()).isOne();
        assertThat(after.lines().stream().map(Line::strategy))
                .containsExactlyInAnyOrder("linear-probe", "nearest-neighbours");
        assertThat(after.speeds()).isEmpty();
        assertThat(after.space().features()).isZero();
        // At another input size nothing is there.
        PlanCost other = cost(study.replace("input: 32", "input: 64"), SPEEDS, trial -> false);
        assertThat(other.passesAtHand()).isZero();
        assertThat(other.lines().get(0).strategy()).isEqualTo("features");
    }
}
