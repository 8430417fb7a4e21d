package org.osler.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.SeededRandom;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.metric.Evaluation;
import org.osler.metric.Task;
import org.osler.study.DataFacts;
import org.osler.study.Provenance;
import org.osler.study.ResultStore;
import org.osler.study.Strategy;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.train.CurvePoint;
import org.osler.train.Fit;
import org.osler.weights.Home;

/**
 * A results folder with made-up outcomes of the paper's encoders, datasets, strategies and seeds, for tests of what the
 * report makes of so many. The images are phantoms under the datasets' names; the scores are random, leaning to the true
 * labels by more or less.
 *
 * @param encoders how many of the paper's twelve
 * @param datasets how many of the twelve
 */
record DemoGrid(int encoders, int datasets, Path scratch) {

    static final List<String> ENCODERS = List.of(
            "vgg16.tv_in1k",
            "densenet121.ra_in1k",
            "resnet18.a1_in1k",
            "efficientnet_b4.ra2_in1k",
            "vit_base_patch16_224.augreg2_in21k_ft_in1k",
            "vit_base_patch16_clip_224.laion2b_ft_in12k_in1k",
            "vit_base_patch16_224.sam_in1k",
            "samvit_base_patch16.sa1b",
            "eva02_base_patch14_224.mim_in22k",
            "vit_base_patch16_clip_224.openai",
            "vit_base_patch16_224.dino",
            "vit_base_patch14_dinov2.lvd142m");

    private static final Map<String, Task> DATASETS = tasks();
    private static final int SEEDS = 3;

    private static Map<String, Task> tasks() {
        var datasets = new LinkedHashMap<String, Task>();
        datasets.put("breastmnist", Task.BINARY);
        datasets.put("dermamnist", Task.MULTI_CLASS);
        datasets.put("pneumoniamnist", Task.BINARY);
        datasets.put("retinamnist", Task.ORDINAL);
        datasets.put("chestmnist", Task.MULTI_LABEL);
        List.of("bloodmnist", "octmnist", "organamnist", "organcmnist", "organsmnist", "pathmnist", "tissuemnist")
                .forEach(name -> datasets.put(name, Task.MULTI_CLASS));
        return datasets;
    }

    /** Fills the folder's store; the resolver finds the datasets. */
    DatasetResolver fill(Path folder) throws IOException {
        var store = new DatasetStore(new Home(scratch.resolve("home"), scratch.resolve("hub")));
        try (ResultStore results = ResultStore.open(folder)) {
            for (String name : DATASETS.keySet().stream().limit(datasets).toList()) {
                try (Dataset dataset = store.open(source(name))) {
                    fill(results, dataset);
                }
            }
        }
        return trial -> Optional.of(store.open(source(trial.dataset())));
    }

    private DatasetSource source(String name) throws IOException {
        Task task = DATASETS.get(name);
        // Drawing is slow: datasets of the same task share a file.
        Path npz = scratch.resolve(task.id() + ".npz");
        if (!npz.toFile().exists()) {
            int classes = task == Task.BINARY ? 2 : 4;
            Phantoms.write(new PhantomSpec(task, classes, 1, 28, 8, 20, 90, 1), npz);
        }
        return new DatasetSource(name, npz, Optional.of(task), List.of(), Optional.empty());
    }

    private void fill(ResultStore results, Dataset dataset) {
        List<Strategy> strategies = List.of(new Strategy.FineTune(1e-3, 1e-5), new Strategy.LinearProbe(1e-3));
        for (int encoder = 0; encoder < encoders; encoder++) {
            for (Strategy strategy : strategies) {
                var taste = SeededRandom.of(encoder, dataset.name() + strategy); // encoders suit some datasets more
                double lean = 0.15
                        + 0.01 * encoder
                        + 0.03 * taste.normal()
                        + (strategy instanceof Strategy.FineTune ? 0.06 : 0);
                for (long seed = 0; seed < SEEDS; seed++) {
                    SettingFixture setting = SettingFixture.of(dataset.name(), ENCODERS.get(encoder), strategy)
                            .with(OptionalInt.of(224), Resize.SCALE);
                    results.commit(outcome(setting.trial(seed), dataset, lean));
                }
            }
        }
    }

    private static TrialOutcome outcome(Trial trial, Dataset dataset, double lean) {
        var random = SeededRandom.of(trial.seed(), trial.dataset() + trial.encoder() + trial.strategy());
        int[][] val = dataset.labels(Split.VAL);
        int[][] test = dataset.labels(Split.TEST);
        double[][] valScores = scores(dataset, val, lean, random);
        double[][] testScores = scores(dataset, test, lean, random);
        Evaluation valEvaluation = Evaluation.of(dataset.task(), val, valScores);
        var point = new CurvePoint(1, 10, 0.5, valEvaluation.accuracy(), valEvaluation.auc(), 0.5);
        var facts = new DataFacts(dataset.task(), dataset.labelNames(), 1, 28, 28, 8, val.length, test.length);
        return new TrialOutcome(
                trial,
                facts,
                new Fit(point, List.of(point), valScores, testScores, 60),
                valEvaluation,
                Evaluation.of(dataset.task(), test, testScores),
                new Provenance(
                        "0.1.0",
                        "abc1234",
                        "2.10.0",
                        "OpenJDK 17",
                        "Linux",
                        "a processor",
                        2,
                        "cpu",
                        "0",
                        dataset.hash(),
                        Instant.EPOCH,
                        Instant.EPOCH));
    }

    private static double[][] scores(Dataset dataset, int[][] labels, double lean, SeededRandom random) {
        boolean several = dataset.task() == Task.MULTI_LABEL;
        double[][] scores = new double[labels.length][dataset.labelNames().size()];
        for (int i = 0; i < labels.length; i++) {
            double sum = 0;
            for (int c = 0; c < scores[i].length; c++) {
                boolean there = several ? labels[i][c] == 1 : labels[i][0] == c;
                scores[i][c] = Math.min(1, 0.6 * random.uniform() + (there ? lean : 0));
                sum += scores[i][c];
            }
            for (int c = 0; c < scores[i].length && !several; c++) {
                scores[i][c] /= sum;
            }
        }
        return scores;
    }
}
