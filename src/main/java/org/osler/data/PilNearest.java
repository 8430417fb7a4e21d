package org.osler.data;

/** PIL's {@code NEAREST} resizing of 8-bit images, bit for bit. */
final class PilNearest {

    private PilNearest() {}

    /**
     * Resizes an image.
     *
     * @param source {@code [height][width][channels]}
     * @param target {@code [targetHeight][targetWidth][channels]}
     */
    static void resize(
            byte[] source, int height, int width, int channels, byte[] target, int targetHeight, int targetWidth) {
        int[] columns = nearest(width, targetWidth);
        int[] rows = nearest(height, targetHeight);
        for (int y = 0; y < targetHeight; y++) {
            int from = rows[y] * width * channels;
            int to = y * targetWidth * channels;
            for (int x = 0; x < targetWidth; x++) {
                System.arraycopy(source, from + columns[x] * channels, target, to + x * channels, channels);
            }
        }
    }

    /**
     * The source position under the middle of each target position. PIL adds up the steps instead of multiplying; where
     * a middle falls on the border of two pixels, the rounding of that sum decides.
     */
    static int[] nearest(int size, int targetSize) {
        double step = (double) size / targetSize;
        double position = step * 0.5;
        int[] indices = new int[targetSize];
        for (int i = 0; i < targetSize; i++) {
            indices[i] = (int) position;
            position += step;
        }
        return indices;
    }
}
