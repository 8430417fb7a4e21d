package org.osler.recommend;

import org.osler.train.Progress;

/**
 * Counts the images that an encoder pass computes now, not those that an earlier one left.
 *
 * <p>Not thread-safe.
 */
final class PassMeter implements Progress {

    private final Progress told;
    private long images;

    /**
     * Has counted nothing.
     *
     * @param told hears of the work, too
     */
    PassMeter(Progress told) {
        this.told = told;
    }

    /** Images computed so far. */
    long images() {
        return images;
    }

    @Override
    public void note(String line) {
        told.note(line);
    }

    @Override
    public Bar begin(String what, long steps) {
        Bar bar = told.begin(what, steps);
        return new Bar() {
            @Override
            public void step(long count) {
                images += count;
                bar.step(count);
            }

            @Override
            public void before(long count) {
                bar.before(count);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}
