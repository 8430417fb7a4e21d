package org.osler.data.image;

import java.util.Locale;
import org.osler.data.PilBilinear;

/**
 * How an image of any shape becomes one of a given shape, in most cases a square. All ways interpolate as PIL's {@code
 * BILINEAR} does, antialiased.
 */
public enum Fit {
    /** Height and width each scaled to the wanted ones, whatever becomes of the proportions; nothing is lost. */
    STRETCH {
        @Override
        Picture change(Picture picture, int height, int width) {
            return scale(picture, height, width);
        }
    },
    /**
     * Scaled to cover the wanted shape, and the centre is cut out. For squares: torchvision's {@code Resize(side)} and
     * {@code CenterCrop(side)} on a PIL image.
     */
    CROP {
        @Override
        Picture change(Picture picture, int height, int width) throws UnreadableImage {
            boolean wide = isWider(picture, height, width);
            // torchvision cuts the longer side's fraction off …
            int scaledHeight = wide ? height : Math.max(height, part(width, picture.height(), picture.width()));
            int scaledWidth = wide ? Math.max(width, part(height, picture.width(), picture.height())) : width;
            // … and rounds halves to even, as Python does.
            int top = (int) Math.rint((scaledHeight - height) / 2.0);
            int left = (int) Math.rint((scaledWidth - width) / 2.0);
            return window(scale(picture, scaledHeight, scaledWidth), -top, -left, height, width);
        }
    },
    /** Scaled to lie within the wanted shape, centred; black fills the rest, as PIL's {@code ImageOps.pad} does it. */
    PAD {
        @Override
        Picture change(Picture picture, int height, int width) {
            boolean wide = isWider(picture, height, width);
            int scaledHeight = wide ? rounded(width, picture.height(), picture.width()) : height;
            int scaledWidth = wide ? width : rounded(height, picture.width(), picture.height());
            return window(
                    scale(picture, scaledHeight, scaledWidth),
                    (int) Math.rint((height - scaledHeight) * 0.5),
                    (int) Math.rint((width - scaledWidth) * 0.5),
                    height,
                    width);
        }
    };

    abstract Picture change(Picture picture, int height, int width) throws UnreadableImage;

    /**
     * The image in a shape; an image of that shape is left as it is.
     *
     * @throws UnreadableImage if it is so long and thin that it would first have to be scaled to an enormous one
     */
    public Picture apply(Picture picture, int height, int width) throws UnreadableImage {
        return picture.height() == height && picture.width() == width ? picture : change(picture, height, width);
    }

    /** The name used in study files: {@code stretch}, {@code crop}, {@code pad}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isWider(Picture picture, int height, int width) {
        return (long) picture.width() * height >= (long) picture.height() * width;
    }

    private static int part(int side, int longer, int shorter) throws UnreadableImage {
        long scaled = (long) side * longer / shorter;
        if (scaled * side > DecodingMemory.MOST_PIXELS) {
            throw new UnreadableImage(
                    "is too long and thin to be cropped: %,d × %,d pixels; use another fit".formatted(longer, shorter));
        }
        return (int) scaled;
    }

    private static int rounded(int side, int shorter, int longer) {
        return (int) Math.max(1, Math.rint((double) shorter / longer * side));
    }

    private static Picture scale(Picture picture, int height, int width) {
        if (picture.height() == height && picture.width() == width) {
            return picture;
        }
        byte[] out = new byte[Math.multiplyExact(Math.multiplyExact(height, picture.channels()), width)];
        PilBilinear.resize(picture.pixels(), picture.height(), picture.width(), picture.channels(), out, height, width);
        return new Picture(height, width, picture.channels(), out);
    }

    /** A shape on which a picture lies at a place; what hangs over is cut off, what is bare is black. */
    private static Picture window(Picture picture, int top, int left, int height, int width) {
        int channels = picture.channels();
        byte[] out = new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        int from = Math.max(0, left);
        int to = Math.min(width, left + picture.width());
        for (int y = Math.max(0, top); y < Math.min(height, top + picture.height()); y++) {
            System.arraycopy(
                    picture.pixels(),
                    ((y - top) * picture.width() + from - left) * channels,
                    out,
                    (y * width + from) * channels,
                    (to - from) * channels);
        }
        return new Picture(height, width, channels, out);
    }
}
