package org.osler.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osler.SeededRandom;

/**
 * Resamples of a split's cases: N of them, drawn with replacement. They depend on nothing but N and the seed, so they
 * are drawn once and then serve every scorer and metric on that split. Safe for use by several threads.
 *
 * <p>Resamples come in blocks and are drawn as they are asked for. So many are kept
 * in memory and no more; those after them are drawn again each time.
 */
public final class Resampling {

    /** With more draws than this for each resample wanted, classes are too rare for an interval to mean anything. */
    private static final int DRAWS_PER_RESAMPLE = 100;

    /** More in a block gains nothing; few in one make it fit a processor's cache. */
    private static final int LARGEST_BLOCK = 256;

    /** Weights in a block, and weights that are kept in all: 64 MB of either. */
    private static final int MOST_WEIGHTS = 64_000_000;

    private final int cases;
    private final Units units;
    private final int[][] members;

    private final int resamples;
    private final int block;
    private final long seed;
    private final SeededRandom random;
    private final List<Weights> kept = new ArrayList<>();
    private final int mostKept;

    /**
     * Nothing is drawn yet.
     *
     * @param cases in the split: N, at least 1
     * @param resamples how many are wanted, at least 1; 1000 is usual
     * @param seed decides them
     * @throws IllegalArgumentException if a number is out of range
     */
    public Resampling(int cases, int resamples, long seed) {
        this(Units.alone(cases), resamples, seed, MOST_WEIGHTS);
    }

    /**
     * Where cases hang together: a resample is as many whole units as there are, drawn with replacement. With each case
     * by itself these are the other constructor's resamples.
     */
    public Resampling(Units units, int resamples, long seed) {
        this(units, resamples, seed, MOST_WEIGHTS);
    }

    /** For tests: with less memory. */
    Resampling(Units units, int resamples, long seed, int mostWeights) {
        int cases = units.cases();
        if (cases < 1) {
            throw new IllegalArgumentException("no cases to resample");
        }
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples must be at least 1, not " + resamples);
        }
        this.cases = cases;
        this.units = units;
        this.members = units.members();
        this.resamples = resamples;
        this.seed = seed;
        int blocks = (resamples + LARGEST_BLOCK - 1) / LARGEST_BLOCK;
        this.block = Math.max(1, Math.min(mostWeights / cases, (resamples + blocks - 1) / blocks));
        this.mostKept = mostWeights / cases / block;
        this.random = SeededRandom.of(seed, "bootstrap");
    }

    /** What is drawn. */
    public Units units() {
        return units;
    }

    /** How many resamples are wanted. */
    public int resamples() {
        return resamples;
    }

    /**
     * A metric on each resample, in the order in which they were drawn. One that lacks a class which the metric averages
     * over is passed over, and the next one drawn counts.
     *
     * @param labels {@code [N][L]}
     * @param scores {@code [N][C]}
     * @return {@code [resamples]}; all NaN if the metric is undefined, or classes so rare that more than 100 draws were
     *     needed for each resample
     * @throws IllegalArgumentException if labels and scores do not fit the task, each other, or the cases that are drawn
     */
    public double[] values(Task task, int[][] labels, double[][] scores, Metric metric) {
        Sample sample = new Sample(task, labels, scores);
        if (sample.cases() != cases) {
            throw new IllegalArgumentException(
                    "resamples of " + cases + " cases do not fit " + sample.cases() + " cases");
        }
        return values(metric.on(sample));
    }

    /** The same of a metric that is ready for a sample of as many cases as are drawn. */
    double[] values(WeightedMetric ready) {
        double[] values = new double[resamples];
        boolean defined = !Double.isNaN(ready.once(cases));
        if (!defined || !fill(values, ready)) {
            Arrays.fill(values, Double.NaN);
        }
        return values;
    }

    /** Returns whether there were enough resamples on which the metric is defined. */
    private boolean fill(double[] values, WeightedMetric metric) {
        long most = (long) DRAWS_PER_RESAMPLE * resamples;
        var blocks = new Blocks();
        int done = 0;
        for (long draws = 0; done < resamples && draws < most; draws += block) {
            double[] drawn = metric.of(blocks.next());
            for (int r = 0; r < block && done < resamples && draws + r < most; r++) {
                if (!Double.isNaN(drawn[r])) {
                    values[done++] = drawn[r];
                }
            }
        }
        return done == resamples;
    }

    /** A walk through all blocks. */
    private final class Blocks {
        private int passed;
        private SeededRandom own;

        Weights next() {
            if (passed < mostKept) {
                return kept(passed++);
            }
            if (own == null) {
                own = SeededRandom.of(seed, "bootstrap");
                for (int i = 0; i < mostKept; i++) {
                    draw(own);
                }
            }
            return draw(own);
        }
    }

    private synchronized Weights kept(int index) {
        while (kept.size() <= index) {
            kept.add(draw(random));
        }
        return kept.get(index);
    }

    private Weights draw(SeededRandom from) {
        var weights = new Weights(cases, block);
        for (int r = 0; r < block; r++) {
            for (int i = 0; i < members.length; i++) {
                for (int member : members[from.below(members.length)]) {
                    weights.draw(member, r);
                }
            }
        }
        weights.drawn();
        return weights;
    }
}
