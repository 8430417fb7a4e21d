package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.FreshProcess;
import org.osler.data.Split;

/** A process that commits in a loop is killed without warning. */
class ResultStoreKillTest {

    @TempDir
    private Path folder;

    @Test
    void killLosesNothingThatWasCommitted() throws IOException, InterruptedException {
        List<Long> told = new ArrayList<>();
        for (int kill = 0; kill < 2; kill++) {
            told.addAll(commitAndKill(9 + 7 * kill, told.size()));
        }
        try (ResultStore store = ResultStore.open(folder)) {
            assertThat(told).hasSizeGreaterThan(20);
            for (long seed : told) {
                assertThat(store.isDone(Committer.trial(seed))).isTrue();
            }
            for (TrialResult result : store.results()) {
                TrialOutcome whole = Outcomes.outcome(result.trial());
                assertThat(result).usingRecursiveComparison(Outcomes.EXACTLY).isEqualTo(whole.result());
                assertThat(store.scores(result.trial().id(), Split.TEST))
                        .isDeepEqualTo(whole.fit().testScores());
            }
        }
    }

    /** Starts a JVM that commits from {@code first} on, and kills it once it told of enough. */
    private List<Long> commitAndKill(int enough, int first) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        FreshProcess.command(List.of(), Committer.class, folder.toString(), Integer.toString(first)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> told = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            while (told.size() < enough) {
                told.add(Long.valueOf(lines.readLine()));
            }
        } finally {
            process.destroyForcibly().waitFor(); // SIGKILL, most likely within a commit
        }
        return told;
    }

    /** Commits without end and tells of each commit after it returned. */
    static final class Committer {

        private Committer() {}

        static Trial trial(long seed) {
            return Outcomes.trial(new Strategy.LinearProbe(1e-3), seed);
        }

        public static void main(String[] arguments) {
            try (ResultStore store = ResultStore.open(Path.of(arguments[0]))) {
                for (long seed = Long.parseLong(arguments[1]); seed < Integer.MAX_VALUE; seed++) {
                    store.commit(Outcomes.outcome(trial(seed)));
                    System.out.println(seed);
                    System.out.flush();
                }
            }
        }
    }
}
