package org.osler.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.osler.data.Dataset;
import org.osler.data.review.GroupColumn;
import org.osler.metric.Bootstrap;
import org.osler.metric.Evaluation;
import org.osler.metric.Interval;
import org.osler.metric.Metric;
import org.osler.metric.Task;
import org.osler.metric.Units;
import org.osler.study.PredictionFile;
import org.osler.study.PredictionName;

/** Prints everything that is to be said of a prediction file's scores. */
final class EvaluationView {

    private static final double LEVEL = 0.95;
    private static final long SEED = 0;

    /** Half a unit of the name's last digit, and some more for scores that were rounded before they were written. */
    private static final double AGREEMENT = 0.0006;

    private final Terminal terminal;
    private final int resamples;

    EvaluationView(Terminal terminal, int resamples) {
        this.terminal = terminal;
        this.resamples = resamples;
    }

    /** Returns whether the numbers in the file's name are right. */
    boolean show(PredictionFile predictions, Dataset dataset) throws IOException {
        PredictionName name = predictions.name();
        Task task = dataset.task();
        int[][] labels = dataset.labels(name.split());
        double[][] scores = predictions.scoresFor(task, dataset.classes(), labels.length);
        Evaluation evaluation = Evaluation.of(task, labels, scores);
        terminal.out()
                .printf(
                        "%s, %d × %d pixels, %s split: %d images, %s, %d %s%n%n",
                        name.flag(),
                        dataset.height(),
                        dataset.width(),
                        name.split().id(),
                        labels.length,
                        task.id(),
                        dataset.classes(),
                        task == Task.MULTI_LABEL ? "labels" : "classes");
        Units units = GroupColumn.units(dataset, name.split());
        printMetrics(task, labels, units, scores, evaluation);
        printClasses(dataset, evaluation);
        printConfusion(dataset.labelNames(), evaluation);
        return printAgreement(name, evaluation);
    }

    private void printMetrics(Task task, int[][] labels, Units units, double[][] scores, Evaluation evaluation) {
        TextTable table = new TextTable().text("Metric").number("Value");
        if (resamples > 0) {
            table.number("95 % interval");
        }
        for (Metric metric : Metric.values()) {
            String value = number(evaluation.value(metric));
            if (resamples == 0) {
                table.row(title(metric), value);
            } else {
                Interval interval = Bootstrap.interval(task, labels, scores, metric, units, resamples, LEVEL, SEED);
                boolean none = Double.isNaN(interval.low());
                table.row(title(metric), value, none ? "–" : number(interval.low()) + " to " + number(interval.high()));
            }
        }
        table.print(terminal);
        if (resamples > 0 && !units.areCases()) {
            terminal.out().printf("Intervals draw whole groups of images that belong together (%,d).%n", units.count());
        }
    }

    private static String title(Metric metric) {
        return switch (metric) {
            case ACCURACY -> "ACC";
            case AUC -> "AUC";
            case BALANCED_ACCURACY -> "balanced accuracy";
            case ECE -> "calibration error";
            case BRIER -> "Brier score";
        };
    }

    private void printClasses(Dataset dataset, Evaluation evaluation) {
        TextTable table = new TextTable()
                .text(dataset.task() == Task.MULTI_LABEL ? "Label" : "Class")
                .number("Images")
                .number("Sensitivity")
                .number("Specificity")
                .number("AUC")
                .number("F1");
        for (int c = 0; c < dataset.classes(); c++) {
            table.row(
                    dataset.labelNames().get(c),
                    evaluation.support()[c],
                    number(evaluation.sensitivity()[c]),
                    number(evaluation.specificity()[c]),
                    number(evaluation.classAuc()[c]),
                    number(evaluation.f1()[c]));
        }
        terminal.out().println();
        table.print(terminal);
        if (!evaluation.classesWithoutAuc().isEmpty()) {
            terminal.out()
                    .println("– : not defined, for none or all of the images are of that class; AUC is the mean over"
                            + " the others.");
        }
    }

    private void printConfusion(List<String> names, Evaluation evaluation) {
        int[][] confusion = evaluation.confusion();
        if (confusion.length == 0) {
            return;
        }
        TextTable table = new TextTable().text("True class");
        for (int c = 0; c < confusion.length; c++) {
            table.number("as " + c);
        }
        for (int c = 0; c < confusion.length; c++) {
            Object[] row = new Object[confusion.length + 1];
            String number = Integer.toString(c);
            row[0] = names.get(c).equals(number) ? number : number + " " + names.get(c);
            for (int predicted = 0; predicted < confusion.length; predicted++) {
                row[predicted + 1] = confusion[c][predicted];
            }
            table.row(row);
        }
        terminal.out().println();
        table.print(terminal);
    }

    private boolean printAgreement(PredictionName name, Evaluation evaluation) {
        boolean agrees = agree(name.auc(), evaluation.auc()) && agree(name.acc(), evaluation.accuracy());
        String named = String.format(Locale.ROOT, "AUC %.3f and ACC %.3f", name.auc(), name.acc());
        terminal.out().println();
        if (agrees) {
            terminal.out().println("The file's name is right: " + named + ".");
        } else {
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "The file's name is wrong: it says %s, but they are %.3f and %.3f.%n",
                            named,
                            evaluation.auc(),
                            evaluation.accuracy());
        }
        return agrees;
    }

    private static boolean agree(double named, double computed) {
        return Double.isNaN(named) ? Double.isNaN(computed) : Math.abs(named - computed) <= AGREEMENT;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
    }
}
