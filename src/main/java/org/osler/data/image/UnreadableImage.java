package org.osler.data.image;

/** An image file that cannot be decoded. The message completes a sentence that begins with the file's name. */
public final class UnreadableImage extends Exception {

    private final boolean here;

    UnreadableImage(String message) {
        this(message, null);
    }

    UnreadableImage(String message, Throwable cause) {
        this(message, cause, false);
    }

    private UnreadableImage(String message, Throwable cause, boolean here) {
        super(message, cause);
        this.here = here;
    }

    /** One that another machine, or this one at another time, may read: memory is short, or the disk fails. */
    static UnreadableImage here(String message, Throwable cause) {
        return new UnreadableImage(message, cause, true);
    }

    /** Whether it is not the file that is to blame, but where and when it was read. */
    public boolean isHere() {
        return here;
    }
}
