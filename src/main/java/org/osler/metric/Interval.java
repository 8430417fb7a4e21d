package org.osler.metric;

/**
 * A confidence interval.
 *
 * @param low lower end; NaN where there is no interval
 * @param high upper end, not below {@code low}; NaN where there is no interval
 */
public record Interval(double low, double high) {}
