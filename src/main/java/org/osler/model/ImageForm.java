package org.osler.model;

import java.util.List;
import java.util.Optional;
import org.osler.data.Images;
import org.osler.data.image.Fit;
import org.osler.data.image.Levels;
import org.osler.data.image.Picture;
import org.osler.data.image.UnreadableImage;

/**
 * The form in which a dataset keeps its images, 8 bits a channel and all of one size, and how any other image is brought
 * to it. From there on images go the way of training.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param fit how an image of another size becomes this size
 * @param window the values of images with more than 8 bits that become black and white; empty: their format's full range,
 *     in DICOM files the window they name
 */
public record ImageForm(int height, int width, int channels, Fit fit, Optional<Levels> window) {

    /** Bytes of one image. */
    int bytes() {
        return height * width * channels;
    }

    /** An image in this form: {@link #bytes()} bytes, rows from the top; unchanged if it has this form already. Throws where {@link Fit#apply} does. */
    byte[] of(Picture picture) throws UnreadableImage {
        return fit.apply(picture.withChannels(channels), height, width).pixels();
    }

    /** Images in this form side by side; throws IllegalArgumentException if one has another. */
    Images together(List<PreparedImage> images) {
        byte[] all = new byte[Math.multiplyExact(images.size(), bytes())];
        for (int i = 0; i < images.size(); i++) {
            byte[] own = images.get(i).bytes();
            if (own.length != bytes()) {
                throw new IllegalArgumentException("image " + i + " was prepared by a model of other images");
            }
            System.arraycopy(own, 0, all, i * bytes(), bytes());
        }
        return Images.of(images.size(), height, width, channels, all);
    }
}
