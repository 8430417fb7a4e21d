package org.osler.data;

import java.util.List;
import org.osler.InputException;
import org.osler.metric.Task;

/**
 * What a phantom dataset holds.
 *
 * @param task what is to be predicted
 * @param classes how many classes (2 for binary, else 2 to 8), or labels (1 to 8)
 * @param channels 1 (grey) or 3 (RGB)
 * @param size side of the square images in pixels, 28 to 224
 * @param train training images, at least one a class
 * @param val validation images, likewise
 * @param test test images, likewise
 * @param seed decides every pixel
 */
public record PhantomSpec(Task task, int classes, int channels, int size, int train, int val, int test, long seed) {

    /** The most classes or labels that can be drawn. */
    public static final int MOST_CLASSES = 8;

    public PhantomSpec {
        int fewest = task == Task.MULTI_LABEL ? 1 : 2;
        int most = task == Task.BINARY ? 2 : MOST_CLASSES;
        check(classes >= fewest && classes <= most, "classes of a " + task.id() + " phantom", classes, fewest, most);
        if (channels != 1 && channels != 3) {
            throw new InputException("channels of a phantom: %d; 1 (grey) or 3 (RGB) is right".formatted(channels));
        }
        check(size >= 28 && size <= 224, "size of a phantom", size, 28, 224);
        for (int count : List.of(train, val, test)) {
            int least = Math.max(classes, 2);
            check(count >= least && count <= 1_000_000, "images in a phantom's split", count, least, 1_000_000);
        }
    }

    private static void check(boolean right, String what, int value, int low, int high) {
        if (!right) {
            throw new InputException("%s: %d; %d to %d is right".formatted(what, value, low, high));
        }
    }

    int count(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VAL -> val;
            case TEST -> test;
        };
    }
}
