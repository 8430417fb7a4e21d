package org.osler.report.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.osler.AtomicFile;
import org.osler.data.review.Cause;
import org.osler.metric.Subgroup;
import org.osler.metric.SubgroupGap;

/** A review as tables: {@code leaks.csv}, {@code subgroups.csv} and {@code subgroup-gaps.csv}. */
public final class ReviewTables {

    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private static final List<String> SETTING = List.of("dataset", "setting", "seeds", "trials");

    private ReviewTables() {}

    /** Writes the tables that have lines, and removes those that have none any more. */
    public static void write(Review review, Path folder) throws IOException {
        write(folder.resolve("leaks.csv"), leaks(review));
        write(folder.resolve("subgroups.csv"), subgroups(review));
        write(folder.resolve("subgroup-gaps.csv"), gaps(review));
    }

    private static void write(Path file, List<List<Object>> lines) throws IOException {
        if (lines.size() == 1) {
            Files.deleteIfExists(file);
            return;
        }
        StringBuilder out = new StringBuilder();
        try (var printer = new CSVPrinter(out, CSV)) {
            printer.printRecords(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string", e);
        }
        AtomicFile.write(file, out.toString());
    }

    private static List<Object> line(String title, Setting setting) {
        return new ArrayList<>(List.of(
                title,
                setting.name(),
                setting.row().seeds().stream().map(String::valueOf).collect(Collectors.joining(";")),
                setting.row().results().stream()
                        .map(result -> result.trial().id())
                        .collect(Collectors.joining(";"))));
    }

    private static List<Object> header(String... more) {
        List<Object> header = new ArrayList<>(SETTING);
        header.addAll(List.of(more));
        return header;
    }

    private static Object cell(double value) {
        return Double.isNaN(value) ? "" : value;
    }

    private static void add(List<Object> line, Subgroup.Estimate estimate) {
        line.add(cell(estimate.value()));
        line.add(cell(estimate.interval().low()));
        line.add(cell(estimate.interval().high()));
    }

    static String id(Set<Cause> causes) {
        return causes.isEmpty()
                ? "none"
                : new TreeSet<>(causes).stream().map(Cause::id).collect(Collectors.joining(";"));
    }

    private static List<List<Object>> leaks(Review review) {
        List<List<Object>> lines = new ArrayList<>();
        lines.add(header(
                "left_out",
                "test_images",
                "acc",
                "acc_low",
                "acc_high",
                "acc_same_mix",
                "acc_same_mix_low",
                "acc_same_mix_high",
                "auc",
                "auc_low",
                "auc_high"));
        for (Review.OfDataset dataset : review.datasets()) {
            for (LeftOut leftOut : dataset.leftOut()) {
                for (LeftOut.Part part : leftOut.parts()) {
                    List<Object> line = line(dataset.title(), leftOut.setting());
                    line.add(id(part.causes()));
                    line.add(part.images());
                    add(line, part.accuracy());
                    add(line, part.sameMix());
                    add(line, part.auc());
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static List<List<Object>> subgroups(Review review) {
        List<List<Object>> lines = new ArrayList<>();
        lines.add(header(
                "column",
                "group",
                "test_images",
                "class_support",
                "acc",
                "acc_low",
                "acc_high",
                "auc",
                "auc_low",
                "auc_high",
                "auc_classes"));
        for (Review.OfDataset dataset : review.datasets()) {
            for (Judged judged : dataset.judged()) {
                for (int g = 0; g < judged.division().names().size(); g++) {
                    Subgroup group = judged.subgroups().groups().get(g);
                    List<Object> line = line(dataset.title(), judged.setting());
                    line.add(judged.division().column());
                    line.add(judged.division().names().get(g));
                    line.add(group.cases());
                    line.add(group.support().stream().map(String::valueOf).collect(Collectors.joining(";")));
                    add(line, group.accuracy());
                    add(line, group.auc());
                    line.add(classes(dataset, group.aucClasses()));
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static String classes(Review.OfDataset dataset, List<Integer> classes) {
        return classes.stream()
                .map(c -> dataset.audit().labels().get(c).replace(';', ','))
                .collect(Collectors.joining(";"));
    }

    private static List<List<Object>> gaps(Review review) {
        List<List<Object>> lines = new ArrayList<>();
        lines.add(header(
                "column",
                "metric",
                "best",
                "worst",
                "best_value",
                "worst_value",
                "gap",
                "gap_low",
                "gap_high",
                "p",
                "p_within_classes",
                "classes"));
        for (Review.OfDataset dataset : review.datasets()) {
            for (Judged judged : dataset.judged()) {
                judged.subgroups().accuracyGap().ifPresent(gap -> lines.add(gap(dataset, judged, "acc", gap)));
                judged.subgroups().aucGap().ifPresent(gap -> lines.add(gap(dataset, judged, "auc", gap)));
            }
        }
        return lines;
    }

    private static List<Object> gap(Review.OfDataset dataset, Judged judged, String metric, SubgroupGap gap) {
        List<Object> line = line(dataset.title(), judged.setting());
        line.addAll(List.of(
                judged.division().column(),
                metric,
                judged.division().names().get(gap.best()),
                judged.division().names().get(gap.worst()),
                gap.bestValue(),
                gap.worstValue(),
                gap.value(),
                cell(gap.interval().low()),
                cell(gap.interval().high()),
                cell(gap.p()),
                cell(gap.pWithinClasses()),
                classes(dataset, gap.classes())));
        return line;
    }
}
