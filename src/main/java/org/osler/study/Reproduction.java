package org.osler.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results that Wu and Papież 2025 print, each with ours where there is one.
 *
 * @param cells all published cells, in the paper's order
 */
public record Reproduction(List<Filled> cells) {

    public Reproduction {
        cells = List.copyOf(cells);
    }

    /**
     * A published cell.
     *
     * @param cell what is published
     * @param ours the row that fills it, its learning rates selected; of several the one by the published protocol, else
     *     the first
     */
    public record Filled(PublishedCell cell, Optional<SummaryRow> ours) {

        private boolean byProtocol() {
            return ours.flatMap(SummaryRow::published)
                    .filter(Published::sameProtocol)
                    .isPresent();
        }

        /** Whether accuracy and AUC both agree with the published ones; empty if that cannot be said. */
        private Optional<Boolean> agrees() {
            return ours.flatMap(row -> row.published()
                    .flatMap(published -> published
                            .agreesInAccuracy(row.accuracy())
                            .flatMap(
                                    accuracy -> published.agreesInAuc(row.auc()).map(auc -> accuracy && auc))));
        }
    }

    /** Sorts a study's results into the paper's cells. */
    public static Reproduction of(List<SummaryRow> summary) {
        Map<PublishedCell, SummaryRow> ours = new LinkedHashMap<>();
        for (SummaryRow row : summary) {
            if (row.selected() && row.published().isPresent()) {
                PublishedValues.cellOf(row.setting())
                        .ifPresent(cell -> ours.merge(cell, row, Reproduction::theOneByProtocol));
            }
        }
        return new Reproduction(PublishedValues.cells().stream()
                .map(cell -> new Filled(cell, Optional.ofNullable(ours.get(cell))))
                .toList());
    }

    private static SummaryRow theOneByProtocol(SummaryRow first, SummaryRow second) {
        return second.published().orElseThrow().sameProtocol()
                        && !first.published().orElseThrow().sameProtocol()
                ? second
                : first;
    }

    /** How many cells have a result of ours. */
    public long covered() {
        return cells.stream().filter(cell -> cell.ours().isPresent()).count();
    }

    /** How many have one that follows the published protocol. */
    public long byProtocol() {
        return cells.stream().filter(Filled::byProtocol).count();
    }

    /** How many can be judged: ours has two seeds or more. */
    public long judged() {
        return cells.stream().filter(cell -> cell.agrees().isPresent()).count();
    }

    /** In how many of those both accuracy and AUC agree, see {@link Published#agreesInAuc}. */
    public long agreeing() {
        return cells.stream().filter(cell -> cell.agrees().orElse(false)).count();
    }

    /** All of it in words; empty if nothing is covered. */
    public Optional<String> inWords() {
        if (covered() == 0) {
            return Optional.empty();
        }
        String judged = judged() == 0
                ? "None can be judged: with one seed the spread is not known."
                : "Of " + judged() + " with two seeds or more, " + agreeing()
                        + " agree in both ACC and AUC, within two combined standard deviations.";
        return Optional.of("Of the " + cells.size() + " results that Wu and Papież 2025 publish, " + covered() + " "
                + (covered() == 1 ? "is" : "are") + " covered here, " + byProtocol() + " by the published protocol. "
                + judged);
    }
}
