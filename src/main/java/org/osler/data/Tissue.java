package org.osler.data;

/**
 * What an ultrasound beam meets, on a square raster: how strongly each point scatters, and whether blood flows there.
 *
 * <p>Points are (x, y) in the unit square, x to the right, y into the depth.
 */
final class Tissue {

    private final int side;
    private final float[] decibels;
    private final float[] flow;

    /**
     * Makes empty tissue.
     *
     * @param side points in each direction
     * @param withFlow whether flow will be shown; if not, changes of it are not followed
     */
    Tissue(int side, boolean withFlow) {
        this.side = side;
        this.decibels = new float[side * side];
        this.flow = new float[withFlow ? side * side : 0];
    }

    /** What becomes of a point. */
    interface Change {
        double at(double x, double y, double now);
    }

    int side() {
        return side;
    }

    /** Scattering strength in decibels, row by row; 0 is glandular tissue. */
    float[] decibels() {
        return decibels;
    }

    /** Velocity towards the probe (positive) or away from it, in [−1, 1], row by row; empty if it is not followed. */
    float[] flow() {
        return flow;
    }

    /** Changes the scattering strength at every point. */
    void scatter(Change change) {
        apply(decibels, change);
    }

    /** Changes the flow at every point. */
    void flow(Change change) {
        if (flow.length > 0) {
            apply(flow, change);
        }
    }

    private void apply(float[] values, Change change) {
        for (int row = 0, at = 0; row < side; row++) {
            double y = (row + 0.5) / side;
            for (int column = 0; column < side; column++, at++) {
                values[at] = (float) change.at((column + 0.5) / side, y, values[at]);
            }
        }
    }
}
