package org.osler.study;

import java.time.Instant;

/**
 * What a result was made with and from.
 *
 * @param osler Osler's version
 * @param commit Osler's commit, with {@code -dirty} if its sources had changes; {@code unknown} if built outside git
 * @param libtorch libtorch's version
 * @param jvm the Java runtime, name and version
 * @param os operating system, version and architecture
 * @param cpu the processor's name
 * @param threads threads that libtorch computed with
 * @param device the device's name: {@code cpu}, or a card's with its driver, CUDA and cuDNN
 * @param weightsSha256 SHA-256 of the weight file, or {@code random}
 * @param dataMd5 hash of the dataset: of an npz file its MD5
 * @param started when the trial started
 * @param finished when it was done
 */
public record Provenance(
        String osler,
        String commit,
        String libtorch,
        String jvm,
        String os,
        String cpu,
        int threads,
        String device,
        String weightsSha256,
        String dataMd5,
        Instant started,
        Instant finished) {

    /** In place of a hash for weights that were drawn, not read. */
    public static final String RANDOM_WEIGHTS = "random";

    /** Whether a result was made from the data and weights with these hashes. */
    public boolean madeFrom(String weights, String data) {
        return weightsSha256.equals(weights) && dataMd5.equals(data);
    }
}
