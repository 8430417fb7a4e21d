package org.osler.study;

/** Brings the progress of one piece of training to a study's watcher, under the trial's name. */
final class StudyBar implements org.osler.train.Progress {

    private final Trial trial;
    private final Progress progress;
    private final String unit;

    StudyBar(Trial trial, Progress progress, String unit) {
        this.trial = trial;
        this.progress = progress;
        this.unit = unit;
    }

    @Override
    public Bar begin(String what, long steps) {
        Progress.Work work = progress.begin(trial.dataset() + " · " + what, steps, unit);
        return new Bar() {
            private long done;

            @Override
            public void step(long count) {
                done += count;
                work.reached(done, "");
            }

            @Override
            public void close() {
                work.close();
            }
        };
    }
}
