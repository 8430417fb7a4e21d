package org.osler.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osler.InputException;
import org.osler.tensor.DType;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensors;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of one fine-tuning run in a folder, so that a killed run goes on and ends where the unbroken one would
 * have ended; and holds the parameters that were best on validation.
 *
 * <p>{@code last.safetensors} has everything: encoder, head, optimisers' moments, position and curve. It names the
 * file of best parameters that belongs to it, which is written before it and removed after its successor is whole.
 */
public final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** Writing may take this share of the time at most. */
    private static final double WRITING_SHARE = 0.02;

    /** Goes up by one with each change of what is kept; what was written of later layouts is not used. */
    private static final String LAYOUT = "3";

    /** Layouts that can be gone on from: 2 had neither a checksum nor checkpoints between a step and its validation. */
    private static final Set<String> LAYOUTS = Set.of("2", LAYOUT);

    private static final String LAST = "last.safetensors";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final String made;
    private final Duration interval;
    private final Map<String, Tensor> best = new LinkedHashMap<>();
    private String bestFile = "";
    private double secondsBefore;
    private long started;
    private long lastSave;
    private long lastCost;

    /**
     * Nothing is read or written yet.
     *
     * @param folder this run's own folder
     * @param made what decides the run's numbers (trial, data, weights); a checkpoint of another is not used
     * @param interval least time between two checkpoints
     */
    public Checkpoints(Path folder, String made, Duration interval) {
        this.folder = folder;
        this.made = made;
        this.interval = interval;
    }

    /** Brings a new run to where the last checkpoint was, if there is one. */
    void start(FineTune run) throws IOException {
        started = System.nanoTime();
        lastSave = started;
        Path last = folder.resolve(LAST);
        if (!Files.exists(last)) {
            return;
        }
        try (SafeTensors everything = SafeTensors.open(last)) {
            if (isUsable(everything)) {
                goOnFrom(everything, run);
            }
        } catch (InputException e) {
            LOG.warn("{}; this checkpoint is not used, the training begins anew", e.getMessage());
        }
    }

    private boolean isUsable(SafeTensors everything) {
        return made.equals(everything.metadata().get("made"))
                && LAYOUTS.contains(everything.metadata().get("layout"));
    }

    /** Nothing of the run is changed before both files are known to be whole. */
    private void goOnFrom(SafeTensors last, FineTune run) throws IOException {
        Map<String, Tensor> targets = everything(run);
        requireWhole(last, targets);
        Map<String, String> metadata = last.metadata();
        String bestName = metadata.get("best");
        if (!bestName.isEmpty()) {
            try (SafeTensors bestOnes = SafeTensors.open(folder.resolve(bestName))) {
                requireWhole(bestOnes, run.changing());
                holdBest(run);
                load(bestOnes, best);
            }
        }
        load(last, targets);
        setLossSum(run, Double.longBitsToDouble(Long.parseLong(metadata.get("lossSum"))));
        run.goOnFrom(JSON.readValue(metadata.get("position"), FineTune.Position.class));
        secondsBefore = Double.parseDouble(metadata.get("seconds"));
        bestFile = bestName;
    }

    private static void requireWhole(SafeTensors file, Map<String, Tensor> targets) throws IOException {
        if (!file.isIntact()) {
            throw new InputException(file.file() + " is damaged: its checksum differs");
        }
        targets.forEach((name, tensor) -> {
            SafeTensors.Entry entry = file.entries().get(name);
            if (entry == null || !Arrays.equals(entry.shape(), tensor.shape())) {
                throw new InputException(file.file() + " has no tensor " + name + " of the right shape");
            }
        });
    }

    /** Hears of a validation; better parameters than ever before are held. */
    void validated(FineTune run, boolean better) throws IOException {
        if (better) {
            holdBest(run);
            bestFile = "";
        }
        saveIfDue(run);
    }

    /** Saves everything if the last time is long enough ago for writing not to matter. */
    void saveIfDue(FineTune run) throws IOException {
        long since = System.nanoTime() - lastSave;
        if (since < interval.toNanos() || since * WRITING_SHARE < lastCost) {
            return;
        }
        long start = System.nanoTime();
        save(run);
        lastSave = System.nanoTime();
        lastCost = lastSave - start;
    }

    /** Saves everything now. */
    void save(FineTune run) throws IOException {
        Files.createDirectories(folder);
        FineTune.Position position = run.position();
        if (bestFile.isEmpty() && !best.isEmpty()) {
            bestFile = "best-" + run.best().iteration() + ".safetensors";
            write(folder.resolve(bestFile), best, Map.of());
        }
        Map<String, String> metadata = Map.of(
                "made",
                made,
                "layout",
                LAYOUT,
                "best",
                bestFile,
                "seconds",
                Double.toString(secondsSpent()),
                "lossSum",
                Long.toString(Double.doubleToLongBits(run.lossSum().item())),
                "position",
                JSON.writeValueAsString(position));
        write(folder.resolve(LAST), everything(run), metadata);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "best-*.safetensors")) {
            for (Path file : old) {
                if (!file.getFileName().toString().equals(bestFile)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Puts the best parameters back into the run. */
    void restoreBest(FineTune run) {
        run.changing().forEach((name, tensor) -> {
            try (Scope scope = Scope.open()) {
                tensor.detach().copyInPlace(best.get(name));
            }
        });
    }

    /** Seconds spent on this run, earlier tries counted in. */
    double secondsSpent() {
        return secondsBefore + (System.nanoTime() - started) / 1e9;
    }

    /** Removes a run's folder, if it is there; for a run whose result is safe elsewhere. */
    public static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file); // another run may remove it at the same time
            }
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() {
        best.values().forEach(Tensor::close);
        best.clear();
    }

    private void holdBest(FineTune run) {
        run.changing().forEach((name, tensor) -> {
            try (Scope scope = Scope.open()) {
                Tensor held = best.computeIfAbsent(
                        name, key -> scope.keep(tensor.detach().copy()));
                held.copyInPlace(tensor.detach());
            }
        });
    }

    private static void setLossSum(FineTune run, double value) {
        try (Scope scope = Scope.open()) {
            run.lossSum().copyInPlace(Tensors.full(value, DType.FLOAT64));
        }
    }

    private static Map<String, Tensor> everything(FineTune run) {
        Map<String, Tensor> all = run.changing();
        run.optimisers().forEach((prefix, optimiser) -> {
            List<Tensor> state = optimiser.state();
            for (int i = 0; i < state.size(); i++) {
                all.put(prefix + i, state.get(i));
            }
        });
        return all;
    }

    private static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        List<Declaration> declarations = new ArrayList<>();
        tensors.forEach((name, tensor) -> declarations.add(new Declaration(
                name, tensor.dtype() == DType.INT64 ? ElementType.I64 : ElementType.F32, tensor.shape())));
        try (SafeTensorsWriter writer = SafeTensorsWriter.createChecked(file, declarations, metadata)) {
            for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
                if (entry.getValue().dtype() == DType.INT64) {
                    writer.append(entry.getKey(), entry.getValue().toLongs());
                } else {
                    writer.append(entry.getKey(), entry.getValue().toFloats());
                }
            }
            writer.commit();
        }
    }

    private static void load(SafeTensors file, Map<String, Tensor> targets) throws IOException {
        for (Map.Entry<String, Tensor> target : targets.entrySet()) {
            try (Scope scope = Scope.open()) {
                Tensor tensor = target.getValue();
                target.getValue()
                        .detach()
                        .copyInPlace(Tensors.viewOf(file.bytes(target.getKey()), tensor.dtype(), tensor.shape()));
            }
        }
    }
}
