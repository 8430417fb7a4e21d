package org.osler.data;

import org.osler.SeededRandom;

/** A smooth random field over the unit square: normal deviates on a lattice, blended by smooth steps between. */
final class SmoothNoise {

    private final int columns;
    private final int rows;
    private final double[] lattice;

    /**
     * Draws a field.
     *
     * @param across lattice cells from left to right; more of them make finer structure
     * @param down lattice cells from top to bottom
     */
    SmoothNoise(SeededRandom random, int across, int down) {
        this.columns = across + 1;
        this.rows = down + 1;
        this.lattice = new double[columns * rows];
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = random.normal();
        }
    }

    /** The field at a point; x and y in [0, 1], points outside count as on the border. Variance below 1. */
    double at(double x, double y) {
        double u = Math.min(Math.max(x, 0), 1) * (columns - 1);
        double v = Math.min(Math.max(y, 0), 1) * (rows - 1);
        int column = Math.min((int) u, columns - 2);
        int row = Math.min((int) v, rows - 2);
        double right = step(u - column);
        double below = step(v - row);
        int at = row * columns + column;
        double top = lattice[at] + right * (lattice[at + 1] - lattice[at]);
        double bottom = lattice[at + columns] + right * (lattice[at + columns + 1] - lattice[at + columns]);
        return top + below * (bottom - top);
    }

    /** Hermite's smooth step: 0 up to 0, 1 from 1 on. */
    static double step(double t) {
        double s = Math.min(Math.max(t, 0), 1);
        return s * s * (3 - 2 * s);
    }
}
