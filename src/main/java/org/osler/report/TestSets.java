package org.osler.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.PilBilinear;
import org.osler.data.Split;
import org.osler.study.TrialResult;

/** The test splits of a study's datasets, each opened once. */
final class TestSets implements AutoCloseable {

    /** Longer sides are reduced to this, in pixels: the page shows images at about this size. */
    private static final int LONGEST_SIDE = 160;

    private final DatasetResolver resolver;
    private final Map<Key, Optional<Dataset>> opened = new LinkedHashMap<>();
    private final Map<String, String> reasons = new HashMap<>();

    private record Key(String name, OptionalInt size) {}

    TestSets(DatasetResolver resolver) {
        this.resolver = resolver;
    }

    /** The dataset that a result was made from, if it is still there and still the same. */
    Optional<Dataset> of(TrialResult result) throws IOException {
        var key = new Key(result.trial().dataset(), result.trial().size());
        if (!opened.containsKey(key)) {
            opened.put(key, resolver.open(result.trial()));
        }
        Optional<Dataset> dataset = opened.get(key);
        String made = result.provenance().dataMd5();
        if (dataset.isEmpty()) {
            reasons.put(key.name(), "the dataset's file was not found when this report was made");
        } else if (!dataset.get().hash().equals(made)) {
            reasons.put(
                    key.name(),
                    "the dataset's file has changed since: its MD5 is "
                            + dataset.get().hash() + ", the results are from " + made);
            return Optional.empty();
        }
        return dataset;
    }

    /** Why some of a dataset's results could not be joined with its labels; empty if all could. */
    Optional<String> reason(String dataset) {
        return Optional.ofNullable(reasons.get(dataset));
    }

    /** Data URIs of a dataset's test images, by index; where it was opened in several sizes, of the largest. */
    Map<Integer, String> images(String name, Set<Integer> indices) {
        Optional<Dataset> largest = opened.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .flatMap(entry -> entry.getValue().stream())
                .reduce((a, b) -> a.height() >= b.height() ? a : b);
        var uris = new LinkedHashMap<Integer, String>();
        largest.ifPresent(dataset ->
                indices.stream().sorted().forEach(index -> uris.put(index, image(dataset.images(Split.TEST), index))));
        return uris;
    }

    private static String image(Images images, int index) {
        byte[] pixels = new byte[images.imageBytes()];
        images.read(index, pixels, 0);
        int height = images.height();
        int width = images.width();
        int longest = Math.max(height, width);
        if (longest <= LONGEST_SIDE) {
            return PngImage.dataUri(pixels, height, width, images.channels());
        }
        int outHeight = Math.max(1, Math.round((float) height * LONGEST_SIDE / longest));
        int outWidth = Math.max(1, Math.round((float) width * LONGEST_SIDE / longest));
        byte[] reduced = new byte[outHeight * outWidth * images.channels()];
        PilBilinear.resize(pixels, height, width, images.channels(), reduced, outHeight, outWidth);
        return PngImage.dataUri(reduced, outHeight, outWidth, images.channels());
    }

    @Override
    public void close() {
        opened.values().forEach(dataset -> dataset.ifPresent(Dataset::close));
    }
}
