package org.osler.report;

/**
 * The colours of maps, from dark blue to light yellow, as {@code colormap.js} has them for tables: lightness and
 * blue-yellow rise evenly in OKLab (Ottosson 2020), so that equal steps look equal, also to the colour-blind.
 */
final class MapColours {

    private static final int STEPS = 256;
    private static final int WHITE = 255;

    /** Of the strongest place; the picture below stays visible. */
    private static final double MOST_OPAQUE = 0.85;

    /** Below 1, so that places in between are seen on dark pictures, too. */
    private static final double RISE = 0.7;

    private static final int[] COLOURS = colours();

    private MapColours() {}

    /** The colour of a value from 0 to 1: {@code 0xRRGGBB}. */
    static int of(float value) {
        return COLOURS[Math.round(value * (STEPS - 1))];
    }

    /** How much a value's colour covers what is below, 0 to 1: the higher, the more; nothing at 0. */
    static double opacity(float value) {
        return MOST_OPAQUE * Math.pow(value, RISE);
    }

    private static int[] colours() {
        int[] colours = new int[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double t = i / (STEPS - 1.0);
            colours[i] = okLab(0.34 + 0.6 * t, -0.015 - 0.16 * t * (1 - t), -0.1 + 0.21 * t);
        }
        return colours;
    }

    private static int okLab(double lightness, double a, double b) {
        double x = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        double y = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        double z = Math.pow(lightness - 0.0894841775 * a - 1.291485548 * b, 3);
        int red = level(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z);
        int green = level(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z);
        int blue = level(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z);
        return red << 16 | green << 8 | blue;
    }

    private static int level(double linear) {
        double clipped = Math.min(1, Math.max(0, linear));
        double gamma = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
        return (int) Math.round(WHITE * gamma);
    }
}
