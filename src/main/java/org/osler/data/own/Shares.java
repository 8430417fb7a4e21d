package org.osler.data.own;

import java.util.Map;
import org.osler.data.Split;

/**
 * How images are shared out to splits that are drawn. In any unit: 70, 10 and 20 are the same as 0.7, 0.1 and 0.2.
 *
 * @param train more than 0
 * @param val more than 0
 * @param test more than 0
 */
public record Shares(double train, double val, double test) {

    /** Seven, one and two tenths, as most datasets of MedMNIST are divided. */
    public static final Shares USUAL = new Shares(0.7, 0.1, 0.2);

    public Shares {
        if (!(train > 0 && val > 0 && test > 0 && Double.isFinite(train + val + test))) {
            throw new IllegalArgumentException("shares must be above 0: " + train + ", " + val + ", " + test);
        }
    }

    /** Parts of 1 of every split. */
    Map<Split, Double> all() {
        double sum = train + val + test;
        return Map.of(Split.TRAIN, train / sum, Split.VAL, val / sum, Split.TEST, test / sum);
    }

    /** Parts of 1 of training and validation where test images are given. */
    Map<Split, Double> withoutTest() {
        double sum = train + val;
        return Map.of(Split.TRAIN, train / sum, Split.VAL, val / sum);
    }
}
