package org.osler.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osler.SeededRandom;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.metric.Task;

/**
 * How fast an encoder works on this machine: batches of noise, stored as MedMNIST's largest images are, on the very way
 * that a feature pass or a fine-tuning step takes.
 *
 * @param batch images in each batch
 * @param seconds how long each of the timed batches took, in order; at least one
 */
public record Throughput(int batch, List<Double> seconds) {

    /** MedMNIST's largest images. */
    private static final int STORED = 224;

    private static final int CHANNELS = 3;
    private static final int CLASSES = 8;

    public Throughput {
        seconds = List.copyOf(seconds);
    }

    /** What an encoder is put to. */
    public enum Mode {
        /** Features of a frozen encoder. */
        INFER,
        /** Fine-tuning: forward, backward and optimiser step. */
        TRAIN;

        /** The name on the command line: {@code infer}, {@code train}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How long to measure.
     *
     * @param warmUps batches before the first that is timed
     * @param fewest batches timed at least
     * @param seconds no further batch begins after so long
     */
    public record Budget(int warmUps, int fewest, double seconds) {}

    /** Ready to work through the same batch again and again. */
    public interface Work extends AutoCloseable {

        /** Works through the batch once. */
        void step();

        @Override
        void close();
    }

    /**
     * Gets ready; the encoder is borrowed.
     *
     * @param encoder with values; training changes them
     * @param batch images in a batch, from 1
     */
    public static Work prepare(Encoder encoder, Mode mode, int batch) {
        Images images = noise(batch);
        Preprocessing preprocessing = encoder.card().preprocessing(encoder.input(), Resize.SCALE);
        int[] all = FeatureExtractor.range(0, batch);
        if (mode == Mode.INFER) {
            return work(() -> FeatureExtractor.batch(encoder, images, preprocessing, all), () -> {});
        }
        var settings = FineTune.Settings.endToEnd(0, 1e-3, 1e-5);
        ImageSet set = set(images, preprocessing, all);
        Recipe recipe = Recipe.wu2025().withBatch(batch);
        var run = new FineTune(encoder, set, settings, recipe, BatchOrder.shuffled(0));
        return work(
                () -> {
                    run.step(all);
                    encoder.parameters().device().await();
                },
                run::close);
    }

    private static Work work(Runnable step, Runnable close) {
        return new Work() {
            @Override
            public void step() {
                step.run();
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    /**
     * Measures.
     *
     * @param encoder with values; training changes them
     * @param batch images in a batch, from 1
     */
    public static Throughput of(Encoder encoder, Mode mode, int batch, Budget budget) {
        try (Work work = prepare(encoder, mode, batch)) {
            return of(work, batch, budget);
        }
    }

    /** Measures what is ready for batches of so many images. */
    public static Throughput of(Work work, int batch, Budget budget) {
        for (int i = 0; i < budget.warmUps(); i++) {
            work.step();
        }
        List<Double> seconds = new ArrayList<>();
        long start = System.nanoTime();
        do {
            long before = System.nanoTime();
            work.step();
            seconds.add((System.nanoTime() - before) / 1e9);
        } while (seconds.size() < budget.fewest() || (System.nanoTime() - start) / 1e9 < budget.seconds());
        return new Throughput(batch, seconds);
    }

    private static Images noise(int count) {
        SeededRandom random = SeededRandom.of(0, "throughput");
        byte[] pixels = new byte[count * STORED * STORED * CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.below(256);
        }
        return Images.of(count, STORED, STORED, CHANNELS, pixels);
    }

    private static ImageSet set(Images images, Preprocessing preprocessing, int... all) {
        int[][] classes =
                Arrays.stream(all).mapToObj(i -> new int[] {i % CLASSES}).toArray(int[][]::new);
        Map<Split, Images> imagesOf = new EnumMap<>(Split.class);
        Map<Split, int[][]> labelsOf = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            imagesOf.put(split, images);
            labelsOf.put(split, classes);
        }
        return new ImageSet(Task.MULTI_CLASS, CLASSES, imagesOf, labelsOf, all, preprocessing);
    }

    /** Images a second: of the batch in the middle. */
    public double median() {
        return quantile(0.5);
    }

    /**
     * Images a second, of the batches in order from slow to fast (linear between neighbours).
     *
     * @param fraction 0: the slowest batch; 1: the fastest
     */
    public double quantile(double fraction) {
        double[] speeds =
                seconds.stream().mapToDouble(time -> batch / time).sorted().toArray();
        double place = fraction * (speeds.length - 1);
        int below = (int) place;
        int above = Math.min(speeds.length - 1, below + 1);
        return speeds[below] + (place - below) * (speeds[above] - speeds[below]);
    }
}
