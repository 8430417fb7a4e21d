package org.osler.report.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osler.metric.Subgroup;
import org.osler.metric.Subgroup.Estimate;
import org.osler.metric.SubgroupGap;

/**
 * What the page says of the subgroups of one dataset, every number a text.
 *
 * @param title the dataset's name
 * @param settings each with a table a column
 */
public record SubgroupsView(String title, List<OfSetting> settings) {

    private static final int DIGITS = 1;

    /** One setting. */
    public record OfSetting(String name, List<Table> tables) {}

    /**
     * One column.
     *
     * @param column its name
     * @param lines one a group
     * @param words of the gaps
     */
    public record Table(String column, List<Line> lines, List<String> words) {}

    /**
     * One group.
     *
     * @param support images of each class, for the reader who points at the number
     * @param small why there are no numbers; empty if there are
     * @param aucClasses how many classes the AUC is the mean of, where these are not all; else empty
     */
    public record Line(
            String group, String images, String support, String small, Cell accuracy, Cell auc, String aucClasses) {}

    /**
     * A metric.
     *
     * @param mark where it stands in a figure that is 1000 wide; −1: nowhere
     * @param low where its interval begins; −1: there is none
     * @param high where it ends
     */
    public record Cell(String text, String interval, int mark, int low, int high) {}

    /** What a figure's ends mean. */
    private record Scale(double low, double high) {

        static Scale of(List<Estimate> estimates) {
            double low = 1;
            double high = 0;
            for (Estimate estimate : estimates) {
                for (double value : List.of(
                        estimate.value(),
                        estimate.interval().low(),
                        estimate.interval().high())) {
                    low = Double.isNaN(value) ? low : Math.min(low, value);
                    high = Double.isNaN(value) ? high : Math.max(high, value);
                }
            }
            return new Scale(low, high);
        }

        int at(double value) {
            return Double.isNaN(value)
                    ? -1
                    : high > low ? (int) Math.round(20 + 960 * (value - low) / (high - low)) : 500;
        }

        Cell cell(Estimate estimate) {
            return new Cell(
                    Shown.percent(estimate.value(), DIGITS),
                    Shown.interval(estimate.interval(), DIGITS),
                    at(estimate.value()),
                    at(estimate.interval().low()),
                    at(estimate.interval().high()));
        }
    }

    /** Empty if no subgroups were asked for. */
    static Optional<SubgroupsView> of(Review.OfDataset dataset) {
        if (dataset.judged().isEmpty()) {
            return Optional.empty();
        }
        Map<Setting, List<Table>> tables = new LinkedHashMap<>();
        dataset.judged()
                .forEach(judged -> tables.computeIfAbsent(judged.setting(), key -> new ArrayList<>())
                        .add(table(dataset, judged)));
        return Optional.of(new SubgroupsView(
                dataset.title(),
                tables.entrySet().stream()
                        .map(entry -> new OfSetting(entry.getKey().name(), entry.getValue()))
                        .toList()));
    }

    private static Table table(Review.OfDataset dataset, Judged judged) {
        List<Subgroup> groups = judged.subgroups().groups();
        Scale accuracies = Scale.of(groups.stream().map(Subgroup::accuracy).toList());
        Scale aucs = Scale.of(groups.stream().map(Subgroup::auc).toList());
        List<Line> lines = IntStream.range(0, groups.size())
                .mapToObj(g -> line(dataset, judged.division().names().get(g), groups.get(g), accuracies, aucs))
                .toList();
        List<String> words = new ArrayList<>();
        judged.subgroups().accuracyGap().ifPresent(gap -> words.add(words(dataset, judged, "ACC", gap)));
        judged.subgroups().aucGap().ifPresent(gap -> words.add(words(dataset, judged, "AUC", gap)));
        if (words.isEmpty()) {
            words.add("Fewer than two groups have " + Subgroup.FEWEST_CASES + " images: there is nothing to compare.");
        }
        return new Table(judged.division().column(), lines, words);
    }

    private static Line line(Review.OfDataset dataset, String name, Subgroup group, Scale accuracies, Scale aucs) {
        List<String> labels = dataset.audit().labels();
        String support = IntStream.range(0, labels.size())
                .mapToObj(c -> labels.get(c) + " " + Shown.count(group.support().get(c)))
                .collect(Collectors.joining(", "));
        boolean some = labels.size() > 2
                && !group.aucClasses().isEmpty()
                && group.aucClasses().size() < labels.size();
        return new Line(
                name,
                Shown.count(group.cases()),
                support,
                group.isLargeEnough() ? "" : "fewer than " + Subgroup.FEWEST_CASES + " images",
                accuracies.cell(group.accuracy()),
                aucs.cell(group.auc()),
                some ? group.aucClasses().size() + " of " + labels.size() + " classes" : "");
    }

    private static String words(Review.OfDataset dataset, Judged judged, String metric, SubgroupGap gap) {
        Function<Integer, String> name = g -> judged.division().names().get(g);
        List<String> labels = dataset.audit().labels();
        boolean some =
                !gap.classes().isEmpty() && labels.size() > 2 && gap.classes().size() < labels.size();
        String over = some
                ? " over the classes that every group has enough of ("
                        + gap.classes().stream().map(labels::get).collect(Collectors.joining(", ")) + ")"
                : "";
        return "%s%s: best %s (%s), worst %s (%s), %s points apart (95 %% interval %s). %s"
                .formatted(
                        metric,
                        over,
                        name.apply(gap.best()),
                        Shown.percent(gap.bestValue(), DIGITS),
                        name.apply(gap.worst()),
                        Shown.percent(gap.worstValue(), DIGITS),
                        Shown.percent(gap.value(), DIGITS),
                        Shown.interval(gap.interval(), DIGITS),
                        verdict(gap));
    }

    private static String verdict(SubgroupGap gap) {
        double level = 0.05;
        if (Double.isNaN(gap.pWithinClasses())) {
            return "Not tested: images that belong together are in several groups.";
        }
        String within = Shown.p(gap.pWithinClasses());
        if (Double.isNaN(gap.p())) {
            return gap.pWithinClasses() < level
                    ? "That is more than chance gives (" + within + ")."
                    : "Chance alone may give as much (" + within + ").";
        }
        if (gap.p() >= level) {
            return "Chance alone may give as much (" + Shown.p(gap.p()) + ").";
        }
        return gap.pWithinClasses() < level
                ? "That is more than chance gives (" + Shown.p(gap.p())
                        + "), and more than the groups' mix of classes does (" + within + ")."
                : "That is more than chance gives (" + Shown.p(gap.p())
                        + "), but no more than the groups' mix of classes does (" + within + ").";
    }
}
