package org.osler.recommend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osler.InputException;
import org.osler.train.CrossValidation;
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensors;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;

/**
 * Keeps what came of an encoder, so that a recommendation goes on where an earlier one ended: a safetensors file with
 * {@code linear-probe} and {@code nearest-neighbours}, float32 {@code [N, C]}, and everything that made them.
 */
final class TriedFile {

    private static final String PROBE = "linear-probe";
    private static final String NEIGHBOURS = "nearest-neighbours";
    private static final String LOG_ME = "log-me";

    private final Path file;
    private final Map<String, String> made;

    /**
     * A file that may be there or not.
     *
     * @param made all that its numbers depend on
     */
    TriedFile(Path file, Map<String, String> made) {
        this.file = file;
        this.made = Map.copyOf(made);
    }

    /** What is kept; empty if nothing is, or it is damaged, or was made from something else. */
    Optional<Tried> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (SafeTensors tensors = SafeTensors.open(file)) {
            boolean same = made.entrySet().stream()
                    .allMatch(
                            entry -> entry.getValue().equals(tensors.metadata().get(entry.getKey())));
            if (!same || !tensors.isIntact()) {
                return Optional.empty();
            }
            return Optional.of(new Tried(
                    new CrossValidation.OutOfFold(tensors.rows(PROBE), tensors.rows(NEIGHBOURS)),
                    Double.parseDouble(tensors.metadata().get(LOG_ME))));
        } catch (InputException e) {
            return Optional.empty(); // damaged: made anew
        }
    }

    void write(Tried tried) throws IOException {
        Map<String, String> metadata = new TreeMap<>(made);
        metadata.put(LOG_ME, Double.toString(tried.logMe()));
        List<Declaration> declarations = List.of(
                declared(PROBE, tried.scores().probe()),
                declared(NEIGHBOURS, tried.scores().neighbours()));
        try (SafeTensorsWriter writer = SafeTensorsWriter.createChecked(file, declarations, metadata)) {
            writer.append(PROBE, tried.scores().probe());
            writer.append(NEIGHBOURS, tried.scores().neighbours());
            writer.commit();
        }
    }

    private static Declaration declared(String name, double[][] scores) {
        return new Declaration(name, ElementType.F32, scores.length, scores[0].length);
    }
}
