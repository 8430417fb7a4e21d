package org.osler.metric;

/**
 * How the cases fall for one class (or label).
 *
 * @param hits has the class, given the class
 * @param misses has it, not given it
 * @param falseAlarms has it not, given it
 * @param rejections has it not, not given it
 */
record ClassCounts(int hits, int misses, int falseAlarms, int rejections) {

    static ClassCounts of(Sample sample, int c) {
        int[][] counts = new int[2][2];
        for (int i = 0; i < sample.cases(); i++) {
            counts[sample.hasClass(i, c) ? 1 : 0][sample.givenClass(i, c) ? 1 : 0]++;
        }
        return new ClassCounts(counts[1][1], counts[1][0], counts[0][1], counts[0][0]);
    }

    int support() {
        return hits + misses;
    }

    /** NaN if no case has the class. */
    double sensitivity() {
        return hits / (double) (hits + misses);
    }

    /** NaN if every case has the class. */
    double specificity() {
        return rejections / (double) (rejections + falseAlarms);
    }

    /** Harmonic mean of sensitivity and precision; NaN if the class neither occurs nor is given. */
    double f1() {
        return 2.0 * hits / (2.0 * hits + misses + falseAlarms);
    }
}
