package org.osler.data;

import org.osler.SeededRandom;

/** A closed outline around a centre: an ellipse with waves and spikes on it. */
final class Outline {

    private static final int STEPS = 720;

    private final double x;
    private final double y;
    private final double radiusX;
    private final double radiusY;
    /** Radius by angle, in parts of the ellipse's. */
    private final double[] radius = new double[STEPS];

    /**
     * Draws an outline.
     *
     * @param waviness height of the waves, in parts of the radius; 0 gives an ellipse
     * @param spikes height of the spikes, in parts of the radius; 0 gives none
     */
    Outline(SeededRandom random, double x, double y, double radiusX, double radiusY, double waviness, double spikes) {
        this.x = x;
        this.y = y;
        this.radiusX = radiusX;
        this.radiusY = radiusY;
        java.util.Arrays.fill(radius, 1);
        for (int wave = 2; wave <= 6; wave++) {
            double height = waviness * random.normal() / wave * 1.4;
            double phase = random.uniform(0, 2 * Math.PI);
            for (int i = 0; i < STEPS; i++) {
                radius[i] += height * StrictMath.cos(wave * i * 2 * Math.PI / STEPS + phase);
            }
        }
        int count = 9 + random.below(7);
        for (int spike = 0; spike < count; spike++) {
            addSpike(
                    (spike + random.uniform(0.2, 0.8)) * STEPS / count,
                    random.uniform(8, 20),
                    spikes * random.uniform(0.3, 1));
        }
    }

    private void addSpike(double centre, double width, double height) {
        for (int i = 0; i < STEPS; i++) {
            double distance = Math.abs(i - centre);
            double t = Math.min(distance, STEPS - distance) / width;
            radius[i] += height * StrictMath.exp(-t * 1.6);
        }
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    double radiusX() {
        return radiusX;
    }

    double radiusY() {
        return radiusY;
    }

    /** Where a point lies: 0 at the centre, 1 on the outline, more outside. */
    double at(double px, double py) {
        double dx = (px - x) / radiusX;
        double dy = (py - y) / radiusY;
        double distance = Math.sqrt(dx * dx + dy * dy);
        if (distance > 3) {
            return distance;
        }
        double angle = StrictMath.atan2(dy, dx) / (2 * Math.PI) * STEPS + STEPS;
        return distance / Math.max(0.2, radius[(int) angle % STEPS]);
    }

    /** How deep the ellipse is at a column, in parts of its greatest depth: 0 beside it, 1 in the middle. */
    double thickness(double px) {
        double t = (px - x) / radiusX;
        return t * t >= 1 ? 0 : Math.sqrt(1 - t * t);
    }
}
