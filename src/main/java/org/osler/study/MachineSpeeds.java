package org.osler.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.osler.encoder.Architecture;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;
import org.osler.tensor.Libtorch;
import org.osler.tensor.Processor;
import org.osler.train.HeadSpeed;
import org.osler.train.Progress;

/**
 * How fast this machine is: measured in seconds, and kept for the next time if nothing disturbed it meanwhile.
 *
 * <p>Convolutional networks are measured one by one, for their kernels differ; of vision transformers, all alike but for
 * their size, the small ones and the smallest of the others. What is large, or beyond the time that there is, is scaled
 * by multiply-adds. An encoder is measured only if what is known by then says that the time suffices, so that all of it
 * takes about as long on a slow machine as on a fast one. On a busy machine, where threads wait for each other at every
 * step, no more than one encoder is measured.
 */
final class MachineSpeeds {

    /** No encoder begins to be measured after so many seconds, nor one that would take longer. */
    static final double SECONDS_IN_ALL = 14;

    private static final String HEAD_STEP = "head step";
    private static final String PAIR = "pair of neighbours";
    private static final double LARGEST_CNN = 20e9;
    private static final double LARGEST_VIT = 6e9;

    /** What is larger is measured at this input, if it is the first of its kind. */
    private static final double LARGEST_FIRST = 20e9;

    private static final int SMALL_INPUT = 224;

    /** An encoder's measurement takes about as long as so many images, … */
    private static final int IMAGES = 9;

    /** … and as making so many parameters a second. */
    private static final double PARAMETERS_A_SECOND = 200e6;

    /** More of the processors in other hands than this, of those that Osler computes on, and it was no measurement. */
    private static final double TAKEN = 0.15;

    /** So long others are watched before anything is measured. */
    private static final double LOOK = 0.3;

    /** A speed that differs from itself by more than this factor was none. */
    private static final double UNSTEADY = 1.4;

    /** Work on features is measured until two measurements agree, but no more often than this after the first. */
    private static final int MOST_HEADS = 8;

    private final SpeedMemory memory;
    private final SpeedMeter meter;
    private final Device device;

    MachineSpeeds(SpeedMemory memory, SpeedMeter meter, Device device) {
        this.memory = memory;
        this.meter = meter;
        this.device = device;
    }

    /** What computes: the processor, or a card beside it. */
    static String maker(Device device) {
        return device.isCpu() ? Processor.name() : Processor.name() + "; " + Cuda.describe(device);
    }

    /**
     * Speeds.
     *
     * @param encoders those that were measured, and what was to be measured and was not
     * @param heads of work on features
     * @param disturbance what disturbed the measurement, which was not kept then; empty: nothing
     */
    record Speeds(SpeedTable encoders, HeadSpeed heads, Optional<String> disturbance) {}

    /**
     * Measures what is not known yet, as far as it is worth its time.
     *
     * @param wanted encoders
     * @param again whether what is known is measured, too
     */
    Speeds of(Collection<SpeedTable.Key> wanted, boolean again, Progress progress) throws IOException {
        var table = new SpeedTable("this machine (" + maker(device) + ", " + Libtorch.threads() + " threads)");
        Map<String, Double> known = again ? Map.of() : memory.known();
        Map<SpeedTable.Key, Double> measured = new LinkedHashMap<>();
        List<SpeedTable.Key> order = inOrder(wanted);
        order.stream().filter(key -> known.containsKey(name(key))).forEach(key -> table.put(key, known.get(name(key))));
        double start = meter.clock();
        Heads heads = heads(known);
        Optional<String> disturbance = order.stream().anyMatch(key -> isToBeMeasured(key, table))
                ? measure(order, table, measured, start, progress)
                : Optional.empty();
        if (disturbance.isEmpty() && !(measured.isEmpty() && heads.known())) {
            Map<String, Double> kept = new LinkedHashMap<>();
            measured.forEach((key, speed) -> kept.put(name(key), speed));
            if (heads.steady()) {
                kept.put(HEAD_STEP, heads.speed().headStep());
                kept.put(PAIR, heads.speed().pair());
            }
            memory.keep(kept, again);
        }
        return new Speeds(table, heads.speed(), disturbance);
    }

    /** Measures, and tells what disturbed it. */
    private Optional<String> measure(
            List<SpeedTable.Key> order,
            SpeedTable table,
            Map<SpeedTable.Key, Double> measured,
            double start,
            Progress progress) {
        Optional<String> before = othersWhile(() -> meter.pause(LOOK));
        Optional<String> meanwhile =
                othersWhile(() -> measure(order, table, measured, start, before.isPresent(), progress));
        return before.or(() -> meanwhile).or(() -> change(measured));
    }

    /** Measures, in this order, as far as it is worth it and there is time; if busy, the first only. */
    private void measure(
            List<SpeedTable.Key> order,
            SpeedTable table,
            Map<SpeedTable.Key, Double> measured,
            double start,
            boolean busy,
            Progress progress) {
        try (Progress.Bar bar = progress.begin("measuring this machine", order.size())) {
            for (SpeedTable.Key key : order) {
                if (isToBeMeasured(key, table)) {
                    boolean first = !table.tells(key);
                    double left = SECONDS_IN_ALL - (meter.clock() - start);
                    OptionalDouble speed = first || (!busy && expected(key, table) < left)
                            ? meter.imagesPerSecond(key, busy ? 0 : left, first)
                            : OptionalDouble.empty();
                    if (speed.isPresent()) {
                        table.put(key, speed.getAsDouble());
                        measured.put(key, speed.getAsDouble());
                    } else {
                        table.postpone(key);
                    }
                }
                bar.step(1);
            }
        }
    }

    private static boolean isToBeMeasured(SpeedTable.Key key, SpeedTable table) {
        return !table.has(key) && (!table.hasFamilyOf(key) || isSmall(key));
    }

    private static double expected(SpeedTable.Key key, SpeedTable table) {
        return IMAGES / table.of(key).imagesPerSecond() + architecture(key).parameters() / PARAMETERS_A_SECOND;
    }

    /** What others did while something was done, if it was much. */
    private Optional<String> othersWhile(Runnable work) {
        meter.watchOthers();
        work.run();
        double taken = meter.takenByOthers();
        return taken <= TAKEN * Libtorch.threads()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "other programs took %.1f of the %d processors that Osler computes on",
                        taken,
                        Libtorch.threads()));
    }

    /** Whether the first encoder is still as fast as it was. */
    private Optional<String> change(Map<SpeedTable.Key, Double> measured) {
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        var first = measured.entrySet().iterator().next();
        double again = meter.imagesPerSecond(first.getKey(), 1, true).orElseThrow();
        return agree(again, first.getValue())
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s made %.0f images a second at first, and %.0f at the end",
                        first.getKey().architecture(),
                        first.getValue(),
                        again));
    }

    /** Work on features, and whether it was known, and fit to be kept. */
    private record Heads(HeadSpeed speed, boolean known, boolean steady) {}

    private Heads heads(Map<String, Double> known) {
        if (known.containsKey(HEAD_STEP) && known.containsKey(PAIR)) {
            return new Heads(new HeadSpeed(known.get(HEAD_STEP), known.get(PAIR)), true, true);
        }
        HeadSpeed before = meter.heads();
        for (int i = 0; i < MOST_HEADS; i++) {
            HeadSpeed now = meter.heads();
            if (agree(before.headStep(), now.headStep()) && agree(before.pair(), now.pair())) {
                return new Heads(now, false, true);
            }
            before = now; // Java's compiler is still at work, or others are
        }
        return new Heads(before, false, false);
    }

    private static boolean agree(double a, double b) {
        return a < UNSTEADY * b && b < UNSTEADY * a;
    }

    /**
     * What is to be measured. First comes the least work in each precision, from which all else could be told; then the
     * least of each family for features and for training, with small images where the wanted ones are large; then the others.
     */
    private static List<SpeedTable.Key> inOrder(Collection<SpeedTable.Key> wanted) {
        List<SpeedTable.Key> leastFirst = new ArrayList<>(wanted);
        leastFirst.sort(Comparator.comparing(SpeedTable.Key::work));
        Map<Object, SpeedTable.Key> firsts = new LinkedHashMap<>();
        leastFirst.forEach(key -> firsts.putIfAbsent(key.precision(), small(key).forFeatures()));
        leastFirst.forEach(key -> firsts.putIfAbsent(
                List.of(key.precision(), key.mode(), architecture(key).family()), small(key)));
        Set<SpeedTable.Key> order = new LinkedHashSet<>(firsts.values());
        order.addAll(leastFirst);
        return List.copyOf(order);
    }

    private static SpeedTable.Key small(SpeedTable.Key key) {
        return key.operations() > LARGEST_FIRST ? key.at(SMALL_INPUT) : key;
    }

    private static boolean isSmall(SpeedTable.Key key) {
        return key.operations() <= (architecture(key).family() == Architecture.Family.CNN ? LARGEST_CNN : LARGEST_VIT);
    }

    private static Architecture architecture(SpeedTable.Key key) {
        return EncoderCatalog.architecture(key.architecture()).orElseThrow();
    }

    private static String name(SpeedTable.Key key) {
        return key.architecture() + " " + key.input() + " " + key.mode().id() + " "
                + key.precision().id();
    }
}
