package org.osler.study.review;

import org.osler.data.Images;
import org.osler.data.PilBilinear;
import org.osler.data.image.Picture;

/** Stored images made small. */
final class Thumbnail {

    /** Longer sides are reduced to this, in pixels. */
    private static final int LONGEST = 112;

    private Thumbnail() {}

    static Picture of(Images images, int index) {
        byte[] pixels = new byte[images.imageBytes()];
        images.read(index, pixels, 0);
        int height = images.height();
        int width = images.width();
        int longest = Math.max(height, width);
        if (longest <= LONGEST) {
            return new Picture(height, width, images.channels(), pixels);
        }
        int outHeight = Math.max(1, Math.round((float) height * LONGEST / longest));
        int outWidth = Math.max(1, Math.round((float) width * LONGEST / longest));
        byte[] reduced = new byte[outHeight * outWidth * images.channels()];
        PilBilinear.resize(pixels, height, width, images.channels(), reduced, outHeight, outWidth);
        return new Picture(outHeight, outWidth, images.channels(), reduced);
    }
}
