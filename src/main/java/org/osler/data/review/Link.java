package org.osler.data.review;

import java.util.List;
import org.osler.data.Split;

/**
 * An image that has partners in another split.
 *
 * @param cause what makes them partners
 * @param split the image's: validation or test
 * @param index the image's in its split, from 0
 * @param other the partners': a split that comes before the image's in the order of training, validation, test
 * @param partner one of them, by its index: the most similar, else the first
 * @param partners how many there are
 * @param similarity cosine similarity of the features of image and partner, −1 to 1; 1 where their pixels are the same,
 *     NaN where it was not looked at
 */
public record Link(Cause cause, Split split, int index, Split other, int partner, int partners, double similarity) {

    /**
     * Two splits that are looked at together.
     *
     * @param later whose images have partners
     * @param earlier whose images are the partners
     */
    public record Between(Split later, Split earlier) {

        /** Every two splits; what test and training share counts most and comes first. */
        public static final List<Between> ALL = List.of(
                new Between(Split.TEST, Split.TRAIN),
                new Between(Split.TEST, Split.VAL),
                new Between(Split.VAL, Split.TRAIN));
    }

    /** The two splits. */
    public Between between() {
        return new Between(split, other);
    }
}
