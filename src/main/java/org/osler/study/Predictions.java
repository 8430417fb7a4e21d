package org.osler.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osler.data.Split;
import org.osler.metric.Evaluation;

/** The folder {@code predictions}: official prediction files of every result, on validation and test. */
final class Predictions {

    static final String FOLDER = "predictions";

    private Predictions() {}

    /** Writes what is not there yet, and removes files of results that others have taken the place of. */
    static void write(ResultStore store, List<TrialResult> results, Path folder) throws IOException {
        Set<String> expected = new HashSet<>();
        for (TrialResult result : results) {
            for (Split split : List.of(Split.VAL, Split.TEST)) {
                PredictionName name = name(result, split);
                expected.add(name.fileName());
                if (!isWritten(folder.resolve(name.fileName()), result)) {
                    double[][] scores = store.scores(result.trial().id(), split);
                    new PredictionFile(name, scores).write(folder);
                }
            }
        }
        if (Files.isDirectory(folder)) {
            removeReplaced(results, expected, folder);
        }
    }

    /** The run's name has no dot, since the official reader cuts it there. */
    private static PredictionName name(TrialResult result, Split split) {
        Trial trial = result.trial();
        Evaluation evaluation = split == Split.VAL ? result.val() : result.test();
        String run = trial.encoder() + "_" + trial.strategy().id() + "_seed" + trial.seed() + "_" + trial.id();
        int size = trial.size().orElse(result.data().height());
        return PredictionName.of(trial.dataset(), size, split, evaluation, run.replace('.', '-'));
    }

    /** Two results may have the same name, being alike to three decimals; then the file's age tells. */
    private static boolean isWritten(Path file, TrialResult result) throws IOException {
        return Files.isRegularFile(file)
                && !Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(result.provenance().finished());
    }

    private static void removeReplaced(List<TrialResult> results, Set<String> expected, Path folder)
            throws IOException {
        Set<String> endings = results.stream()
                .map(result -> "_" + result.trial().id() + ".csv")
                .collect(Collectors.toSet());
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            int ending = name.lastIndexOf('_');
            if (ending >= 0 && endings.contains(name.substring(ending)) && !expected.contains(name)) {
                Files.deleteIfExists(file); // another run may tidy up at the same time
            }
        }
    }
}
