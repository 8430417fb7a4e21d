package org.osler.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osler.data.Dataset;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.tensor.Libtorch;
import org.osler.train.FeatureExtractor;
import org.osler.train.Progress;
import org.osler.weights.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Features computed once and kept, in files whose names are a hash of everything that made them. */
final class FeatureFiles {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureFiles.class);

    /** Counts up whenever the same inputs would give other features. */
    static final String FORMAT = "9";

    private final Path folder;

    FeatureFiles(Home home) {
        this.folder = home.osler().resolve("features");
    }

    /**
     * The file of a trial's features, made now if it is not there yet; only then is the encoder opened.
     *
     * @param card of the trial's encoder
     */
    Path get(
            Trial trial,
            EncoderCard card,
            Dataset dataset,
            Sources.Weights weights,
            Opening<Encoder> encoder,
            Progress progress)
            throws IOException {
        Map<String, String> made = made(trial, card, weights.sha256(), dataset.hash());
        Path file = folder.resolve(hash(made) + ".safetensors");
        if (!FeatureExtractor.isIntact(file)) {
            if (Files.exists(file)) {
                LOG.warn("{} is damaged; the features are computed anew", file);
            }
            try (Encoder opened = encoder.open()) {
                FeatureExtractor.write(
                        opened, dataset, card.preprocessing(trial.input(), trial.resize()), file, made, progress);
            }
        }
        return file;
    }

    /** Opens something that is not always needed. */
    @FunctionalInterface
    interface Opening<T> {
        T open() throws IOException;
    }

    /** A hash of everything that makes a trial's features, 32 hexadecimal digits. */
    static String key(Trial trial, EncoderCard card, String weightsSha256, String dataMd5) {
        return hash(made(trial, card, weightsSha256, dataMd5));
    }

    /** Whether there are any features of anything. */
    boolean hasAny() {
        return Files.isDirectory(folder);
    }

    /** Whether a trial's features are there already. */
    boolean has(Trial trial, EncoderCard card, String weightsSha256, String dataMd5) {
        return Files.exists(folder.resolve(key(trial, card, weightsSha256, dataMd5) + ".safetensors"));
    }

    /** A trial's features, if they are there and whole. */
    Optional<Path> find(Trial trial, EncoderCard card, String weightsSha256, String dataMd5) throws IOException {
        Path file = folder.resolve(hash(made(trial, card, weightsSha256, dataMd5)) + ".safetensors");
        return FeatureExtractor.isIntact(file) ? Optional.of(file) : Optional.empty();
    }

    private static Map<String, String> made(Trial trial, EncoderCard card, String weightsSha256, String dataMd5) {
        Map<String, String> made = new TreeMap<>();
        made.put("format", FORMAT);
        made.put("encoder", trial.encoder());
        made.put("architecture", card.architecture().name());
        made.put("mean", card.mean().toString());
        made.put("std", card.std().toString());
        made.put("weights", weightsSha256);
        made.put("data", dataMd5);
        made.put("input", Integer.toString(trial.input()));
        made.put("resize", trial.resize().id());
        made.put("precision", trial.precision().id());
        made.put("device", trial.device().id());
        made.put("libtorch", Libtorch.version());
        made.put("threads", Integer.toString(Libtorch.threads()));
        return made;
    }

    private static String hash(Map<String, String> made) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(made.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
