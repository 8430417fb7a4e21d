package org.osler.model;

import java.util.Optional;

/**
 * How much each place of an image counts, over a coarse grid that covers what the encoder saw.
 *
 * @param label the class (or label) that it speaks for; empty: it is of no class
 * @param height rows of the grid
 * @param width columns of the grid
 * @param values 0 (not at all) to 1 (the most in this image), row by row from the top; all 0: nothing speaks for it
 */
public record EvidenceMap(Optional<String> label, int height, int width, float[] values) {

    public EvidenceMap {
        if (values.length != height * width) {
            throw new IllegalArgumentException(values.length + " values are no grid of " + height + " × " + width);
        }
    }

    /** Values of any unit, none below {@code lowest}, which becomes 0 as the largest becomes 1. */
    static EvidenceMap scaled(Optional<String> label, int height, int width, float[] raw, float lowest) {
        float span = 0;
        for (float value : raw) {
            span = Math.max(span, value - lowest);
        }
        float[] values = new float[raw.length];
        for (int i = 0; i < values.length && span > 0; i++) {
            values[i] = (raw[i] - lowest) / span;
        }
        return new EvidenceMap(label, height, width, values);
    }

    /** Whether nothing in the image speaks for it. */
    public boolean isEmpty() {
        for (float value : values) {
            if (value > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The map for as many pixels, interpolated bilinearly between the centres of places.
     *
     * @return 0 to 1, {@code toHeight × toWidth} values row by row
     */
    public float[] resized(int toHeight, int toWidth) {
        float[] all = new float[Math.multiplyExact(toHeight, toWidth)];
        for (int y = 0; y < toHeight; y++) {
            double row = place(y, toHeight, height);
            int above = (int) row;
            int below = Math.min(above + 1, height - 1);
            double down = row - above;
            for (int x = 0; x < toWidth; x++) {
                double column = place(x, toWidth, width);
                int left = (int) column;
                int right = Math.min(left + 1, width - 1);
                double across = column - left;
                double upper = (1 - across) * at(above, left) + across * at(above, right);
                double lower = (1 - across) * at(below, left) + across * at(below, right);
                all[y * toWidth + x] = (float) ((1 - down) * upper + down * lower);
            }
        }
        return all;
    }

    private float at(int row, int column) {
        return values[row * width + column];
    }

    /** Where a pixel's centre lies among the places' centres; pixels beyond the outermost have their value. */
    private static double place(int pixel, int pixels, int places) {
        double place = (pixel + 0.5) * places / pixels - 0.5;
        return Math.min(Math.max(place, 0), places - 1.0);
    }
}
