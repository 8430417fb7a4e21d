package org.osler.report;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osler.metric.Bootstrap;
import org.osler.metric.Interval;
import org.osler.metric.Metric;
import org.osler.metric.Resampling;
import org.osler.metric.Units;
import org.osler.report.ReportModel.Range;

/**
 * Metrics on resamples of the test splits. All trials of one test split see the same resamples, so that what is drawn for
 * one trial's interval serves to compare it with others too. Safe for use by several threads.
 */
final class Resamples {

    /** Confidence level of the intervals over test images. */
    static final double LEVEL = 0.95;

    private static final int RESAMPLES = 1000;

    /** Large test splits get no fewer resamples than this. Their intervals are narrow, and its ends need no more. */
    private static final int FEWEST_RESAMPLES = 200;

    private static final long SEED = 0;

    private record Key(String trial, Metric metric) {}

    private final long weighed;
    private final Map<Key, double[]> drawn = new ConcurrentHashMap<>();
    private Resampling last;

    /**
     * Nothing is drawn yet.
     *
     * @param weighed scores that are weighed in all for an interval: the larger the test split, the fewer resamples
     */
    Resamples(long weighed) {
        this.weighed = weighed;
    }

    /** A metric on the resamples of a test split, whole units of what hangs together: each NaN if it is not defined. */
    double[] draw(Verdicts verdicts, Units units, Metric metric) {
        int count = count(verdicts.labels().length, verdicts.scores()[0].length);
        return resampling(units, count).values(verdicts.task(), verdicts.labels(), verdicts.scores(), metric);
    }

    /** How many resamples a test split gets. */
    int count(int cases, int classes) {
        return (int) Math.max(FEWEST_RESAMPLES, Math.min(RESAMPLES, weighed / ((long) cases * classes)));
    }

    /** Keeps what was drawn for a trial, and gives the interval; empty if the metric is not defined. */
    Optional<Range> interval(String trial, Metric metric, double... values) {
        Interval interval = Bootstrap.interval(values, LEVEL);
        if (Double.isNaN(interval.low())) {
            return Optional.empty();
        }
        drawn.put(new Key(trial, metric), values);
        return Optional.of(new Range(interval.low(), interval.high()));
    }

    /** That of the last trial, if it fits: trials of one dataset come one after the other. */
    private synchronized Resampling resampling(Units units, int resamples) {
        if (last == null || !last.units().equals(units) || last.resamples() != resamples) {
            last = new Resampling(units, resamples, SEED);
        }
        return last;
    }

    /** What was drawn for a trial; empty if nothing was. */
    Optional<double[]> of(String trial, Metric metric) {
        return Optional.ofNullable(drawn.get(new Key(trial, metric)));
    }
}
