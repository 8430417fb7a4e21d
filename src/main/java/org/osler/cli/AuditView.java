package org.osler.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.osler.data.Split;
import org.osler.data.review.Cause;
import org.osler.data.review.Division;
import org.osler.data.review.Link;
import org.osler.metric.Subgroup;
import org.osler.study.review.Audit;
import org.osler.study.review.AuditWords;

/** Prints what an audit found. */
final class AuditView {

    private final Terminal terminal;

    AuditView(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(Audit audit) {
        say("%s: %s images%n%n"
                .formatted(
                        audit.dataset(),
                        Arrays.stream(Split.values())
                                .map(split -> "%,d %s".formatted(audit.counts().get(split), split.id()))
                                .collect(Collectors.joining(", "))));
        table(audit);
        List<String> words = new ArrayList<>(AuditWords.of(audit));
        if (audit.groups().filter(column -> column.guessed()).isPresent()) {
            String name = audit.groups().orElseThrow().name();
            words.add("If %s is a group, say so: --columns group=%s; with --splits 70,10,20 splits are drawn that keep"
                            .formatted(name, name)
                    + " groups whole.");
        }
        if (audit.similarity() == null) {
            words.add("Near-identical images were not looked for: name an encoder with --encoder.");
        }
        terminal.out().println();
        words.forEach(line -> say(line + "\n"));
        audit.divisions().forEach(this::division);
    }

    private void table(Audit audit) {
        TextTable table = new TextTable().text("Images that leak");
        Link.Between.ALL.forEach(between ->
                table.number(between.later().id() + " in " + between.earlier().id()));
        Set<Cause> all = audit.lookedFor();
        for (Cause cause : all) {
            row(table, audit, AuditWords.title(audit, cause), Set.of(cause));
        }
        if (all.size() > 1) {
            row(table, audit, "any of these", all);
        }
        table.print(terminal);
    }

    private static void row(TextTable table, Audit audit, String title, Set<Cause> causes) {
        List<String> cells = new ArrayList<>(List.of(Shown.text(title)));
        for (Link.Between between : Link.Between.ALL) {
            cells.add("%,d".formatted(audit.tally(causes, between).images()));
        }
        table.row(cells.toArray());
    }

    private void division(Division division) {
        terminal.out().println();
        TextTable table = new TextTable()
                .text(Shown.text(division.column()))
                .number("Test images")
                .text("");
        for (int g = 0; g < division.names().size(); g++) {
            int group = g;
            long images =
                    division.member().stream().filter(member -> member == group).count();
            table.row(
                    Shown.text(division.names().get(g)),
                    String.format(Locale.ROOT, "%,d", images),
                    images < Subgroup.FEWEST_CASES ? "too few for numbers" : "");
        }
        table.print(terminal);
    }

    private void say(String text) {
        terminal.out().print(Shown.text(text));
    }
}
