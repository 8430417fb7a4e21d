package org.osler.data;

import static org.osler.data.SmoothNoise.step;

import org.osler.SeededRandom;

/** Paints healthy breast tissue as a linear probe shows it: skin, fat with septa, gland, fascia, muscle. */
final class BreastTissue {

    private final SeededRandom random;
    private final SmoothNoise wave;
    private final SmoothNoise coarse;
    private final SmoothNoise streaks;
    private final SmoothNoise septa;
    private final SmoothNoise lobules;
    private final double skin;
    private final double fat;
    private final double muscle;

    /**
     * Draws a breast.
     *
     * @param skinThickness in parts of the healthy one
     */
    BreastTissue(SeededRandom random, double skinThickness) {
        this.random = random;
        this.wave = new SmoothNoise(random, 3, 2);
        this.coarse = new SmoothNoise(random, 5, 6);
        this.streaks = new SmoothNoise(random, 9, 34);
        this.lobules = new SmoothNoise(random, 7, 11);
        this.septa = new SmoothNoise(random, 5, 5);
        this.skin = random.uniform(0.025, 0.04) * skinThickness;
        this.fat = skin + random.uniform(0.1, 0.2);
        this.muscle = random.uniform(0.72, 0.88);
    }

    void paint(Tissue tissue) {
        double striations = random.uniform(70, 110);
        tissue.scatter((x, y, now) -> {
            double bend = 0.03 * wave.at(x, 0.2);
            double gland = gland(x, y);
            double value = blend(fat(x, y), gland, step((y - fat - 0.8 * bend - 0.04 * wave.at(x, 0.6)) / 0.04));
            double depth = y - muscle - bend;
            double fibres = -9 + 3.5 * StrictMath.sin(striations * (depth + 0.15 * bend * x)) + streaks.at(x, y);
            value = blend(value, fibres, step(depth / 0.02));
            value += 9 * line(depth, 0.012);
            double under = y - skin - 0.3 * bend;
            return blend(6, value, step(under / 0.01)) + 6 * line(under, 0.008);
        });
        attenuate(tissue);
    }

    private double gland(double x, double y) {
        double bent = y + 0.05 * wave.at(x, y);
        double lobule = step((lobules.at(x, bent) - 0.35) / 0.5);
        return 1 + 2.5 * coarse.at(x, y) + 3.2 * streaks.at(x, bent) - 7 * lobule;
    }

    private double fat(double x, double y) {
        double ridge = 1 - Math.min(1, Math.abs(septa.at(x, Math.min(1, 2 * y))) / 0.12);
        return -12 + 1.5 * coarse.at(x, y) + 9 * ridge * ridge;
    }

    /** What gain compensation leaves of the loss with depth, uneven contact, and the fading towards the bottom. */
    private void attenuate(Tissue tissue) {
        double loss = random.uniform(4, 14);
        double left = random.uniform() < 0.25 ? random.uniform(4, 14) : 0;
        double right = random.uniform() < 0.25 ? random.uniform(4, 14) : 0;
        double gain = random.uniform(-3, 3);
        SmoothNoise contact = new SmoothNoise(random, 6, 1);
        tissue.scatter((x, y, now) -> now
                + gain
                - loss * y * y
                + 2 * contact.at(x, 0.3)
                - left * step((0.2 - x) / 0.2)
                - right * step((x - 0.8) / 0.2));
    }

    private static double blend(double from, double to, double share) {
        return from + share * (to - from);
    }

    private static double line(double distance, double width) {
        double t = distance / width;
        return t * t > 9 ? 0 : StrictMath.exp(-t * t);
    }
}
