package org.osler.report;

import java.awt.image.BufferedImage;
import org.osler.data.image.Picture;
import org.osler.model.EvidenceMap;

/** A map as pictures of the size of what the encoder saw. */
final class MapPicture {

    private static final int RGB = 3;
    private static final int WHITE = 255;

    /** Side in pixels of a picture that a browser enlarges. */
    private static final int SMALL = 56;

    private final Picture seen;
    private final EvidenceMap map;
    private final float[] values;

    MapPicture(Picture seen, EvidenceMap map) {
        this.seen = seen;
        this.map = map;
        this.values = map.resized(seen.height(), seen.width());
    }

    /** Coloured and transparent where nothing is, small, to be enlarged over the image: a PNG. */
    byte[] overlay() {
        var image = new BufferedImage(SMALL, SMALL, BufferedImage.TYPE_INT_ARGB);
        float[] few = map.resized(SMALL, SMALL);
        for (int i = 0; i < few.length; i++) {
            int alpha = (int) Math.round(WHITE * MapColours.opacity(few[i]));
            image.setRGB(i % SMALL, i / SMALL, alpha << 24 | MapColours.of(few[i]));
        }
        return PngImage.png(image);
    }

    /** The image with the map over it: a PNG. */
    byte[] together() {
        byte[] mixed = seen.withChannels(RGB).pixels().clone();
        for (int i = 0; i < values.length; i++) {
            double opacity = MapColours.opacity(values[i]);
            int colour = MapColours.of(values[i]);
            for (int c = 0; c < RGB; c++) {
                int own = colour >> (8 * (RGB - 1 - c)) & 0xff;
                int below = mixed[RGB * i + c] & 0xff;
                mixed[RGB * i + c] = (byte) Math.round(opacity * own + (1 - opacity) * below);
            }
        }
        return PngImage.png(new Picture(seen.height(), seen.width(), RGB, mixed));
    }

    /** The values alone, black 0 to white 1: a grey PNG. */
    byte[] values() {
        byte[] levels = new byte[values.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) Math.round(WHITE * values[i]);
        }
        return PngImage.png(new Picture(seen.height(), seen.width(), 1, levels));
    }
}
