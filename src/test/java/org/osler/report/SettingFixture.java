package org.osler.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.metric.Evaluation;
import org.osler.metric.Task;
import org.osler.study.DataFacts;
import org.osler.study.DatasetChoice;
import org.osler.study.Provenance;
import org.osler.study.Strategy;
import org.osler.study.Trial;
import org.osler.study.TrialResult;
import org.osler.study.WeightsKind;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.train.CurvePoint;
import org.osler.train.Recipe;

/** Made-up results of one setting: given accuracies, one a seed; each AUC lies 0.05 above. */
public record SettingFixture(
        String dataset,
        DatasetChoice.Kind kind,
        OptionalInt size,
        int input,
        Resize resize,
        String encoder,
        Strategy strategy,
        List<Double> accuracies) {

    private static final Provenance PROVENANCE = new Provenance(
            "0.1.0", "abc1234", "2.10.0", "JVM", "Linux", "cpu", 2, "cpu", "0", "0", Instant.EPOCH, Instant.EPOCH);

    /** Of a MedMNIST dataset at 224 pixels, scaled. */
    public static SettingFixture of(String dataset, String encoder, Strategy strategy, double... accuracies) {
        List<Double> values = new ArrayList<>();
        for (double accuracy : accuracies) {
            values.add(accuracy);
        }
        return new SettingFixture(
                dataset,
                DatasetChoice.Kind.MEDMNIST,
                OptionalInt.of(224),
                224,
                Resize.SCALE,
                encoder,
                strategy,
                values);
    }

    /** The same with images of another size. */
    public SettingFixture with(OptionalInt otherSize, Resize otherResize) {
        return new SettingFixture(dataset, kind, otherSize, input, otherResize, encoder, strategy, accuracies);
    }

    /** The same of a dataset of another kind. */
    public SettingFixture with(DatasetChoice.Kind otherKind) {
        return new SettingFixture(dataset, otherKind, size, input, resize, encoder, strategy, accuracies);
    }

    /** The same with another input size. */
    public SettingFixture withInput(int otherInput) {
        return new SettingFixture(dataset, kind, size, otherInput, resize, encoder, strategy, accuracies);
    }

    /** The trial of a seed. */
    public Trial trial(long seed) {
        return new Trial(
                dataset,
                kind,
                size,
                input,
                resize,
                encoder,
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

    /** The results, one a seed. */
    public List<TrialResult> results() {
        var results = new ArrayList<TrialResult>();
        for (int seed = 0; seed < accuracies.size(); seed++) {
            double accuracy = accuracies.get(seed);
            Evaluation evaluation = evaluation(accuracy, accuracy + 0.05);
            CurvePoint point = new CurvePoint(1, 10, 0.5, accuracy, accuracy + 0.05, 0.5);
            results.add(new TrialResult(
                    trial(seed),
                    new DataFacts(Task.BINARY, List.of("a", "b"), 1, 28, 28, 4, 4, 4),
                    point,
                    List.of(point),
                    1,
                    evaluation,
                    evaluation,
                    PROVENANCE));
        }
        return results;
    }

    private static Evaluation evaluation(double accuracy, double auc) {
        Evaluation any = Evaluation.of(Task.BINARY, new int[][] {{0}, {1}}, new double[][] {{0.6, 0.4}, {0.3, 0.7}});
        return new Evaluation(
                accuracy,
                auc,
                any.balancedAccuracy(),
                any.sensitivity(),
                any.specificity(),
                any.classAuc(),
                any.f1(),
                any.support(),
                any.confusion(),
                any.ece(),
                any.brier());
    }
}
