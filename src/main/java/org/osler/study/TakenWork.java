package org.osler.study;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osler.study.Runner.Work;
import org.osler.train.Progress;

/**
 * Works through what other runs leave: a piece on features is taken as a whole, since its trials share an encoder pass;
 * trials that train the encoder are taken one by one.
 */
final class TakenWork {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Claims claims;
    private final Progress progress;
    private final Set<String> tried = new HashSet<>();

    TakenWork(Claims claims, Progress progress) {
        this.claims = claims;
        this.progress = progress;
    }

    /** Says which trials of some work have no result yet. */
    @FunctionalInterface
    interface Left {
        List<Trial> of(Work work) throws IOException;
    }

    /** Does some work, to a result or a failure of each trial. */
    @FunctionalInterface
    interface Doing {
        void run(Work work) throws IOException;
    }

    /**
     * Works until there is nothing left that could be taken; again and again, since what a run that died had comes back.
     *
     * @return how many trials without a result other runs have
     */
    int workThrough(List<Work> pieces, Left left, Doing doing) throws IOException {
        boolean again = true;
        while (again) {
            again = false;
            for (Work piece : pieces) {
                for (Work unit : units(piece)) {
                    again |= tryAt(unit, left, doing);
                }
            }
            if (!again && untried(pieces, left) > 0 && claims.isUndecided()) {
                again = true;
                waitForDecision();
            }
        }
        return untried(pieces, left);
    }

    private static List<Work> units(Work piece) {
        boolean together =
                piece.trials().isEmpty() || piece.trials().get(0).strategy().onFeatures();
        return together
                ? List.of(piece)
                : piece.trials().stream()
                        .map(trial -> piece.with(List.of(trial)))
                        .toList();
    }

    private boolean tryAt(Work unit, Left left, Doing doing) throws IOException {
        List<Trial> wanted = untried(unit);
        if (wanted.isEmpty()) {
            return false;
        }
        List<Trial> mine = claims.take(wanted);
        try {
            mine.forEach(trial -> tried.add(trial.id()));
            List<Trial> without = left.of(unit.with(mine)); // looked at anew: another run may just have finished it
            if (without.isEmpty()) {
                return false;
            }
            doing.run(unit.with(without));
            return true;
        } finally {
            claims.release(mine);
        }
    }

    private List<Trial> untried(Work unit) {
        return unit.trials().stream()
                .filter(trial -> !tried.contains(trial.id()))
                .toList();
    }

    /** How many trials have no result and were not tried here. */
    int untried(List<Work> pieces, Left left) throws IOException {
        int count = 0;
        for (Work piece : pieces) {
            count += left.of(piece.with(untried(piece))).size();
        }
        return count;
    }

    /** Waits until it is known of every run whether it lives; not without hearing whether this one is to stop. */
    private void waitForDecision() throws IOException {
        long looks = Claims.LEASE.dividedBy(BETWEEN_LOOKS);
        try (Progress.Bar bar = progress.begin("waiting to see whether another run is alive", looks)) {
            do {
                pause();
                bar.step(1);
            } while (claims.isUndecided());
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }
}
