package org.osler.cli;

import java.util.Locale;
import org.osler.model.Measured;
import org.osler.model.ModelDescription;
import org.osler.model.SplitMetrics;
import org.osler.study.TrainedModel;

/** Prints what a model is worth and how to use it. */
final class TrainedModelView {

    private final Terminal terminal;

    TrainedModelView(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(TrainedModel trained) {
        TextTable table = new TextTable()
                .text("Split")
                .number("Images")
                .number("ACC (95 %)")
                .number("AUC (95 %)")
                .number("Calibration error")
                .number("calibrated");
        row(table, "val", trained.story().val());
        row(table, "test", trained.story().test());
        table.print(terminal);
        ModelDescription model = trained.model();
        terminal.out().println();
        terminal.out()
                .println(
                        model.calibrated()
                                ? String.format(
                                        Locale.ROOT, "Temperature %.3f, fitted on validation.", model.temperature())
                                : "Not calibrated: on validation every image is answered rightly, or no better than by"
                                        + " chance.");
        trained.story().remarks().forEach(line -> terminal.out().println(Shown.text(line)));
        terminal.out().printf("Model: %s%n", trained.folder());
        terminal.out().printf("%n  osler predict %s IMAGES… --out predictions.csv%n", trained.folder());
    }

    private static void row(TextTable table, String split, SplitMetrics metrics) {
        table.row(
                split,
                metrics.images(),
                percent(metrics.accuracy()),
                percent(metrics.auc()),
                number(metrics.errorBefore()),
                number(metrics.errorAfter()));
    }

    private static String percent(Measured measured) {
        if (Double.isNaN(measured.value())) {
            return "–";
        }
        String value = String.format(Locale.ROOT, "%.1f %%", 100 * measured.value());
        return Double.isNaN(measured.low())
                ? value
                : value + String.format(Locale.ROOT, " (%.1f–%.1f)", 100 * measured.low(), 100 * measured.high());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
