package org.osler.study;

import org.osler.train.Progress;
import org.osler.weights.ByteProgress;

/** Shows the reading of large files, in MB, where other work is shown. */
public final class ByteBar implements ByteProgress {

    private static final long MB = 1_000_000;

    private final Progress progress;

    public ByteBar(Progress progress) {
        this.progress = progress;
    }

    @Override
    public Bar begin(String what, long bytes) {
        Progress.Bar bar = progress.begin(what + ", MB", bytes / MB);
        return new Bar() {
            private long left;

            @Override
            public void step(long count) {
                left += count;
                bar.step(left / MB);
                left %= MB;
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}
