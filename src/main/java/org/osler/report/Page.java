package org.osler.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osler.report.ReportModel.Row;
import org.osler.report.ReportModel.Run;
import org.osler.study.Published;
import org.osler.study.Statistic;

/**
 * What the templates print: a {@link ReportModel} with every number already a text.
 *
 * @param untrained true if any row's encoder has random weights
 * @param published true if any row has published values
 * @param otherProtocol true if any of these are of another protocol than the row's
 * @param intervals true if any row has bootstrap intervals
 * @param edges true if any row's learning rates lie at the edge of their grid
 * @param folded true if there is so much that each dataset is closed to begin with
 * @param shared provenance that all trials have in common
 */
record Page(
        String study,
        String asked,
        String written,
        String command,
        String studyFile,
        boolean untrained,
        boolean published,
        boolean otherProtocol,
        boolean intervals,
        boolean edges,
        boolean folded,
        List<ReportModel.Axis> axes,
        List<String> sources,
        List<Group> groups,
        List<TrialLine> trials,
        List<ReportModel.Failure> failures,
        List<String> leftOut,
        Map<String, String> shared) {

    /** Stands after published values that other settings than the row's gave. */
    private static final String OTHER_PROTOCOL = " †";

    /** More datasets than these are closed to begin with, … */
    private static final int OPEN_DATASETS = 4;

    /** … and so are they where their tables have more lines than these together. */
    private static final int OPEN_LINES = 60;

    /** A dataset's part of the result table. */
    record Group(String dataset, String task, String note, Answer answer, List<Line> lines) {}

    /**
     * A line of the result table.
     *
     * @param index the row's place in {@link ReportModel#rows}
     * @param gridEdge the learning rates that were chosen from the edge of their grid; may be empty
     * @param trial id of the first of its trials; the others follow it in the provenance table
     */
    record Line(
            int index,
            String encoder,
            String encoderId,
            boolean untrained,
            String strategy,
            String settings,
            int seeds,
            String gridEdge,
            String trial,
            Cell accuracy,
            Cell auc) {}

    /**
     * A metric in a line; texts are empty where there is nothing to show.
     *
     * @param sort the mean as a number for sorting; −1 if it is not defined
     * @param best whether it is the highest of its dataset
     */
    record Cell(String text, double sort, boolean best, String interval, String published, String difference) {}

    /**
     * A line of the provenance table.
     *
     * @param row the place of its row in {@link ReportModel#rows}
     */
    record TrialLine(
            int row,
            String trial,
            String dataset,
            String encoder,
            String strategy,
            String strategySettings,
            long seed,
            String checkpoint,
            String val,
            String test,
            String seconds,
            Map<String, String> own) {}

    static Page of(ReportModel model) {
        List<Row> rows = model.rows();
        var groups = new ArrayList<Group>();
        for (ReportModel.DatasetView dataset : model.datasets()) {
            List<Row> own = model.selectedOf(dataset);
            if (!own.isEmpty()) {
                groups.add(new Group(
                        dataset.name(),
                        dataset.task().id(),
                        dataset.note(),
                        Answer.of(dataset.name(), own),
                        own.stream()
                                .map(row -> line(row, rows.indexOf(row), own))
                                .toList()));
            }
        }
        Map<String, String> shared = shared(rows);
        return new Page(
                model.study(),
                model.asked(),
                model.written(),
                model.command(),
                model.studyFile(),
                rows.stream().anyMatch(Row::untrained),
                rows.stream().anyMatch(row -> row.published().isPresent()),
                rows.stream().flatMap(row -> row.published().stream()).anyMatch(p -> !p.sameProtocol()),
                rows.stream()
                        .flatMap(row -> row.runs().stream())
                        .anyMatch(run -> run.accuracyInterval().isPresent()),
                rows.stream().anyMatch(row -> row.selected() && !row.gridEdge().isEmpty()),
                folded(groups),
                model.axes(),
                rows.stream()
                        .flatMap(row -> row.published().stream())
                        .map(Published::source)
                        .distinct()
                        .toList(),
                groups,
                trials(rows, shared),
                model.failures(),
                model.leftOut(),
                shared);
    }

    private static boolean folded(List<Group> groups) {
        int lines = groups.stream().mapToInt(group -> group.lines().size()).sum();
        return groups.size() > 1 && (groups.size() > OPEN_DATASETS || lines > OPEN_LINES);
    }

    private static Line line(Row row, int index, List<Row> group) {
        boolean bestAccuracy = highest(row.accuracy(), group, Row::accuracy);
        boolean bestAuc = highest(row.auc(), group, Row::auc);
        var published = row.published();
        return new Line(
                index,
                row.encoder(),
                row.encoderId(),
                row.untrained(),
                row.strategy(),
                row.settings(),
                row.runs().size(),
                String.join(", ", row.gridEdge()),
                row.runs().get(0).trial(),
                new Cell(
                        Percent.of(row.accuracy()),
                        sortable(row.accuracy()),
                        bestAccuracy,
                        row.interval(Run::accuracyInterval).map(Percent::of).orElse(""),
                        published
                                .map(p -> Percent.of(p.accuracyMean(), p.accuracyStd()) + mark(p))
                                .orElse(""),
                        published
                                .map(p -> Percent.difference(row.accuracy().mean(), p.accuracyMean())
                                        + verdict(p.agreesInAccuracy(row.accuracy())))
                                .orElse("")),
                new Cell(
                        Percent.of(row.auc()),
                        sortable(row.auc()),
                        bestAuc,
                        row.interval(Run::aucInterval).map(Percent::of).orElse(""),
                        published
                                .map(p -> Percent.of(p.aucMean(), p.aucStd()) + mark(p))
                                .orElse(""),
                        published
                                .map(p -> Percent.difference(row.auc().mean(), p.aucMean())
                                        + verdict(p.agreesInAuc(row.auc())))
                                .orElse("")));
    }

    private static String verdict(Optional<Boolean> agrees) {
        return agrees.map(yes -> yes ? ", agrees" : ", differs").orElse("");
    }

    private static String mark(Published published) {
        return published.sameProtocol() ? "" : OTHER_PROTOCOL;
    }

    private static double sortable(Statistic spread) {
        return Answer.defined(spread) ? spread.mean() : -1;
    }

    private static boolean highest(Statistic own, List<Row> group, Function<Row, Statistic> metric) {
        return Answer.defined(own)
                && group.size() > 1
                && group.stream().map(metric).noneMatch(other -> other.mean() > own.mean());
    }

    private static Map<String, String> shared(List<Row> rows) {
        List<Map<String, String>> all = rows.stream()
                .flatMap(row -> row.runs().stream())
                .map(Run::provenance)
                .toList();
        if (all.isEmpty()) {
            return Map.of();
        }
        var shared = new LinkedHashMap<>(all.get(0));
        all.forEach(other -> shared.entrySet().retainAll(other.entrySet()));
        return shared;
    }

    private static List<TrialLine> trials(List<Row> rows, Map<String, String> shared) {
        var lines = new ArrayList<TrialLine>();
        for (int index = 0; index < rows.size(); index++) {
            Row row = rows.get(index);
            for (Run run : row.runs()) {
                var own = new LinkedHashMap<>(run.provenance());
                own.entrySet().removeAll(shared.entrySet());
                lines.add(new TrialLine(
                        index,
                        run.trial(),
                        row.dataset(),
                        row.encoder() + (row.untrained() ? " (untrained)" : ""),
                        row.strategy(),
                        run.strategySettings(),
                        run.seed(),
                        checkpoint(run),
                        both(run.val()),
                        both(run.test()),
                        String.format(Locale.ROOT, "%.1f", run.seconds()),
                        own));
            }
        }
        return lines;
    }

    private static String checkpoint(Run run) {
        if (run.best() < 0) {
            return "none: not trained in steps";
        }
        ReportModel.Point point = run.curve().get(run.best());
        return "epoch " + point.epoch() + ", iteration " + point.iteration();
    }

    private static String both(ReportModel.Scores scores) {
        return Percent.of(scores.accuracy()) + " / " + Percent.of(scores.auc());
    }
}
