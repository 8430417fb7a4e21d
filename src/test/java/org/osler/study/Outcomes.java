package org.osler.study;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.osler.SeededRandom;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.metric.Evaluation;
import org.osler.metric.Task;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.train.CurvePoint;
import org.osler.train.Fit;
import org.osler.train.Recipe;

/** Made-up outcomes for tests. */
final class Outcomes {

    static final Instant STARTED = Instant.parse("2026-11-24T10:00:00.123456Z");
    static final Provenance PROVENANCE = new Provenance(
            "0.1.0",
            "abc1234",
            "2.10.0",
            "a JVM, 17",
            "Linux 6 amd64",
            "a \"fast\" processor",
            2,
            "cpu",
            "f".repeat(64),
            "d".repeat(32),
            STARTED,
            STARTED.plusSeconds(90));

    /** Field by field, numbers to the last bit, NaN equal to itself. */
    static final RecursiveComparisonConfiguration EXACTLY = RecursiveComparisonConfiguration.builder()
            .withComparatorForType(Double::compare, Double.class)
            .build();

    private Outcomes() {}

    static Trial trial(Strategy strategy, long seed) {
        return new Trial(
                "breastmnist",
                DatasetChoice.Kind.MEDMNIST,
                OptionalInt.of(224),
                224,
                Resize.SCALE,
                "vit_base_patch16_224.augreg2_in21k_ft_in1k",
                WeightsKind.PRETRAINED,
                strategy,
                OptionalInt.empty(),
                FewShot.Draw.FIRST,
                seed,
                Recipe.wu2025(),
                Precision.FP32,
                Device.Kind.CPU,
                Optional.empty());
    }

    /** Random scores of 60 validation and 90 test cases of three classes; the draw depends on the trial. */
    static TrialOutcome outcome(Trial trial) {
        SeededRandom random = SeededRandom.of(trial.id().hashCode(), "outcome");
        int[][] valLabels = labels(60);
        int[][] testLabels = labels(90);
        double[][] valScores = scores(random, valLabels);
        double[][] testScores = scores(random, testLabels);
        CurvePoint first = new CurvePoint(1, 10, random.uniform(), random.uniform(), Double.NaN, random.uniform());
        CurvePoint last = new CurvePoint(2, 20, random.uniform(), random.uniform(), random.uniform(), random.uniform());
        return new TrialOutcome(
                trial,
                new DataFacts(Task.MULTI_CLASS, List.of("none", "mild, or so", "severe"), 1, 28, 28, 540, 60, 90),
                new Fit(last, List.of(first, last), valScores, testScores, random.uniform(1, 100)),
                Evaluation.of(Task.MULTI_CLASS, valLabels, valScores),
                Evaluation.of(Task.MULTI_CLASS, testLabels, testScores),
                PROVENANCE);
    }

    /** A result with these accuracies and AUCs and nothing else of interest. */
    static TrialResult result(Trial trial, double valAcc, double valAuc, double acc, double auc) {
        TrialResult random = outcome(trial).result();
        return new TrialResult(
                trial,
                random.data(),
                random.best(),
                random.curve(),
                random.seconds(),
                with(random.val(), valAcc, valAuc),
                with(random.test(), acc, auc),
                PROVENANCE);
    }

    private static Evaluation with(Evaluation old, double accuracy, double auc) {
        return new Evaluation(
                accuracy,
                auc,
                old.balancedAccuracy(),
                old.sensitivity(),
                old.specificity(),
                old.classAuc(),
                old.f1(),
                old.support(),
                old.confusion(),
                old.ece(),
                old.brier());
    }

    private static int[][] labels(int n) {
        int[][] labels = new int[n][1];
        for (int i = 0; i < n; i++) {
            labels[i][0] = i % 3;
        }
        return labels;
    }

    private static double[][] scores(SeededRandom random, int[][] labels) {
        List<double[]> scores = new ArrayList<>();
        for (int[] label : labels) {
            double[] row = {random.uniform(), random.uniform(), random.uniform()};
            row[label[0]] += 0.3;
            double sum = row[0] + row[1] + row[2];
            scores.add(new double[] {row[0] / sum, row[1] / sum, row[2] / sum});
        }
        return scores.toArray(double[][]::new);
    }
}
