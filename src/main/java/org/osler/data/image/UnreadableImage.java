package org.osler.data.image;

/** An image file that cannot be decoded. The message completes a sentence that begins with the file's name. */
public final class UnreadableImage extends Exception {

    UnreadableImage(String message) {
        super(message);
    }

    UnreadableImage(String message, Throwable cause) {
        super(message, cause);
    }
}
