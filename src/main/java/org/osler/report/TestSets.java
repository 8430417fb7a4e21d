package org.osler.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.PilBilinear;
import org.osler.data.Split;
import org.osler.data.review.GroupColumn;
import org.osler.metric.Units;
import org.osler.study.TrialResult;

/** The test splits of a study's datasets, each opened once. */
final class TestSets implements AutoCloseable {

    private final DatasetResolver resolver;
    private final Map<Key, Optional<Dataset>> opened = new LinkedHashMap<>();
    private final Map<Dataset, Units> units = new ConcurrentHashMap<>();
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
            reasons.put(key.name(), resolver.absence());
        } else if (!dataset.get().hash().equals(made)) {
            reasons.put(
                    key.name(),
                    "the dataset's file has changed since: its MD5 is "
                            + dataset.get().hash() + ", the results are from " + made);
            return Optional.empty();
        }
        return dataset;
    }

    /** Which test images of a dataset belong together; looked up once. Rows are judged side by side. */
    Units units(Dataset dataset) {
        return units.computeIfAbsent(dataset, TestSets::unitsOf);
    }

    /** How many groups a dataset's test images are drawn in for intervals; empty if each is drawn by itself. */
    OptionalInt groups(String name) {
        return opened.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .flatMap(entry -> entry.getValue().stream())
                .map(this::units)
                .filter(each -> !each.areCases())
                .mapToInt(Units::count)
                .findFirst();
    }

    private static Units unitsOf(Dataset dataset) {
        try {
            return GroupColumn.units(dataset, Split.TEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why some of a dataset's results could not be joined with its labels; empty if all could. */
    Optional<String> reason(String dataset) {
        return Optional.ofNullable(reasons.get(dataset));
    }

    /**
     * A test image as a data URI; where the dataset was opened in several sizes, of the largest. Empty if it was not
     * found.
     *
     * @param longestSide longer sides are reduced to this, in pixels
     */
    Optional<String> image(String name, int index, int longestSide) {
        return opened.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .flatMap(entry -> entry.getValue().stream())
                .reduce((a, b) -> a.height() >= b.height() ? a : b)
                .map(dataset -> image(images(dataset), index, longestSide));
    }

    private static Images images(Dataset dataset) {
        try {
            return dataset.images(Split.TEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String image(Images images, int index, int longestSide) {
        byte[] pixels = new byte[images.imageBytes()];
        images.read(index, pixels, 0);
        int height = images.height();
        int width = images.width();
        int longest = Math.max(height, width);
        if (longest <= longestSide) {
            return PngImage.dataUri(pixels, height, width, images.channels());
        }
        int outHeight = Math.max(1, Math.round((float) height * longestSide / longest));
        int outWidth = Math.max(1, Math.round((float) width * longestSide / longest));
        byte[] reduced = new byte[outHeight * outWidth * images.channels()];
        PilBilinear.resize(pixels, height, width, images.channels(), reduced, outHeight, outWidth);
        return PngImage.dataUri(reduced, outHeight, outWidth, images.channels());
    }

    @Override
    public void close() {
        opened.values().forEach(dataset -> dataset.ifPresent(Dataset::close));
    }
}
