package org.osler.report.review;

import java.util.List;
import org.osler.data.review.Division;
import org.osler.metric.Subgroups;
import org.osler.study.review.Audit;

/**
 * One setting, judged by the subgroups of one column.
 *
 * @param setting the setting
 * @param division the subgroups
 * @param subgroups what it is worth on each
 */
record Judged(Setting setting, Division division, Subgroups subgroups) {

    private static final int MOST_RESAMPLES = 1000;
    private static final int FEWEST_RESAMPLES = 200;
    private static final long RESAMPLED = 100_000_000;
    private static final int MOST_PERMUTATIONS = 999;
    private static final int FEWEST_PERMUTATIONS = 199;
    private static final long PERMUTED = 4_000_000_000L;

    /**
     * Judges.
     *
     * @param shares how many settings and columns share the time that permutations may take
     */
    static Judged of(Audit audit, Setting setting, Division division, int shares) {
        long size = (long) audit.testLabels().length * audit.labels().size();
        long each = size * setting.scores().size() * division.names().size();
        var draws = new Subgroups.Draws(
                (int) Math.max(FEWEST_RESAMPLES, Math.min(MOST_RESAMPLES, RESAMPLED / size)),
                (int) Math.max(FEWEST_PERMUTATIONS, Math.min(MOST_PERMUTATIONS, PERMUTED / shares / each)),
                0);
        List<Integer> member = division.member();
        return new Judged(
                setting,
                division,
                Subgroups.of(
                        audit.task(),
                        audit.testLabels(),
                        setting.scores(),
                        audit.units(),
                        member.stream().mapToInt(group -> group).toArray(),
                        division.names().size(),
                        draws));
    }
}
