package org.osler.study;

import org.osler.data.ReadingProgress;
import org.osler.train.Progress;

/** Shows the reading of images where other work is shown. */
public final class ReadingBar implements ReadingProgress {

    private final Progress progress;
    private Progress.Bar bar;

    public ReadingBar(Progress progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void begin(String what, int images) {
        bar = progress.begin(what, images);
    }

    @Override
    public synchronized void step() {
        bar.step(1);
    }

    @Override
    public synchronized void end() {
        bar.close();
    }

    @Override
    public synchronized void note(String line) {
        progress.note(line);
    }
}
