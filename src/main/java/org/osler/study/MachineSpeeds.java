package org.osler.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osler.AtomicFile;
import org.osler.Build;
import org.osler.encoder.Architecture;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.nn.Parameters;
import org.osler.tensor.DType;
import org.osler.tensor.Libtorch;
import org.osler.tensor.Precision;
import org.osler.tensor.Processor;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensors;
import org.osler.train.HeadSpeed;
import org.osler.train.Progress;
import org.osler.train.Throughput;
import org.osler.weights.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast this machine is, measured in seconds once and kept in {@code speeds.json} in Osler's home, by machine, threads
 * and version.
 *
 * <p>Convolutional networks are measured one by one, for their kernels differ; of vision transformers, all alike but for
 * their size, the small ones and the smallest of the others. What is large, or beyond the time that there is, is scaled.
 */
final class MachineSpeeds {

    private static final Logger LOG = LoggerFactory.getLogger(MachineSpeeds.class);

    private static final String FILE = "speeds.json";
    private static final String HEAD_STEP = "head step";
    private static final String PAIR = "pair of neighbours";
    private static final double LARGEST_CNN = 20e9;
    private static final double LARGEST_VIT = 6e9;
    private static final int BATCH = 4;
    private static final double SECONDS_EACH = 0.2;
    private static final double SECONDS_IN_ALL = 10;

    private final Path file;
    private final String machine;
    private final Map<String, Map<String, Double>> all;

    private MachineSpeeds(Path file, String machine, Map<String, Map<String, Double>> all) {
        this.file = file;
        this.machine = machine;
        this.all = all;
    }

    static MachineSpeeds of(Home home) throws IOException {
        Path file = home.osler().resolve(FILE);
        Map<String, Map<String, Double>> all = read(file);
        String machine = "%s; %d threads; libtorch %s; osler %s"
                .formatted(
                        Processor.name(),
                        Libtorch.threads(),
                        Libtorch.version(),
                        Build.current().commit());
        all.putIfAbsent(machine, new TreeMap<>());
        return new MachineSpeeds(file, machine, all);
    }

    /** What was measured before; a file that is damaged counts for nothing, since all can be measured again. */
    private static Map<String, Map<String, Double>> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new TreeMap<>();
        }
        try {
            return new JsonMapper()
                    .readValue(file.toFile(), new TypeReference<TreeMap<String, Map<String, Double>>>() {});
        } catch (JsonProcessingException | CharConversionException e) {
            LOG.warn("{} is damaged; this machine's speeds are measured anew", file);
            return new TreeMap<>();
        }
    }

    /** Measures what is not known yet of these, as far as it is worth its time, and gives all that is known. */
    SpeedTable table(Collection<SpeedTable.Key> wanted, Progress progress) throws IOException {
        var table = new SpeedTable("this machine (" + Processor.name() + ", " + Libtorch.threads() + " threads)");
        Map<String, Double> known = all.get(machine);
        List<SpeedTable.Key> cheapestFirst = wanted.stream()
                .distinct()
                .sorted(Comparator.comparing(key -> architecture(key).multiplyAddsAt(key.input())))
                .toList();
        cheapestFirst.stream()
                .filter(key -> known.containsKey(name(key)))
                .forEach(key -> table.put(key, known.get(name(key))));
        long start = System.nanoTime();
        try (Progress.Bar bar = progress.begin("measuring this machine", cheapestFirst.size())) {
            for (SpeedTable.Key key : cheapestFirst) {
                boolean time = (System.nanoTime() - start) / 1e9 < SECONDS_IN_ALL;
                boolean worth = !table.hasFamilyOf(key) || (time && isSmall(key));
                if (!table.has(key) && worth) {
                    double speed = measure(key);
                    table.put(key, speed);
                    known.put(name(key), speed);
                }
                bar.step(1);
            }
        }
        keep();
        return table;
    }

    HeadSpeed heads() throws IOException {
        Map<String, Double> known = all.get(machine);
        if (!known.containsKey(HEAD_STEP)) {
            HeadSpeed speed = HeadSpeed.measure();
            known.put(HEAD_STEP, speed.headStep());
            known.put(PAIR, speed.pair());
            keep();
        }
        return new HeadSpeed(known.get(HEAD_STEP), known.get(PAIR));
    }

    private void keep() throws IOException {
        AtomicFile.write(file, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }

    private static boolean isSmall(SpeedTable.Key key) {
        Architecture architecture = architecture(key);
        double most = architecture.family() == Architecture.Family.CNN ? LARGEST_CNN : LARGEST_VIT;
        return architecture.multiplyAddsAt(key.input()) <= most;
    }

    private static Architecture architecture(SpeedTable.Key key) {
        return EncoderCatalog.architecture(key.architecture()).orElseThrow();
    }

    private static String name(SpeedTable.Key key) {
        return key.architecture() + " " + key.input() + " " + key.mode().id() + " "
                + key.precision().id();
    }

    private static double measure(SpeedTable.Key key) {
        EncoderCard card = EncoderCatalog.find(key.architecture()).orElseThrow();
        try (Encoder encoder = card.build(key.input())) {
            fill(encoder.parameters());
            if (key.mode() == Throughput.Mode.INFER) {
                encoder.parameters().freeze(key.precision() == Precision.BF16 ? DType.BFLOAT16 : DType.FLOAT32);
            }
            return Throughput.of(encoder, key.mode(), BATCH, new Throughput.Budget(1, 1, SECONDS_EACH))
                    .median();
        }
    }

    /** Any values do, and drawing many millions would take longer than to measure; fresh zeros lie in no memory yet. */
    private static void fill(Parameters parameters) {
        try (Scope scope = Scope.open()) {
            parameters
                    .entries()
                    .values()
                    .forEach(entry -> entry.tensor()
                            .copyInPlace(Tensors.full(0.02, DType.FLOAT32)
                                    .to(entry.tensor().dtype())));
        }
    }
}
