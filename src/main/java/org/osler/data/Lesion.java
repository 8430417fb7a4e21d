package org.osler.data;

import static org.osler.data.SmoothNoise.step;

import org.osler.SeededRandom;

/**
 * How a rounded lesion looks.
 *
 * @param level scattering strength inside in decibels, over glandular tissue
 * @param texture unevenness inside in decibels
 * @param margin width over which it passes into its surroundings, in parts of its radius
 * @param rim strength of a bright capsule in decibels
 * @param halo strength of a bright, blurred surrounding in decibels
 * @param behind what the beam gains (fluid) or loses (shadow) behind it in decibels
 * @param edges loss behind its two edges in decibels, from refraction at a smooth round wall
 */
record Lesion(double level, double texture, double margin, double rim, double halo, double behind, double edges) {

    void paint(Tissue tissue, Outline outline, SeededRandom random) {
        SmoothNoise unevenness = new SmoothNoise(random, 22, 22);
        castBehind(tissue, outline);
        tissue.scatter((x, y, now) -> {
            double at = outline.at(x, y);
            if (at > 2) {
                return now;
            }
            double inside = step((1 - at) / margin + 0.5);
            double around = now + halo * step((1.6 - at) / 0.5) * (1 - inside);
            double value = around + inside * (level + texture * unevenness.at(x, y) - around);
            double wall = (at - 1) / 0.06;
            return value + (wall * wall > 9 ? 0 : rim * StrictMath.exp(-wall * wall));
        });
    }

    private void castBehind(Tissue tissue, Outline outline) {
        double spread = outline.radiusX() * 0.16;
        tissue.scatter((x, y, now) -> {
            double thickness = outline.thickness(x);
            double below = y - outline.y() - 0.6 * outline.radiusY() * thickness;
            if (below <= 0) {
                return now;
            }
            double reach = step(below / (0.5 * outline.radiusY()));
            double edge = (Math.abs(x - outline.x()) - 0.97 * outline.radiusX()) / spread;
            double dark = edge * edge > 9 ? 0 : edges * StrictMath.exp(-edge * edge);
            return now + reach * (behind * step(1.25 * thickness * thickness) - dark);
        });
    }

    /**
     * A solid mass.
     *
     * @param severity 0: smooth, oval, with a capsule; 1: spiculated, blurred, with a halo and a shadow behind it
     */
    static Lesion mass(double severity, SeededRandom random) {
        return new Lesion(
                -15 - 7 * severity + random.uniform(-2, 2),
                2.5 + 2 * severity,
                0.16 + 0.34 * severity,
                6 * Math.max(0, 0.6 - severity),
                7 * Math.max(0, severity - 0.3),
                4 - 22 * severity * random.uniform(0.1, 1.2) + random.uniform(-6, 4),
                5 * Math.max(0, 0.7 - severity));
    }

    /** Outline of such a mass: wider than tall and smooth, or tall and spiked. */
    static Outline massOutline(double severity, double x, double y, double radius, SeededRandom random) {
        double aspect = 0.58 + 0.42 * severity + random.uniform(-0.08, 0.12);
        return new Outline(
                random, x, y, radius, radius * aspect, 0.04 + 0.17 * severity, 0.9 * Math.max(0, severity - 0.2));
    }
}
