package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.InputException;
import org.osler.SharedFiles;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Split;
import org.osler.metric.Evaluation;
import org.osler.metric.Task;
import org.osler.model.Classifier;
import org.osler.model.PreparedImage;
import org.osler.train.Ending;
import org.osler.train.Progress;
import org.osler.train.StoppedException;
import org.osler.weights.Home;

class ModelTrainingTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "vit_tiny_patch16_224, linear-probe, BINARY, 2",
        "vit_tiny_patch16_224, fine-tune, MULTI_CLASS, 3",
        "resnet18, linear-probe, MULTI_LABEL, 3",
        "resnet18, fine-tune, BINARY, 2",
    })
    void aModelPredictsTheTestScoresOfItsTraining(String encoder, String strategy, Task task, int classes)
            throws IOException {
        Path npz = phantom(task, classes);
        TrainedModel trained = train(npz, encoder, strategy, "model", RunProgress.SILENT);
        assertThat(trained.folder().resolve("README.md")).content().contains("Not a medical device", "phantom");
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("nothing is left of the training")
                    .noneMatch(name -> name.startsWith("."));
        }
        try (Dataset dataset = new DatasetStore(home()).open(source(npz, task))) {
            double[][] scores = predict(trained.folder(), dataset);
            assertEqual(scores, trained.testScores());
            Evaluation evaluation = Evaluation.of(task, dataset.labels(Split.TEST), scores);
            assertThat(trained.story().test().accuracy().value()).isEqualTo(evaluation.accuracy());
        }
    }

    @Test
    void ofSeveralLearningRatesTheBestOnValidationIsKept() throws IOException {
        Path npz = phantom(Task.BINARY, 2);
        StudyOptions options = options(npz, "vit_tiny_patch16_224", "model")
                .say("--head-lr", List.of("strategies", "linear-probe", "head-lr"), List.of("1e-6", "1e-2"));
        TrainedModel trained = ModelTraining.run(
                        options.study(Map.of("recipe.iterations", "40", "recipe.batch", "16")),
                        home(),
                        folder.resolve("model"),
                        RunProgress.SILENT)
                .orElseThrow();
        assertThat(trained.story().origin().learningRates()).isEqualTo(Map.of("head-lr", 1e-2));
        try (Dataset dataset = new DatasetStore(home()).open(source(npz, Task.BINARY))) {
            assertEqual(predict(trained.folder(), dataset), trained.testScores());
        }
    }

    @Test
    void whileAnotherRunTrainsTheSameModelNothingIsWrittenAndNothingRemoved() throws IOException {
        Path npz = phantom(Task.BINARY, 2);
        StudyOptions options = options(npz, "vit_tiny_patch16_224", "model")
                .say("--head-lr", List.of("strategies", "fine-tune", "head-lr"), List.of("1e-3", "1e-2"));
        Study study = options.study(Map.of("recipe.iterations", "2", "recipe.batch", "16"));
        List<Trial> trials = Plan.of(study).trials();
        ResultStore.open(study.out()).close();
        try (Claims other = Claims.open(study.out())) {
            other.take(trials.subList(0, 1));
            assertThatThrownBy(() -> ModelTraining.run(study, home(), folder.resolve("model"), RunProgress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("another run is training this model, in ");
            try (ResultStore store = ResultStore.read(study.out())) {
                assertThat(store.find(trials.get(1))).isPresent();
            }
            assertThat(folder.resolve("model")).doesNotExist();
        }
        assertThat(ModelTraining.run(study, home(), folder.resolve("model"), RunProgress.SILENT))
                .isPresent();
    }

    @Test
    void aTrainingThatBreaksOffGoesOnToTheSameModel() throws IOException {
        Path npz = phantom(Task.BINARY, 2);
        TrainedModel unbroken = train(npz, "vit_tiny_patch16_224", "fine-tune", "unbroken", RunProgress.SILENT);
        assertThatThrownBy(() -> train(npz, "vit_tiny_patch16_224", "fine-tune", "broken", stopsAfter(6)))
                .isInstanceOf(StoppedException.class);
        assertThat(folder.resolve("broken")).doesNotExist();
        assertThat(folder.resolve(".broken.training")).exists();
        TrainedModel resumed = train(npz, "vit_tiny_patch16_224", "fine-tune", "broken", RunProgress.SILENT);
        assertThat(resumed.testScores()).isDeepEqualTo(unbroken.testScores());
        assertThat(folder.resolve("broken/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("unbroken/model.safetensors"));
    }

    @Test
    void realImagesAndWeights() throws IOException {
        Path npz = SharedFiles.path("data/medmnist/breastmnist.npz");
        Path weights = SharedFiles.path("weights/vit_tiny_patch16_224.tinyimagenet.safetensors");
        Path model = folder.resolve("breast");
        StudyOptions options = options(npz, "vit_tiny_patch16_224", "breast")
                .say("--weights", List.of("weights", "vit_tiny_patch16_224"), List.of(weights.toString()))
                .say("data", List.of("datasets"), List.of("breastmnist"))
                .say("--size", List.of("size"), List.of("28"))
                .say("--data-dir", List.of("data-dir"), List.of(npz.getParent().toString()))
                .say("--strategy", List.of("strategies"), List.of("linear-probe"));
        TrainedModel trained = ModelTraining.run(
                        options.study(Map.of("recipe.iterations", "1000")), home(), model, RunProgress.SILENT)
                .orElseThrow();
        var source = new DatasetSource(
                "breastmnist",
                npz,
                java.util.Optional.of(Task.BINARY),
                trained.model().labels(),
                java.util.Optional.empty());
        try (Dataset dataset = new DatasetStore(home()).open(source)) {
            double[][] scores = predict(model, dataset);
            assertEqual(scores, trained.testScores());
            Evaluation evaluation = Evaluation.of(Task.BINARY, dataset.labels(Split.TEST), scores);
            System.out.printf(
                    java.util.Locale.ROOT,
                    "BreastMNIST, ViT-Tiny at 32 pixels, 1,000 iterations: ACC %.4f, AUC %.4f, ECE %.4f before, %.4f after"
                            + " T = %.3f%n",
                    evaluation.accuracy(),
                    evaluation.auc(),
                    trained.story().test().errorBefore(),
                    evaluation.ece(),
                    trained.model().temperature());
            assertThat(evaluation.auc()).isGreaterThan(0.7);
        }
    }

    private TrainedModel train(Path npz, String encoder, String strategy, String name, RunProgress progress)
            throws IOException {
        StudyOptions options = options(npz, encoder, name).say("--strategy", List.of("strategies"), List.of(strategy));
        return ModelTraining.run(
                        options.study(Map.of("recipe.iterations", "12", "recipe.batch", "16")),
                        home(),
                        folder.resolve(name),
                        progress)
                .orElseThrow();
    }

    private StudyOptions options(Path npz, String encoder, String name) {
        Path work = ModelTraining.workFolder(folder.resolve(name));
        return new StudyOptions()
                .say("train", List.of("study"), List.of("train"))
                .say("data", List.of("datasets"), List.of(npz.toString()))
                .say("--encoder", List.of("encoders"), List.of(encoder))
                .say("--weights", List.of("weights", encoder), List.of("random"))
                .say("--input", List.of("input"), List.of("32"))
                .say("--seed", List.of("seeds"), List.of("0"))
                .say("--out", List.of("out"), List.of(work.toString()));
    }

    private static double[][] predict(Path model, Dataset dataset) throws IOException {
        try (Classifier classifier = Classifier.load(model)) {
            List<PreparedImage> images = new ArrayList<>();
            for (int i = 0; i < dataset.count(Split.TEST); i++) {
                images.add(classifier.prepare(dataset.images(Split.TEST), i));
            }
            return classifier.predictPrepared(images).stream()
                    .map(prediction -> prediction.scores())
                    .toArray(double[][]::new);
        }
    }

    private static void assertEqual(double[][] scores, double[][] expected) {
        assertThat(scores).hasDimensions(expected.length, expected[0].length);
        assertThat(Arrays.stream(expected).map(row -> Math.round(row[0] * 1e4)).distinct())
                .as("else equality would say nothing")
                .hasSizeGreaterThan(expected.length / 2);
        for (int i = 0; i < scores.length; i++) {
            assertThat(scores[i]).as("image %d", i).containsExactly(expected[i], within(1e-5));
        }
    }

    private Path phantom(Task task, int classes) throws IOException {
        Path npz = folder.resolve("phantom.npz");
        if (!Files.exists(npz)) {
            Phantoms.write(new PhantomSpec(task, classes, 1, 28, 48, 24, 20, 5), npz);
        }
        return npz;
    }

    private static DatasetSource source(Path npz, Task task) {
        return new DatasetSource("phantom", npz, java.util.Optional.of(task), List.of(), java.util.Optional.empty());
    }

    private Home home() {
        return new Home(folder.resolve("home"), folder.resolve("hub"));
    }

    private static RunProgress stopsAfter(int steps) {
        return new SilentButStopping(steps);
    }

    /** Ends in the midst of fine-tuning. */
    private record SilentButStopping(int steps) implements RunProgress {
        @Override
        public void planned(int trials, int done) {
            RunProgress.SILENT.planned(trials, done);
        }

        @Override
        public void finished(TrialOutcome outcome) {
            RunProgress.SILENT.finished(outcome);
        }

        @Override
        public void failed(Trial trial, String reason) {
            RunProgress.SILENT.failed(trial, reason);
        }

        @Override
        public Progress.Bar begin(String what, long total) {
            return Ending.stopsAfter(steps).begin(what, total);
        }
    }
}
