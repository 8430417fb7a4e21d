package org.osler.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osler.report.ReportModel.Example;
import org.osler.report.ReportModel.Row;

/**
 * The test images that the page shows. Each dataset has the same share of the bytes there are for images; its best rows
 * come first, and rows whose images do not fit any more go without.
 *
 * @param rows all rows, in their order; those that go without have no examples any more
 * @param images data URIs by dataset and index
 * @param complete whether every row kept its examples
 */
record Gallery(List<Row> rows, Map<String, Map<Integer, String>> images, boolean complete) {

    /** Finds a dataset's test image as a data URI; empty if the dataset is not at hand. */
    @FunctionalInterface
    interface Source {
        Optional<String> image(String dataset, int index);
    }

    /**
     * Hangs the pictures.
     *
     * @param bytes of data URIs in all
     */
    static Gallery of(List<Row> rows, Source source, long bytes) {
        Set<String> datasets =
                new LinkedHashSet<>(rows.stream().map(Row::dataset).toList());
        Map<String, Map<Integer, String>> images = new LinkedHashMap<>();
        Set<Row> without = new LinkedHashSet<>();
        for (String dataset : datasets) {
            List<Row> best = rows.stream()
                    .filter(row ->
                            row.dataset().equals(dataset) && !row.examples().isEmpty())
                    .sorted(Comparator.comparing((Row row) -> !row.selected()).thenComparing(Gallery::rank))
                    .toList();
            var own = new LinkedHashMap<Integer, String>();
            images.put(dataset, own);
            long left = bytes / datasets.size();
            for (Row row : best) {
                Map<Integer, String> more = missing(row, own, source);
                long size = more.values().stream().mapToLong(String::length).sum();
                if (size <= left) {
                    own.putAll(more);
                    left -= size;
                } else {
                    without.add(row);
                }
            }
        }
        var kept = new ArrayList<Row>();
        rows.forEach(row -> kept.add(without.contains(row) ? row.withoutExamples() : row));
        return new Gallery(List.copyOf(kept), images, without.isEmpty());
    }

    private static Map<Integer, String> missing(Row row, Map<Integer, String> had, Source source) {
        var more = new LinkedHashMap<Integer, String>();
        for (Example example : row.examples()) {
            if (!had.containsKey(example.index())) {
                source.image(row.dataset(), example.index()).ifPresent(uri -> more.put(example.index(), uri));
            }
        }
        return more;
    }

    /** The higher the AUC (where it is not defined, the accuracy), the lower the rank. */
    private static double rank(Row row) {
        return -(Answer.defined(row.auc()) ? row.auc() : row.accuracy()).mean();
    }
}
