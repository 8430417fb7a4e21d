package org.osler.metric;

/** Sorts whole numbers digit by digit, from the least significant one on; equal ones keep their order. */
final class RadixSort {

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private long[] keys;
    private long[] otherKeys;
    private int[] order;
    private int[] otherOrder;

    private RadixSort(long... keys) {
        this.keys = keys;
        this.otherKeys = new long[keys.length];
        this.order = new int[keys.length];
        this.otherOrder = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /**
     * Sorts in place.
     *
     * @param keys not negative
     * @return where each of the sorted ones stood before
     */
    static int[] sort(long... keys) {
        long all = 0;
        for (long key : keys) {
            all |= key;
        }
        var sort = new RadixSort(keys);
        for (int shift = 0; shift < Long.SIZE && all >>> shift != 0; shift += DIGIT_BITS) {
            sort.byDigit(shift);
        }
        System.arraycopy(sort.keys, 0, keys, 0, keys.length);
        return sort.order;
    }

    private void byDigit(int shift) {
        int[] next = new int[DIGITS];
        for (long key : keys) {
            next[digit(key, shift)]++;
        }
        if (next[digit(keys[0], shift)] == keys.length) {
            return; // all have the same
        }
        int start = 0;
        for (int d = 0; d < DIGITS; d++) {
            int count = next[d];
            next[d] = start;
            start += count;
        }
        for (int i = 0; i < keys.length; i++) {
            int place = next[digit(keys[i], shift)]++;
            otherKeys[place] = keys[i];
            otherOrder[place] = order[i];
        }
        long[] keysBefore = keys;
        keys = otherKeys;
        otherKeys = keysBefore;
        int[] orderBefore = order;
        order = otherOrder;
        otherOrder = orderBefore;
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & (DIGITS - 1);
    }
}
