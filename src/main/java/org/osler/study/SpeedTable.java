package org.osler.study;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osler.InputException;
import org.osler.encoder.Architecture;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.Precision;
import org.osler.train.Throughput;

/**
 * How fast encoders are, in images a second: some known, the others scaled from the known one of the same family (of
 * any, if there is none) whose multiply-adds are nearest.
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

        private double multiplyAdds() {
            return known().multiplyAddsAt(input);
        }

        private double distance(Key other) {
            double ratio = Math.abs(Math.log(multiplyAdds() / other.multiplyAdds()));
            return ratio + (known().family() == other.known().family() ? 0 : Double.MAX_VALUE / 2);
        }
    }

    /**
     * A speed.
     *
     * @param imagesPerSecond above 0
     * @param scaledFrom the architecture that it was scaled from; empty: known itself
     */
    record Speed(double imagesPerSecond, Optional<String> scaledFrom) {}

    private final String origin;
    private final Map<Key, Double> known = new LinkedHashMap<>();

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

    boolean has(Key key) {
        return known.containsKey(key);
    }

    /** Whether another one of the same family, put to the same, is known. */
    boolean hasFamilyOf(Key key) {
        return known.keySet().stream()
                .anyMatch(other -> other.mode() == key.mode()
                        && other.precision() == key.precision()
                        && other.known().family() == key.known().family());
    }

    /**
     * The speed of an encoder.
     *
     * @throws InputException if none at all is known of that mode and precision
     */
    Speed of(Key key) {
        Double own = known.get(key);
        if (own != null) {
            return new Speed(own, Optional.empty());
        }
        Key nearest = known.keySet().stream()
                .filter(other -> other.mode() == key.mode() && other.precision() == key.precision())
                .min(Comparator.comparing(key::distance))
                .orElseThrow(() -> new InputException(origin + " gives no speed for "
                        + key.mode().id() + " in " + key.precision().id() + ", which this study needs"));
        double speed = known.get(nearest) * nearest.multiplyAdds() / key.multiplyAdds();
        return new Speed(
                speed,
                nearest.architecture().equals(key.architecture())
                        ? Optional.of(nearest.input() + " pixels")
                        : Optional.of(nearest.architecture()));
    }
}
