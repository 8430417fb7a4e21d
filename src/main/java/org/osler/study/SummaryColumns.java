package org.osler.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The columns of {@code summary.csv}: one row a setting, over its seeds. */
final class SummaryColumns {

    /** In the order in which they are written. */
    static final List<Column<SummaryRow>> ALL = all();

    private SummaryColumns() {}

    private static List<Column<SummaryRow>> all() {
        List<Column<SummaryRow>> columns = new ArrayList<>();
        SettingColumns.ALL.forEach(column -> columns.add(column.of(SummaryRow::setting)));
        columns.add(Column.of("seeds", SummaryRow::seeds));
        columns.add(Column.of("n", row -> row.accuracy().n()));
        columns.addAll(statistic("acc", SummaryRow::accuracy));
        columns.addAll(statistic("auc", SummaryRow::auc));
        columns.addAll(statistic("val_acc", SummaryRow::valAccuracy));
        columns.addAll(statistic("val_auc", SummaryRow::valAuc));
        columns.add(Column.of("selected", SummaryRow::selected));
        columns.add(Column.of("grid_edge", SummaryRow::gridEdge));
        columns.addAll(published());
        return List.copyOf(columns);
    }

    private static List<Column<SummaryRow>> statistic(String name, Function<SummaryRow, Statistic> of) {
        return List.of(
                Column.of(name + "_mean", row -> of.apply(row).mean()),
                Column.of(name + "_std", row -> of.apply(row).std()),
                Column.of(name + "_values", row -> of.apply(row).values()));
    }

    private static List<Column<SummaryRow>> published() {
        return List.of(
                known("published_source", (row, published) -> published.source()),
                known("published_acc_mean", (row, published) -> published.accuracyMean()),
                known("published_acc_std", (row, published) -> published.accuracyStd()),
                known("acc_difference", (row, published) -> row.accuracy().mean() - published.accuracyMean()),
                known(
                        "acc_agrees",
                        (row, published) ->
                                published.agreesInAccuracy(row.accuracy()).orElse(null)),
                known("published_auc_mean", (row, published) -> published.aucMean()),
                known("published_auc_std", (row, published) -> published.aucStd()),
                known("auc_difference", (row, published) -> row.auc().mean() - published.aucMean()),
                known(
                        "auc_agrees",
                        (row, published) -> published.agreesInAuc(row.auc()).orElse(null)),
                known("same_protocol", (row, published) -> published.sameProtocol()));
    }

    /** A value that a row has where something is published for it. */
    private interface Known {
        Object of(SummaryRow row, Published published);
    }

    private static Column<SummaryRow> known(String name, Known value) {
        return Column.of(
                name,
                row -> row.published()
                        .map(published -> value.of(row, published))
                        .orElse(null));
    }
}
