package org.osler.cli;

import java.util.List;
import java.util.Locale;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.metric.Evaluation;
import org.osler.model.ModelDescription;

/** Says on standard error what predictions of a dataset's images are worth. */
final class DatasetAgreement {

    private final Terminal terminal;
    private final ModelDescription model;

    DatasetAgreement(Terminal terminal, ModelDescription model) {
        this.terminal = terminal;
        this.model = model;
    }

    void show(Dataset dataset, Split split, List<double[]> scores) {
        if (dataset.task() != model.task() || !dataset.labelNames().equals(model.labels())) {
            terminal.err()
                    .printf(
                            "%s %s: %d images; its labels are not the model's, so there is nothing to compare%n",
                            dataset.name(), split.id(), scores.size());
            return;
        }
        Evaluation evaluation = Evaluation.of(dataset.task(), dataset.labels(split), scores.toArray(new double[0][]));
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s %s: %d images, ACC %.2f %%, AUC %s, calibration error %.3f%n",
                        dataset.name(),
                        split.id(),
                        scores.size(),
                        100 * evaluation.accuracy(),
                        Double.isNaN(evaluation.auc())
                                ? "–"
                                : String.format(Locale.ROOT, "%.2f %%", 100 * evaluation.auc()),
                        evaluation.ece());
    }
}
