package org.osler.study;

import java.util.List;

/**
 * Values of one number over seeds.
 *
 * @param mean their mean
 * @param std their population standard deviation (ddof = 0), as Wu and Papież report it
 * @param values the values, in the order of seeds
 */
public record Statistic(double mean, double std, List<Double> values) {

    public Statistic {
        values = List.copyOf(values);
    }

    /** Mean and population standard deviation of at least one value; NaN if one of them is. */
    public static Statistic of(List<Double> values) {
        double mean = values.stream().mapToDouble(value -> value).sum() / values.size();
        double variance = values.stream()
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum()
                / values.size();
        return new Statistic(mean, Math.sqrt(variance), values);
    }

    /** How many values there are. */
    public int n() {
        return values.size();
    }
}
