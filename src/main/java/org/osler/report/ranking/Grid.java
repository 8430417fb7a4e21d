package org.osler.report.ranking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osler.metric.Metric;
import org.osler.study.Condition;
import org.osler.study.EncoderTitle;
import org.osler.study.Statistic;
import org.osler.study.SummaryRow;

/**
 * A condition's results, encoder by dataset.
 *
 * @param metric accuracy or AUC
 * @param rows by dataset, then by encoder's name; only where the metric is defined
 * @param encoders those that occur, in order
 */
record Grid(Metric metric, Map<String, Map<String, SummaryRow>> rows, List<String> encoders) {

    /** Means closer than this are ties: sums of the same numbers in another order differ in the last bits. */
    private static final double TIED_BELOW = 1e-12;

    static Grid of(Condition condition, Metric metric) {
        Map<String, Map<String, SummaryRow>> rows = new LinkedHashMap<>();
        Set<String> encoders = new LinkedHashSet<>();
        for (SummaryRow row : condition.rows()) {
            if (!Double.isNaN(of(row, metric).mean())) {
                String encoder = EncoderTitle.of(row.setting());
                rows.computeIfAbsent(row.setting().dataset(), any -> new LinkedHashMap<>())
                        .put(encoder, row);
                encoders.add(encoder);
            }
        }
        return new Grid(metric, rows, List.copyOf(encoders));
    }

    private static Statistic of(SummaryRow row, Metric metric) {
        return metric == Metric.AUC ? row.auc() : row.accuracy();
    }

    Statistic number(SummaryRow row) {
        return of(row, metric);
    }

    /** The mean over seeds, rounded so that ties are ties. */
    double mean(String dataset, String encoder) {
        double mean = number(rows.get(dataset).get(encoder)).mean();
        return Math.round(mean / TIED_BELOW) * TIED_BELOW;
    }

    List<String> datasets() {
        return List.copyOf(rows.keySet());
    }

    boolean has(String dataset, String encoder) {
        return rows.get(dataset).containsKey(encoder);
    }

    /**
     * A part of the grid without holes, which rank tests need: as long as there is one, the dataset or encoder that lacks
     * the largest share goes.
     */
    Part complete() {
        List<String> datasets = new ArrayList<>(datasets());
        List<String> columns = new ArrayList<>(encoders);
        while (true) {
            String worst = null;
            double most = 0;
            for (String dataset : datasets) {
                double missing = columns.stream()
                        .filter(encoder -> !has(dataset, encoder))
                        .count();
                if (missing / columns.size() > most) {
                    most = missing / columns.size();
                    worst = dataset;
                }
            }
            for (String encoder : columns) {
                double missing = datasets.stream()
                        .filter(dataset -> !has(dataset, encoder))
                        .count();
                if (missing / datasets.size() > most) {
                    most = missing / datasets.size();
                    worst = encoder;
                }
            }
            if (worst == null) {
                return new Part(List.copyOf(datasets), List.copyOf(columns));
            }
            if (!columns.remove(worst)) {
                datasets.remove(worst);
            }
        }
    }

    /** Datasets and encoders, each of which has a result on each. */
    record Part(List<String> datasets, List<String> encoders) {}
}
