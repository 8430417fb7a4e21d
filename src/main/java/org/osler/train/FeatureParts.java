package org.osler.train;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osler.Build;
import org.osler.InputException;
import org.osler.data.Split;
import org.osler.tensor.Libtorch;
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensors;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a pass over a dataset has come to so far, put away every half minute, so that a pass that was broken off goes on.
 *
 * <p>Each part is a file of the features of images that follow each other, whole batches of them, so that a pass in parts
 * computes what one in a single go does. It is checked, and says what made it; one that does not say the same is not used.
 * Passes that run at the same time write the same.
 */
final class FeatureParts {

    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(FeatureParts.class);
    private static final String TENSOR = "features";
    private static final String SUFFIX = ".safetensors";

    private final Path folder;
    private final Map<String, String> made;
    private final int dimensions;
    private final Duration interval;
    private final List<float[]> collected = new ArrayList<>();
    private Split split = Split.TRAIN;
    private int first;
    private long lastPut = System.nanoTime();

    /**
     * Nothing is read or written yet.
     *
     * @param target the file that the pass makes; parts lie beside it
     * @param made what decides the features, but for the program, libtorch and its threads
     */
    FeatureParts(Path target, Map<String, String> made, int dimensions, Duration interval) {
        this.folder = target.toAbsolutePath().resolveSibling("." + target.getFileName() + ".parts");
        this.made = new TreeMap<>(made);
        this.made.put("commit", Build.current().commit());
        this.made.put("libtorch", Libtorch.version());
        this.made.put("threads", Integer.toString(Libtorch.threads()));
        this.dimensions = dimensions;
        this.interval = interval;
    }

    /**
     * Features of the images from an index on, if a part of an earlier pass begins there: values of one image or more,
     * at most {@code most}.
     */
    Optional<float[]> find(Split wanted, int from, int most) throws IOException {
        Path file = file(wanted, from);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (SafeTensors part = SafeTensors.open(file)) {
            Map<String, String> madeThen = new TreeMap<>(part.metadata());
            madeThen.keySet().retainAll(made.keySet());
            SafeTensors.Entry entry = part.entries().get(TENSOR);
            if (!madeThen.equals(made) || entry == null || !fits(entry, most) || !part.isIntact()) {
                return Optional.empty();
            }
            float[] values = new float[(int) (entry.length() / Float.BYTES)];
            part.bytes(TENSOR).asFloatBuffer().get(values);
            return Optional.of(values);
        } catch (InputException | NoSuchFileException e) {
            return Optional.empty(); // cut short, or removed by another pass that is over: computed anew
        }
    }

    private boolean fits(SafeTensors.Entry entry, int most) {
        long[] shape = entry.shape();
        return entry.type() == ElementType.F32
                && shape.length == 2
                && shape[0] >= 1
                && shape[0] <= most
                && shape[1] == dimensions;
    }

    /** Takes the features of the images from an index on; they are put away when it is time. */
    void add(Split of, int from, float[] features) throws IOException {
        boolean follows = of == split && from == first + count();
        if (!follows) {
            collected.clear(); // the end of a split: less than half a minute's work
            split = of;
            first = from;
        }
        collected.add(features);
        if (System.nanoTime() - lastPut >= interval.toNanos()) {
            put();
        }
    }

    private int count() {
        return collected.stream().mapToInt(features -> features.length).sum() / dimensions;
    }

    /** Puts away what was not put away yet. */
    void put() throws IOException {
        int count = count();
        if (count == 0) {
            return;
        }
        Declaration declaration = new Declaration(TENSOR, ElementType.F32, count, dimensions);
        try (SafeTensorsWriter writer =
                SafeTensorsWriter.createChecked(file(split, first), List.of(declaration), made)) {
            for (float[] features : collected) {
                writer.append(TENSOR, features);
            }
            writer.commit();
        }
        collected.clear();
        first += count;
        lastPut = System.nanoTime();
    }

    /** Removes all parts; the pass is at its end. */
    void remove() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        // Not what another pass is just writing, under another name.
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                Files.deleteIfExists(file); // another pass may remove it at the same time
            }
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("another pass still puts parts into {}", folder, e);
        }
    }

    private Path file(Split of, int from) {
        return folder.resolve(of.id() + "-" + from + SUFFIX);
    }
}
