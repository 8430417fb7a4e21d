package org.osler.study;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.osler.AtomicFile;
import org.osler.Build;
import org.osler.tensor.Device;
import org.osler.tensor.Libtorch;
import org.osler.weights.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speeds measured before, in {@code speeds.json} in Osler's home: by what made them (processor, threads, libtorch, Osler,
 * how features are made, how speeds are measured), so that whatever changes is measured anew.
 */
final class SpeedMemory {

    private static final Logger LOG = LoggerFactory.getLogger(SpeedMemory.class);
    private static final String FILE = "speeds.json";

    /** Goes up by one with each change of how speeds are measured. */
    private static final String MEASUREMENT = "2";

    private final Path file;
    private final String maker;
    private final Map<String, Map<String, Double>> all;

    private SpeedMemory(Path file, String maker, Map<String, Map<String, Double>> all) {
        this.file = file;
        this.maker = maker;
        this.all = all;
    }

    /** Reads what is known; a file that is damaged counts for nothing, since all can be measured again. */
    static SpeedMemory of(Home home, Device device) throws IOException {
        String maker = "%s; %d threads; libtorch %s; osler %s (%s); features %s; measurement %s"
                .formatted(
                        MachineSpeeds.maker(device),
                        Libtorch.threads(),
                        Libtorch.version(),
                        Build.current().version(),
                        Build.current().commit(),
                        FeatureFiles.FORMAT,
                        MEASUREMENT);
        return of(home, maker);
    }

    static SpeedMemory of(Home home, String maker) throws IOException {
        Path file = home.osler().resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return new SpeedMemory(file, maker, new TreeMap<>());
        }
        try {
            return new SpeedMemory(
                    file,
                    maker,
                    new JsonMapper()
                            .readValue(file.toFile(), new TypeReference<TreeMap<String, Map<String, Double>>>() {}));
        } catch (JacksonException | CharConversionException e) {
            LOG.warn("{} is damaged; this machine's speeds are measured anew", file);
            return new SpeedMemory(file, maker, new TreeMap<>());
        }
    }

    /** What is known of what made them now: values above 0 by name. */
    Map<String, Double> known() {
        return Map.copyOf(all.getOrDefault(maker, Map.of()));
    }

    /** Adds to what is known, or puts it in its place. */
    void keep(Map<String, Double> speeds, boolean alone) {
        Map<String, Double> kept = new TreeMap<>(alone ? Map.of() : known());
        kept.putAll(speeds);
        all.put(maker, kept);
        try {
            AtomicFile.write(
                    file, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        } catch (IOException e) {
            LOG.warn("cannot remember speeds in {} ({}); the next plan measures again", file, e.toString());
        }
    }
}
