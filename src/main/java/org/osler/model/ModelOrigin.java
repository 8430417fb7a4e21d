package org.osler.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * How a model came to be; for people and for the record, not needed to use it.
 *
 * @param strategy the strategy's id, e.g. {@code fine-tune}
 * @param learningRates the learning rates by name
 * @param recipe the recipe's name
 * @param seed decides head initialisation and batch order
 * @param trial every setting of the training
 * @param seconds time spent
 * @param data what it was trained on
 * @param weights SHA-256 of the weights that training began with, or {@code random}
 * @param software what it was made with
 * @param finished when it was done
 */
public record ModelOrigin(
        String strategy,
        Map<String, Double> learningRates,
        String recipe,
        long seed,
        JsonNode trial,
        double seconds,
        Data data,
        String weights,
        Software software,
        Instant finished) {

    /** In place of a hash for weights that were drawn, not read. */
    static final String RANDOM = "random";

    /**
     * The dataset.
     *
     * @param name what it is called
     * @param hash of its content
     * @param train training images used
     * @param val validation images
     * @param test test images
     */
    public record Data(String name, String hash, int train, int val, int test) {}

    /**
     * Program and machine.
     *
     * @param osler Osler's version
     * @param commit Osler's commit
     * @param libtorch libtorch's version
     * @param jvm the Java runtime, name and version
     * @param os operating system, version and architecture
     * @param cpu the processor's name
     * @param threads threads that libtorch computed with
     * @param device the device's name
     */
    public record Software(
            String osler,
            String commit,
            String libtorch,
            String jvm,
            String os,
            String cpu,
            int threads,
            String device) {}

    /** Whether its encoder began with random values. */
    boolean isUntrained() {
        return weights.equals(RANDOM);
    }
}
