package org.osler.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osler.InputException;
import org.osler.data.Split;
import org.osler.study.review.AuditFile;
import org.osler.train.Fit;

/** Brings the results of several folders together in one, unless they contradict each other. */
public final class Merge {

    private static final int MOST_NAMED = 10;

    /**
     * Of small files beside results. Which images a draw chose, and what an audit found, depends on its name alone; of
     * heads and maps the name is the trial's, whose results are the same in all folders.
     */
    private static final List<String> COPIED =
            List.of(DrawFile.FOLDER, AuditFile.FOLDER, ProbeHeads.FOLDER, ProbeMaps.FOLDER);

    private final Path out;
    private final Map<Path, ResultStore> stores;
    /** Where each trial's result is taken from, by id. */
    private final Map<String, Path> chosen = new LinkedHashMap<>();

    private final List<String> contradictions = new ArrayList<>();

    private Merge(Path out, Map<Path, ResultStore> stores) {
        this.out = out;
        this.stores = stores;
    }

    /**
     * What came of it.
     *
     * @param trials results that the folder has now
     * @param twice how many of them stood, the same to the last bit, in more than one folder
     */
    public record Outcome(int trials, int twice) {}

    /**
     * Merges. A result that is there already, in {@code out} or twice, must be the same to the last bit.
     *
     * @param folders results folders
     * @param out made if need be; keeps the results that it has
     * @throws InputException if a folder has no results, or two have other numbers for the same trial; then nothing is
     *     written
     */
    public static Outcome of(List<Path> folders, Path out) throws IOException {
        Set<Path> sources = new LinkedHashSet<>();
        if (Files.exists(out.resolve(ResultStore.FILE))) {
            sources.add(out.toRealPath());
        }
        Map<Path, ResultStore> stores = new LinkedHashMap<>();
        try {
            for (Path folder : folders) {
                ResultStore.read(folder).close(); // says so in the user's words if there is none
                sources.add(folder.toRealPath());
            }
            for (Path source : sources) {
                stores.put(source, ResultStore.read(source));
            }
            return new Merge(out, stores).run();
        } finally {
            stores.values().forEach(ResultStore::close);
        }
    }

    private Outcome run() throws IOException {
        int twice = 0;
        for (Map.Entry<Path, ResultStore> source : stores.entrySet()) {
            for (TrialResult result : source.getValue().results()) {
                Path other = chosen.putIfAbsent(result.trial().id(), source.getKey());
                if (other != null) {
                    twice++;
                    compare(result, source.getKey(), other);
                }
            }
        }
        if (!contradictions.isEmpty()) {
            int count = contradictions.size();
            String named = String.join("\n  ", contradictions.subList(0, Math.min(count, MOST_NAMED)));
            throw new InputException(
                    "the folders contradict each other, so nothing was merged; leave one of them out:\n  " + named
                            + (count > MOST_NAMED ? "\n  … and " + (count - MOST_NAMED) + " more" : ""));
        }
        write();
        return new Outcome(chosen.size(), twice);
    }

    private void compare(TrialResult result, Path folder, Path other) {
        Trial trial = result.trial();
        TrialResult first = stores.get(other).find(trial).orElseThrow();
        Optional<String> difference = difference(result, folder, first, other);
        difference.ifPresent(what -> contradictions.add(
                "%s (%s): %s in %s and in %s".formatted(trial.label(), trial.id(), what, other, folder)));
    }

    private Optional<String> difference(TrialResult result, Path folder, TrialResult first, Path other) {
        Provenance made = first.provenance();
        if (!result.provenance().madeFrom(made.weightsSha256(), made.dataMd5())) {
            return Optional.of("made from other weights or data");
        }
        boolean same = result.best().equals(first.best()) && result.curve().equals(first.curve());
        for (Split split : List.of(Split.VAL, Split.TEST)) {
            double[][] one = stores.get(folder).scores(result.trial().id(), split);
            double[][] two = stores.get(other).scores(result.trial().id(), split);
            same &= Arrays.deepEquals(one, two);
        }
        return same
                ? Optional.empty()
                : Optional.of("test ACC %s and %s, scores or curves that differ"
                        .formatted(first.test().accuracy(), result.test().accuracy()));
    }

    private void write() throws IOException {
        try (ResultStore merged = ResultStore.open(out)) {
            for (ResultStore source : stores.values()) {
                merged.inOrder(source.trials());
            }
            for (Map.Entry<Path, ResultStore> source : stores.entrySet()) {
                for (TrialResult result : source.getValue().results()) {
                    if (chosen.get(result.trial().id()).equals(source.getKey()) && !merged.isDone(result.trial())) {
                        merged.commit(outcome(result, source.getValue()));
                    }
                }
                for (TrialFailure failure : source.getValue().failures()) {
                    if (!merged.isDone(failure.trial())) {
                        merged.fail(failure.trial(), failure.reason());
                    }
                }
                for (String folder : COPIED) {
                    copy(source.getKey().resolve(folder), out.resolve(folder));
                }
            }
            ResultFiles.write(merged, out);
        }
    }

    private static TrialOutcome outcome(TrialResult result, ResultStore store) {
        String id = result.trial().id();
        return new TrialOutcome(
                result.trial(),
                result.data(),
                new Fit(
                        result.best(),
                        result.curve(),
                        store.scores(id, Split.VAL),
                        store.scores(id, Split.TEST),
                        result.seconds()),
                result.val(),
                result.test(),
                result.provenance());
    }

    private static void copy(Path folder, Path target) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(file.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
