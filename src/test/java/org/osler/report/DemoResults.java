package org.osler.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.SeededRandom;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.metric.Evaluation;
import org.osler.metric.Task;
import org.osler.study.DataFacts;
import org.osler.study.DatasetChoice;
import org.osler.study.Provenance;
import org.osler.study.Published;
import org.osler.study.Statistic;
import org.osler.study.Strategy;
import org.osler.study.SummaryRow;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.study.TrialResult;
import org.osler.study.WeightsKind;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.train.CurvePoint;
import org.osler.train.Fit;
import org.osler.train.Recipe;

/** Made-up results of trials, for tests of what is made from them. */
final class DemoResults {

    static final Published PUBLISHED = new Published("Wu and Papież 2025, table 1", 0.85, 0.01, 0.88, 0.02, true);

    private DemoResults() {}

    static Trial trial(String dataset, String encoder, WeightsKind weights, Strategy strategy, long seed) {
        return new Trial(
                dataset,
                DatasetChoice.Kind.FILE,
                OptionalInt.empty(),
                224,
                Resize.SCALE,
                encoder,
                weights,
                strategy,
                OptionalInt.empty(),
                FewShot.Draw.FIRST,
                seed,
                Recipe.wu2025(),
                Precision.FP32,
                Device.Kind.CPU,
                Optional.empty());
    }

    /** An outcome whose scores lean to the true labels. */
    static TrialOutcome outcome(Trial trial, DataFacts data, int[][] val, int[][] test, String md5) {
        double[][] valScores = scores(data, val, trial.seed());
        double[][] testScores = scores(data, test, trial.seed() + 100);
        Evaluation valEvaluation = Evaluation.of(data.task(), val, valScores);
        var curve = new ArrayList<CurvePoint>();
        for (int i = 1; i <= 5; i++) {
            curve.add(new CurvePoint(
                    i, 10 * i, 1.0 / i, valEvaluation.accuracy() - 0.01 * (5 - i), valEvaluation.auc(), 1.1 / i));
        }
        return new TrialOutcome(
                trial,
                data,
                new Fit(curve.get(4), curve, valScores, testScores, 1.5),
                valEvaluation,
                Evaluation.of(data.task(), test, testScores),
                new Provenance(
                        "0.1.0",
                        "abc1234",
                        "2.10.0",
                        "OpenJDK 17",
                        "Linux",
                        "a processor",
                        2,
                        "cpu",
                        "random",
                        md5,
                        Instant.EPOCH,
                        Instant.EPOCH));
    }

    static double[][] scores(DataFacts data, int[][] labels, long seed) {
        var random = SeededRandom.of(seed, "demo scores");
        int classes = data.labels().size();
        double[][] scores = new double[labels.length][classes];
        for (int i = 0; i < labels.length; i++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                boolean there = data.task() == Task.MULTI_LABEL ? labels[i][c] == 1 : labels[i][0] == c;
                scores[i][c] = random.uniform(there ? 0.3 : 0.02, there ? 0.98 : 0.6);
                sum += scores[i][c];
            }
            for (int c = 0; c < classes && data.task() != Task.MULTI_LABEL; c++) {
                scores[i][c] /= sum;
            }
        }
        return scores;
    }

    /** A row of a summary with the given test accuracies; its AUC lies 0.05 above each. */
    static SummaryRow row(
            String dataset,
            String encoder,
            WeightsKind weights,
            Strategy strategy,
            boolean selected,
            Optional<Published> published,
            double... accuracies) {
        var results = new ArrayList<TrialResult>();
        var values = new ArrayList<Double>();
        var aucs = new ArrayList<Double>();
        for (int seed = 0; seed < accuracies.length; seed++) {
            var data = new DataFacts(Task.BINARY, List.of("a", "b"), 1, 28, 28, 4, 4, 4);
            int[][] labels = {{0}, {1}, {0}, {1}};
            results.add(outcome(trial(dataset, encoder, weights, strategy, seed), data, labels, labels, "0")
                    .result());
            values.add(accuracies[seed]);
            aucs.add(accuracies[seed] + 0.05);
        }
        Statistic accuracy = Statistic.of(values);
        Statistic auc = Statistic.of(aucs);
        return new SummaryRow(results, accuracy, auc, accuracy, auc, selected, List.of(), published);
    }
}
