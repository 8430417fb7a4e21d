package org.osler.study;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osler.InputException;
import org.osler.encoder.Architecture;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.Precision;
import org.osler.train.Throughput;

/**
 * How fast encoders are, in images a second: some known, the others scaled by multiplications with addition from a known
 * one: of the same family, put to the same, whose operations are nearest; else of the same family put to the other use; else
 * of the other family.
 */
final class SpeedTable {

    /**
     * What a speed belongs to.
     *
     * @param architecture timm's name; weights do not matter
     * @param input side in pixels of what it sees
     */
    record Key(String architecture, int input, Throughput.Mode mode, Precision precision) {
        private Architecture known() {
            return EncoderCatalog.architecture(architecture).orElseThrow();
        }

        /** Multiplications with addition for the features of one image. */
        double operations() {
            return known().multiplyAddsAt(input);
        }

        /** The same with images of another size. */
        Key at(int side) {
            return new Key(architecture, side, mode, precision);
        }

        /** The same put to features. */
        Key forFeatures() {
            return new Key(architecture, input, Throughput.Mode.INFER, precision);
        }

        /** Whether another one is put to the same, and computes in the same precision. */
        boolean isUsedLike(Key other) {
            return mode == other.mode && precision == other.precision;
        }

        /** Multiplications with addition for one image: a training step is a forward pass and two as long backwards. */
        double work() {
            return operations() * (mode == Throughput.Mode.TRAIN ? TRAINING : 1);
        }

        private boolean isOfFamilyOf(Key other) {
            return known().family() == other.known().family();
        }

        /** How far from each other two are: the lower, the better one tells of the other's speed. */
        private double distance(Key other) {
            int kinds = (isOfFamilyOf(other) ? 0 : 2) + (mode == other.mode ? 0 : 1);
            return kinds * OTHER_KIND + Math.abs(Math.log(operations() / other.operations()));
        }
    }

    /**
     * A speed.
     *
     * @param imagesPerSecond above 0
     * @param scaledFrom the architecture that it was scaled from; empty: known itself
     * @param postponed whether it was to be measured, and there was no time
     */
    record Speed(double imagesPerSecond, Optional<String> scaledFrom, boolean postponed) {}

    private static final int TRAINING = 3;

    /** More than the logarithm of any ratio of operations. */
    private static final double OTHER_KIND = 1000;

    private final String origin;
    private final Map<Key, Double> known = new LinkedHashMap<>();
    private final Set<Key> postponed = new HashSet<>();

    /**
     * A table in which nothing is known.
     *
     * @param origin where the speeds come from, for people
     */
    SpeedTable(String origin) {
        this.origin = origin;
    }

    String origin() {
        return origin;
    }

    void put(Key key, double imagesPerSecond) {
        known.put(key, imagesPerSecond);
    }

    /** There was no time to measure it. */
    void postpone(Key key) {
        postponed.add(key);
    }

    boolean has(Key key) {
        return known.containsKey(key);
    }

    /** Whether another one of the same family, put to the same, is known. */
    boolean hasFamilyOf(Key key) {
        return known.keySet().stream().anyMatch(other -> other.isUsedLike(key) && other.isOfFamilyOf(key));
    }

    /** Whether one is known from which this one's speed can be scaled. */
    boolean tells(Key key) {
        return known.keySet().stream().anyMatch(other -> other.precision() == key.precision());
    }

    /**
     * Makes sure that some encoder is known that is put to the same.
     *
     * @throws InputException if there is none
     */
    void requireUseOf(Key key) {
        if (known.keySet().stream().noneMatch(key::isUsedLike)) {
            throw new InputException(origin + " gives no speed for "
                    + key.mode().id() + " in " + key.precision().id() + ", which this study needs");
        }
    }

    /** The speed of an encoder; {@link #tells} has to say that it can be told. */
    Speed of(Key key) {
        Double own = known.get(key);
        if (own != null) {
            return new Speed(own, Optional.empty(), false);
        }
        Key nearest = known.keySet().stream()
                .filter(other -> other.precision() == key.precision())
                .min(Comparator.comparing(key::distance))
                .orElseThrow();
        return new Speed(
                known.get(nearest) * nearest.work() / key.work(),
                Optional.of(name(nearest, key)),
                postponed.contains(key));
    }

    private static String name(Key nearest, Key key) {
        boolean same = nearest.architecture().equals(key.architecture());
        if (nearest.mode() != key.mode()) {
            String use = nearest.mode() == Throughput.Mode.INFER ? "features" : "training";
            return (same ? "its " : nearest.architecture() + "'s ") + use;
        }
        return same ? nearest.input() + " pixels" : nearest.architecture();
    }
}
