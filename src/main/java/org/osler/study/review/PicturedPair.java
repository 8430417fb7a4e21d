package org.osler.study.review;

import org.osler.data.Split;
import org.osler.data.image.Picture;
import org.osler.data.review.Cause;

/**
 * Two images of different splits that should not be in different splits, to be looked at.
 *
 * @param cause why not
 * @param similarity cosine similarity of their features; NaN where it was not looked at
 * @param group what they share, where that is the cause; else empty
 * @param later the one that is in validation or test
 * @param earlier the other
 */
public record PicturedPair(Cause cause, double similarity, String group, Side later, Side earlier) {

    /**
     * One of the two.
     *
     * @param name its file, or its number in the split
     * @param label its class, or its labels
     */
    public record Side(Split split, String name, String label, Picture picture) {}
}
