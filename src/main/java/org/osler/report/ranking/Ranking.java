package org.osler.report.ranking;

import java.util.ArrayList;
import java.util.List;
import org.osler.metric.Metric;
import org.osler.study.Condition;
import org.osler.study.SummaryRow;

/**
 * How the encoders of one condition rank, by one metric.
 *
 * @param condition strategy and settings, e.g. {@code fine-tune, size 28}
 * @param metric {@code ACC} or {@code AUC}
 * @param overDatasets ranks over the condition's datasets
 * @param duels the best against the runner-up, one a dataset with two encoders or more
 */
public record Ranking(String condition, String metric, OverDatasets overDatasets, List<Duel> duels) {

    public Ranking {
        duels = List.copyOf(duels);
    }

    /** Every condition with two encoders or more, the largest first, by AUC and by accuracy. */
    public static List<Ranking> all(List<SummaryRow> summary, TestSplits splits) {
        var rankings = new ArrayList<Ranking>();
        for (Condition condition : Condition.all(summary)) {
            for (Metric metric : List.of(Metric.AUC, Metric.ACCURACY)) {
                Grid grid = Grid.of(condition, metric);
                if (grid.encoders().size() > 1) {
                    rankings.add(new Ranking(
                            condition.settings().isEmpty()
                                    ? condition.strategy()
                                    : condition.strategy() + ", " + condition.settings(),
                            metric == Metric.AUC ? "AUC" : "ACC",
                            OverDatasets.of(grid),
                            Duel.all(grid, splits)));
                }
            }
        }
        return rankings;
    }
}
