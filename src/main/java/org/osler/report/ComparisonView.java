package org.osler.report;

import java.util.List;
import org.osler.report.tables.TableView;

/**
 * What the templates print of a {@link Comparison}; its rankings are drawn by the scripts.
 *
 * @param reproduction in words; may be empty
 * @param tables for papers
 * @param ranked whether there are rankings
 */
record ComparisonView(String reproduction, List<TableView> tables, boolean ranked) {

    static ComparisonView of(Comparison comparison) {
        return new ComparisonView(
                comparison.reproduction().orElse(""),
                comparison.tables().stream().map(TableView::of).toList(),
                !comparison.rankings().isEmpty());
    }
}
