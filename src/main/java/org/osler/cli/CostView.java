package org.osler.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osler.Amounts;
import org.osler.study.PlanCost;
import org.osler.study.PlanCost.Kind;
import org.osler.study.PlanCost.Line;

/** The table of a plan: each line of a small one, or of a large one each encoder. */
final class CostView {

    /** A plan with more lines than this is summed up. */
    private static final int MOST_LINES = 24;

    private final Terminal terminal;
    private final PlanCost cost;
    private final boolean detail;

    CostView(Terminal terminal, PlanCost cost, boolean detail) {
        this.terminal = terminal;
        this.cost = cost;
        this.detail = detail;
    }

    void print() {
        Map<List<String>, List<Line>> lines = new LinkedHashMap<>();
        for (Line line : cost.lines()) {
            lines.computeIfAbsent(List.of(line.dataset(), line.encoder(), line.strategy()), key -> new ArrayList<>())
                    .add(line);
        }
        if (detail || lines.size() <= MOST_LINES) {
            printLines(lines);
        } else {
            printEncoders();
        }
    }

    private void printLines(Map<List<String>, List<Line>> lines) {
        TextTable table = new TextTable()
                .text("Dataset")
                .text("Encoder")
                .text("Work")
                .number("Trials")
                .number("Passes")
                .number("Iterations")
                .number("Time");
        lines.forEach((key, of) ->
                table.row(key.get(0), key.get(1), key.get(2), trials(of), passes(of), count(iterations(of)), time(of)));
        table.print(terminal);
    }

    private void printEncoders() {
        TextTable table = new TextTable()
                .text("Encoder")
                .number("Trials")
                .number("Passes")
                .number("Features")
                .number("Head steps")
                .number("Heads")
                .number("Encoder steps")
                .number("Training");
        Map<String, List<Line>> byEncoder = new LinkedHashMap<>();
        cost.lines()
                .forEach(line -> byEncoder
                        .computeIfAbsent(line.encoder(), id -> new ArrayList<>())
                        .add(line));
        byEncoder.forEach((encoder, lines) -> row(table, encoder, lines));
        row(table, "all", cost.lines());
        table.print(terminal);
    }

    private static void row(TextTable table, String name, List<Line> lines) {
        List<Line> features =
                lines.stream().filter(line -> line.kind() == Kind.FEATURES).toList();
        List<Line> tuning =
                lines.stream().filter(line -> line.kind() == Kind.ENCODER).toList();
        List<Line> heads =
                lines.stream().filter(line -> line.kind() == Kind.HEADS).toList();
        table.row(
                name,
                trials(lines),
                passes(lines),
                time(features),
                count(iterations(heads)),
                time(heads),
                count(iterations(tuning)),
                time(tuning));
    }

    private static long trials(List<Line> lines) {
        return lines.stream().mapToLong(Line::trials).sum();
    }

    private static long passes(List<Line> lines) {
        return lines.stream().mapToLong(Line::passes).sum();
    }

    private static long iterations(List<Line> lines) {
        return lines.stream().mapToLong(Line::iterations).sum();
    }

    private static String time(List<Line> lines) {
        return lines.isEmpty()
                ? "–"
                : Amounts.time(lines.stream().mapToDouble(Line::seconds).sum());
    }

    private static String count(long number) {
        return number == 0 ? "–" : String.format(Locale.ROOT, "%,d", number);
    }
}
