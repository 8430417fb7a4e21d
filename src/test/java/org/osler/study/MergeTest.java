package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.data.Split;

class MergeTest {

    private static final Trial ONE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Trial TWO = Outcomes.trial(new Strategy.LinearProbe(1e-3), 1);
    private static final Trial THREE = Outcomes.trial(new Strategy.FineTune(1e-3, 1e-5), 0);

    @TempDir
    private Path folder;

    @Test
    void resultsOfAllFoldersComeTogetherInTheStudysOrder() throws IOException {
        Path a = results("a", Outcomes.outcome(THREE));
        Path b = results("b", Outcomes.outcome(ONE), Outcomes.outcome(TWO));
        Files.createDirectories(b.resolve("draws"));
        Files.writeString(b.resolve("draws/breastmnist-224px-2-first.csv"), "index,label\n");
        try (ResultStore store = ResultStore.open(a)) {
            store.fail(TWO, "it was another day");
        }
        Path out = folder.resolve("out");
        assertThat(Merge.of(List.of(a, b), out)).isEqualTo(new Merge.Outcome(3, 0));
        try (ResultStore merged = ResultStore.read(out)) {
            assertThat(merged.results())
                    .usingRecursiveFieldByFieldElementComparator(Outcomes.EXACTLY)
                    .containsExactly(
                            Outcomes.outcome(ONE).result(),
                            Outcomes.outcome(TWO).result(),
                            Outcomes.outcome(THREE).result());
            assertThat(merged.scores(THREE.id(), Split.TEST))
                    .isDeepEqualTo(Outcomes.outcome(THREE).fit().testScores());
            assertThat(merged.failures()).isEmpty();
        }
        assertThat(Files.readString(out.resolve("results.csv")).lines()).hasSize(4);
        assertThat(out.resolve("draws/breastmnist-224px-2-first.csv")).exists();
    }

    @Test
    void whatIsThereAlreadyStaysAndTheSameTwiceIsNoContradiction() throws IOException {
        Path a = results("a", Outcomes.outcome(ONE));
        Path b = results("b", Outcomes.outcome(ONE), Outcomes.outcome(TWO));
        assertThat(Merge.of(List.of(b), a)).isEqualTo(new Merge.Outcome(2, 1));
        assertThat(Merge.of(List.of(a, b), a)).isEqualTo(new Merge.Outcome(2, 2));
        try (ResultStore merged = ResultStore.read(a)) {
            assertThat(merged.results()).hasSize(2);
        }
    }

    @Test
    void contradictionsAreNamedAndNothingIsWritten() throws IOException {
        TrialOutcome first = Outcomes.outcome(ONE);
        TrialOutcome other = Outcomes.outcome(TWO);
        Path a = results("a", first, other);
        Path b = results(
                "b",
                new TrialOutcome(ONE, first.data(), other.fit(), other.val(), other.test(), first.provenance()),
                other);
        Path out = folder.resolve("out");
        assertThatThrownBy(() -> Merge.of(List.of(a, b), out))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "the folders contradict each other, so nothing was merged; leave one of them out:\n  "
                                + ONE.label()
                                + " (" + ONE.id() + "): test ACC "
                                + first.test().accuracy() + " and "
                                + other.test().accuracy())
                .hasMessageContaining(a.toRealPath() + " and in " + b.toRealPath())
                .hasMessageNotContaining(TWO.id());
        assertThat(out).doesNotExist();
    }

    @Test
    void otherWeightsOrDataAreAContradictionToo() throws IOException {
        TrialOutcome first = Outcomes.outcome(ONE);
        Provenance made = first.provenance();
        Provenance others = new Provenance(
                made.osler(),
                made.commit(),
                made.libtorch(),
                made.jvm(),
                made.os(),
                made.cpu(),
                made.threads(),
                made.device(),
                "0".repeat(64),
                made.dataMd5(),
                made.started(),
                made.finished());
        Path a = results("a", first);
        Path b = results("b", new TrialOutcome(ONE, first.data(), first.fit(), first.val(), first.test(), others));
        assertThatThrownBy(() -> Merge.of(List.of(a, b), folder.resolve("out")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(ONE.id() + "): made from other weights or data in ");
    }

    @Test
    void folderWithoutResultsIsNamed() {
        assertThatThrownBy(() -> Merge.of(List.of(folder), folder.resolve("out")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there are no results in " + folder);
    }

    /** A folder as one part of a study of all three trials leaves it. */
    private Path results(String name, TrialOutcome... outcomes) {
        Path results = folder.resolve(name);
        try (ResultStore store = ResultStore.open(results)) {
            store.inOrder(List.of(ONE, TWO, THREE));
            for (TrialOutcome outcome : outcomes) {
                store.commit(outcome);
            }
        }
        return results;
    }
}
