package org.osler.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.osler.metric.Task;
import org.osler.study.Published;
import org.osler.study.Statistic;

/**
 * Everything that the page shows, as plain values: what was asked, the datasets, one row a combination of encoder,
 * strategy and settings, and under each row its runs. Metrics are fractions from 0 to 1; NaN means "not defined" and is
 * shown in words.
 *
 * @param study the study's name
 * @param asked what the study compares, one sentence
 * @param written when the page was made, as it is shown
 * @param command the command line that repeats the study
 * @param studyFile the study file's text
 * @param axes the settings that the study varies, beyond dataset, encoder, strategy and seed
 * @param datasets in the study's order
 * @param rows in the study's order
 * @param failures trials without a result
 * @param leftOut what the page does not keep so that it stays small, in whole sentences; empty if it keeps everything
 * @param comparison results against published ones, and encoder against encoder
 * @param maps what predictions of the images shown rest on, by trial and test image, where that is kept
 */
public record ReportModel(
        String study,
        String asked,
        String written,
        String command,
        String studyFile,
        List<Axis> axes,
        List<DatasetView> datasets,
        List<Row> rows,
        List<Failure> failures,
        List<String> leftOut,
        Comparison comparison,
        Map<String, Map<Integer, StoredMaps.Places>> maps) {

    /** A study of which nothing is compared and nothing explained. */
    public ReportModel(
            String study,
            String asked,
            String written,
            String command,
            String studyFile,
            List<Axis> axes,
            List<DatasetView> datasets,
            List<Row> rows,
            List<Failure> failures,
            List<String> leftOut) {
        this(
                study,
                asked,
                written,
                command,
                studyFile,
                axes,
                datasets,
                rows,
                failures,
                leftOut,
                Comparison.NONE,
                Map.of());
    }

    /** The rows of one dataset that the result table shows, in order. */
    List<Row> selectedOf(DatasetView dataset) {
        return rows.stream()
                .filter(row -> row.selected() && row.dataset().equals(dataset.name()))
                .toList();
    }

    /** What the values of an axis are. */
    public enum AxisKind {
        /** Numbers that validation chooses among. */
        LEARNING_RATE,
        /** Numbers with an order; "all" comes after every number. */
        NUMBER,
        /** Words without an order. */
        WORD
    }

    /**
     * A setting that the study varies.
     *
     * @param name in a word or two, e.g. {@code encoder lr}
     * @param title as a heading, e.g. {@code Encoder learning rate}
     * @param unit of its values; may be empty
     * @param note what has to be known of it, in whole sentences; may be empty
     */
    public record Axis(String name, String title, String unit, String note, AxisKind kind) {}

    /** A trial that could not be finished, in a line for people, and why. */
    public record Failure(String trial, String reason) {}

    /**
     * A dataset as the page needs it.
     *
     * @param name its name or file name
     * @param task what is predicted
     * @param labels the labels' names, by class
     * @param note size of the splits and where the data came from, as shown under the name
     * @param images data URIs of the test images that {@link Example}s name, by index
     * @param unjoined why there are no labels and images for some or all rows, as the end of a sentence; empty if there are
     */
    public record DatasetView(
            String name,
            Task task,
            List<String> labels,
            String note,
            Map<Integer, String> images,
            Optional<String> unjoined) {}

    /**
     * One line of the result table: the runs that differ by their seed only.
     *
     * @param dataset name of a {@link DatasetView}
     * @param encoder the encoder's name for reading, e.g. {@code ViT-Ti/16}
     * @param encoderId its full id
     * @param untrained true if the encoder's weights were random
     * @param strategy e.g. {@code linear-probe}
     * @param settings whatever else tells the row from its neighbours (learning rates, shots, size); may be empty
     * @param values its value on each of the study's axes; empty where it has none
     * @param selected whether its learning rates are the best on validation among those tried; the others are shown
     *     in detail only
     * @param gridEdge names of the learning rates that are the smallest or largest of those tried
     * @param runs one a seed, at least one
     * @param published what the literature says of this combination
     * @param examples test images: the worst mistakes first, then right answers; empty if none are kept
     */
    public record Row(
            String dataset,
            String encoder,
            String encoderId,
            boolean untrained,
            String strategy,
            String settings,
            List<String> values,
            boolean selected,
            List<String> gridEdge,
            List<Run> runs,
            Optional<Published> published,
            List<Example> examples) {

        /** The same row without images. */
        Row withoutExamples() {
            return new Row(
                    dataset, encoder, encoderId, untrained, strategy, settings, values, selected, gridEdge, runs,
                    published, List.of());
        }

        /** Accuracy on test over the seeds. */
        Statistic accuracy() {
            return over(run -> run.test().accuracy());
        }

        /** AUC on test over the seeds. */
        Statistic auc() {
            return over(run -> run.test().auc());
        }

        /** Accuracy on validation over the seeds. */
        Statistic valAccuracy() {
            return over(run -> run.val().accuracy());
        }

        /** AUC on validation over the seeds. */
        Statistic valAuc() {
            return over(run -> run.val().auc());
        }

        /** Each run has its own interval over test images; this is the mean of their ends. Empty if a run has none. */
        Optional<Range> interval(Function<Run, Optional<Range>> metric) {
            List<Range> ranges =
                    runs.stream().flatMap(run -> metric.apply(run).stream()).toList();
            if (ranges.size() < runs.size()) {
                return Optional.empty();
            }
            return Optional.of(new Range(
                    ranges.stream().mapToDouble(Range::low).average().orElseThrow(),
                    ranges.stream().mapToDouble(Range::high).average().orElseThrow()));
        }

        private Statistic over(ToDoubleFunction<Run> number) {
            return Statistic.of(runs.stream().mapToDouble(number).boxed().toList());
        }

        /** Encoder and strategy, as sentences and charts name them; the settings too where there are any. */
        String name() {
            String base = encoder + (untrained ? " (untrained), " : ", ") + strategy;
            return settings.isEmpty() ? base : base + ", " + settings;
        }
    }

    /** Accuracy and AUC on one split; the AUC is NaN where it is not defined. */
    public record Scores(double accuracy, double auc) {}

    /**
     * One trial.
     *
     * @param trial the trial's id
     * @param seed the seed that tells it from the row's other runs
     * @param strategySettings as shown, e.g. {@code encoder lr 0.0001, head lr 0.001} or {@code k 11}; may be empty
     * @param val numbers on the validation split, of the checkpoint that was kept
     * @param test numbers on the test split
     * @param accuracyInterval bootstrap interval of the test accuracy over test images
     * @param aucInterval bootstrap interval of the test AUC over test images
     * @param curve the validations in order; empty where nothing is trained step by step
     * @param best index into {@code curve} of the checkpoint that was kept; −1 without a curve
     * @param detail per-class results on test, if they are kept
     * @param seconds time spent
     * @param provenance names and values of whatever the result depends on, in order
     */
    public record Run(
            String trial,
            long seed,
            String strategySettings,
            Scores val,
            Scores test,
            Optional<Range> accuracyInterval,
            Optional<Range> aucInterval,
            List<Point> curve,
            int best,
            Optional<Detail> detail,
            double seconds,
            Map<String, String> provenance) {}

    /** A closed interval of fractions. */
    public record Range(double low, double high) {}

    /** One validation during training; the AUC may be NaN. */
    public record Point(int epoch, int iteration, double trainLoss, double valAccuracy, double valAuc) {}

    /**
     * What a classifier does class by class, on test.
     *
     * @param classes one a class (or label), in the dataset's order
     * @param confusion images by true (first index) and predicted class; empty for multi-label tasks
     * @param calibration equal bins of confidence, from low to high
     * @param ece expected calibration error, 0 to 1
     * @param brier Brier score
     */
    public record Detail(
            List<ClassResult> classes, double[][] confusion, List<Bin> calibration, double ece, double brier) {

        /** Copies the matrix, so that the record cannot be changed from outside. */
        public Detail {
            confusion = Arrays.stream(confusion).map(double[]::clone).toArray(double[][]::new);
        }
    }

    /** One class's results; NaN where the class never occurs. Support is the number of its test images. */
    public record ClassResult(double sensitivity, double specificity, double auc, double f1, int support) {}

    /** The predictions whose confidence fell into one bin: how many, how confident and how often right on average. */
    public record Bin(int count, double confidence, double accuracy) {}

    /**
     * A test image and what the row's runs made of it.
     *
     * @param index the image's index in the test split
     * @param truth name of the true label
     * @param predicted name of the label predicted by the mean score over the runs
     * @param truthScore mean score of the true label
     * @param predictedScore mean score of the predicted label
     * @param right whether the two labels agree
     * @param wrongRuns how many of the row's runs got it wrong, each by itself
     */
    public record Example(
            int index,
            String truth,
            String predicted,
            double truthScore,
            double predictedScore,
            boolean right,
            int wrongRuns) {}
}
