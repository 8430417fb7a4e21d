package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.PhantomSpec;
import org.osler.data.Resize;
import org.osler.encoder.Architecture.Family;
import org.osler.encoder.EncoderCatalog;
import org.osler.metric.Task;
import org.osler.tensor.Precision;
import org.osler.train.LearningRateSchedule;
import org.osler.train.Length;
import org.osler.train.Optimiser;
import org.osler.train.Recipe;
import org.osler.train.Recipes;
import org.osler.train.Validation;

class StudyFileTest {

    private static final String SMALLEST = """
            study: smallest
            datasets: [breastmnist]
            encoders: [resnet18.a1_in1k]
            strategies: [linear-probe, fine-tune]
            """;

    @TempDir
    private Path folder;

    private Study read(String text, Map<String, String> overrides) throws IOException {
        Path file = folder.resolve("study.yaml");
        Files.writeString(file, text);
        return StudyFile.read(file, overrides);
    }

    @Test
    void whatIsLeftOutIsTheRecipes() throws IOException {
        Study study = read(SMALLEST, Map.of());
        assertThat(study.name()).isEqualTo("smallest");
        assertThat(study.datasets()).containsExactly(new DatasetChoice.MedMnist("breastmnist"));
        assertThat(study.encoders()).hasSize(1);
        assertThat(study.encoders().get(0).weights()).isEqualTo(WeightsKind.PRETRAINED);
        assertThat(study.sizes()).containsExactly(224);
        assertThat(study.inputs()).isEmpty();
        assertThat(study.resizes()).containsExactly(Resize.SCALE);
        assertThat(study.shots()).containsExactly(OptionalInt.empty());
        assertThat(study.seeds()).containsExactly(0L, 1L, 2L);
        assertThat(study.recipe()).isEqualTo(new RecipeChoice(Recipe.wu2025(), false));
        assertThat(study.strategies())
                .containsEntry(Family.CNN, List.of(new Strategy.LinearProbe(1e-3), new Strategy.FineTune(1e-3, 1e-4)))
                .containsEntry(Family.VIT, List.of(new Strategy.LinearProbe(1e-3), new Strategy.FineTune(1e-3, 1e-5)));
        assertThat(study.precision()).isEqualTo(Precision.FP32);
        assertThat(study.device()).isEqualTo(DeviceChoice.AUTO);
        assertThat(study.out()).isEqualTo(Path.of("results/smallest"));
    }

    @Test
    void everyKeyCanBeSet() throws IOException {
        Files.createFile(folder.resolve("x.npz"));
        Files.createFile(folder.resolve("w.safetensors"));
        Study study = read("""
                study: every-key
                datasets:
                  - breastmnist
                  - {path: x.npz, name: mine, task: ordinal, labels: [none, mild, severe]}
                  - phantom: {task: multi-label, classes: 5, channels: 3, size: 64, train: 40, val: 20, test: 30, seed: 7}
                    name: drawn
                encoders: [resnet18, vit_tiny_patch16_224.augreg_in21k_ft_in1k]
                weights: {resnet18: w.safetensors, others: random}
                size: [28, 64]
                input: [64, 128]
                resize: [scale, pad]
                strategies:
                  - fine-tune: {encoder-lr: {cnn: [1e-3, 1.0e-4], vit: [.00001]}, head-lr: [0.01, 1e-3]}
                  - linear-probe: {head-lr: [1e-2]}
                  - nearest-neighbours: {k: 5}
                shots: [all, 10]
                draw: [first, seeded]
                seeds: [3, 4]
                recipe: {name: wu2025, iterations: 300, batch: 16, weight-decay: 0, head-lr-decay-every: 50}
                device: cpu
                precision: bf16
                threads: 2
                data-dir: .
                out: there
                """, Map.of());
        assertThat(study.datasets())
                .containsExactly(
                        new DatasetChoice.MedMnist("breastmnist"),
                        new DatasetChoice.NpzFile(
                                "mine",
                                folder.resolve("x.npz"),
                                java.util.Optional.of(Task.ORDINAL),
                                List.of("none", "mild", "severe")),
                        new DatasetChoice.Phantom("drawn", new PhantomSpec(Task.MULTI_LABEL, 5, 3, 64, 40, 20, 30, 7)));
        assertThat(study.encoders().get(0).file()).contains(folder.resolve("w.safetensors"));
        assertThat(study.encoders().get(1).weights()).isEqualTo(WeightsKind.RANDOM);
        assertThat(study.sizes()).containsExactly(28, 64);
        assertThat(study.inputs()).containsExactly(64, 128);
        assertThat(study.resizes()).containsExactly(Resize.SCALE, Resize.PAD);
        assertThat(study.strategies().get(Family.CNN))
                .containsExactly(
                        new Strategy.FineTune(0.01, 1e-3),
                        new Strategy.FineTune(1e-3, 1e-3),
                        new Strategy.FineTune(0.01, 1e-4),
                        new Strategy.FineTune(1e-3, 1e-4),
                        new Strategy.LinearProbe(0.01),
                        new Strategy.NearestNeighbours(5));
        assertThat(study.strategies().get(Family.VIT)).contains(new Strategy.FineTune(0.01, 1e-5));
        assertThat(study.shots()).containsExactly(OptionalInt.empty(), OptionalInt.of(10));
        assertThat(study.seeds()).containsExactly(3L, 4L);
        assertThat(study.recipe())
                .isEqualTo(new RecipeChoice(
                        Recipes.with(
                                Recipes.wu2025(300, 16, 50, 10),
                                new Optimiser(Optimiser.Kind.ADAMW, 0, 0.9, 0.999, 1e-8)),
                        true));
        assertThat(study.device()).isEqualTo(DeviceChoice.CPU);
        assertThat(study.precision()).isEqualTo(Precision.BF16);
        assertThat(study.threads()).hasValue(2);
        assertThat(study.dataDir()).contains(folder);
        assertThat(study.out()).isEqualTo(folder.resolve("there"));
    }

    @Test
    void allNamesEveryOne() throws IOException {
        Study study = read(SMALLEST.replace("[breastmnist]", "all").replace("[resnet18.a1_in1k]", "[all]"), Map.of());
        assertThat(study.datasets()).hasSize(12);
        assertThat(study.encoders()).hasSameSizeAs(EncoderCatalog.cards());
    }

    @Test
    void overridesGoOverTheFile() throws IOException {
        Path weights = Files.createFile(folder.resolve("tiny.safetensors"));
        Study study = read(
                SMALLEST.replace("resnet18.a1_in1k", "resnet18, vit_tiny_patch16_224")
                        + "recipe: wu2025\nweights: random\n",
                Map.of(
                        "seeds", "[0, 5]",
                        "recipe.iterations", "100",
                        "data-dir", folder.toString(),
                        "weights.vit_tiny_patch16_224.augreg_in21k_ft_in1k", weights.toString(),
                        "encoders", "[vit_tiny_patch16_224, resnet34]",
                        "strategies", "linear-probe"));
        assertThat(study.seeds()).containsExactly(0L, 5L);
        assertThat(study.recipe().recipe().length()).isEqualTo(new Length.Iterations(100));
        assertThat(study.recipe().recipe().batch()).isEqualTo(64);
        assertThat(study.dataDir()).contains(folder);
        assertThat(study.encoders().get(0).file()).contains(weights);
        assertThat(study.encoders().get(0).weights()).isEqualTo(WeightsKind.PRETRAINED);
        assertThat(study.encoders().get(1).weights()).isEqualTo(WeightsKind.RANDOM);
        assertThat(study.strategies().get(Family.VIT)).containsExactly(new Strategy.LinearProbe(1e-3));
    }

    @Test
    void overridesReachIntoTheRecipesMap() throws IOException {
        Study study = read(SMALLEST + "recipe: {iterations: 7, batch: 8}\n", Map.of("recipe.iterations", "9"));
        assertThat(study.recipe().recipe().length()).isEqualTo(new Length.Iterations(9));
        assertThat(study.recipe().recipe().batch()).isEqualTo(8);
    }

    @Test
    void aRecipeBringsItsLearningRatesAndSeeds() throws IOException {
        Study study = read(SMALLEST + "recipe: doerrich2024\n", Map.of());
        assertThat(study.recipe().recipe()).isEqualTo(Recipe.doerrich2024());
        assertThat(study.seeds()).containsExactly(9_930_641L, 115_149_041L, 252_139_603L);
        assertThat(study.strategies().get(Family.VIT))
                .containsExactly(new Strategy.LinearProbe(1e-4), new Strategy.FineTune(1e-4, 1e-4));
        Study other = read(SMALLEST + "recipe: medmnist2023\nseeds: 4\n", Map.of("batch-norm", "drift"));
        assertThat(other.seeds()).containsExactly(4L);
        assertThat(other.strategies().get(Family.CNN))
                .containsExactly(new Strategy.LinearProbe(1e-3, BatchNorm.DRIFT), new Strategy.FineTune(1e-3, 1e-3));
    }

    @Test
    void everyValueOfARecipeCanBeSet() throws IOException {
        Study study = read(SMALLEST + """
                recipe:
                  {name: wu2025, epochs: 7, batch: 16, last-batch: keep, optimiser: adam, weight-decay: 0.1, beta1: 0.8,
                   beta2: 0.9, epsilon: 1e-6, schedule: steps, head-lr-decay: 0.5, steps: [0.9, 0.2],
                   encoder-schedule: as-head, validations: every-epoch, best: auc, patience: 3, binary-logits: 2}
                """, Map.of());
        assertThat(study.recipe().recipe())
                .isEqualTo(new Recipe(
                        "wu2025",
                        new Length.Epochs(7),
                        16,
                        Recipe.LastBatch.KEEP,
                        new Optimiser(Optimiser.Kind.ADAM, 0.1, 0.8, 0.9, 1e-6),
                        new LearningRateSchedule.Steps(0.5, List.of(0.2, 0.9)),
                        true,
                        new Validation(OptionalInt.empty(), Validation.Best.AUC, OptionalInt.of(3)),
                        Recipe.BinaryOutput.TWO_LOGITS));
        Study back = read(
                SMALLEST + "recipe: {name: doerrich2024, schedule: constant}\n",
                Map.of("recipe.patience", "none", "recipe.iterations", "5"));
        assertThat(back.recipe().recipe().length()).isEqualTo(new Length.Iterations(5));
        assertThat(back.recipe().recipe().schedule()).isEqualTo(new LearningRateSchedule.Constant());
        assertThat(back.recipe().recipe().validation().patience()).isEmpty();
    }

    @Test
    void pathsOfOverridesCountFromWhereTheCommandRuns() throws IOException {
        Study study = read(SMALLEST, Map.of("out", "here/x", "data-dir", "src"));
        assertThat(study.out()).isEqualTo(Path.of("here/x"));
        assertThat(study.dataDir()).contains(Path.of("src"));
    }
}
