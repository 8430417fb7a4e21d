package org.osler.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.train.Progress;

/**
 * The training images that are nearest to an image in the eyes of a model's encoder: those whose features point in the
 * most similar direction.
 *
 * <p>A model's folder holds no images and none of their features, so that it can be handed on; the dataset is given
 * anew.
 */
public final class Neighbours {

    private static final int BATCH = 32;

    private final float[][] directions;
    private final List<String> names;
    private final List<List<String>> labels;

    /**
     * A training image.
     *
     * @param index of the image in the training split, from 0
     * @param image its file as the dataset calls it, or {@code dataset/train/index}
     * @param labels its class; of a multi-label dataset all that are there, which may be none
     * @param similarity the cosine of the angle between both images' features, −1 to 1 (the same direction)
     */
    public record Neighbour(int index, String image, List<String> labels, double similarity) {}

    private Neighbours(float[][] directions, List<String> names, List<List<String>> labels) {
        this.directions = directions;
        this.names = names;
        this.labels = labels;
    }

    /**
     * Passes a dataset's training images through a model's encoder; features stay in memory, 4 bytes a number.
     *
     * @param dataset of any labels
     * @throws IOException if the disk fails
     */
    public static Neighbours of(Classifier model, Dataset dataset, Progress progress) throws IOException {
        Images images = dataset.images(Split.TRAIN);
        float[][] directions = new float[images.count()][];
        try (Progress.Bar bar =
                progress.begin("features of " + dataset.name() + "'s training images", images.count())) {
            for (int from = 0; from < images.count(); from += BATCH) {
                List<PreparedImage> part = new ArrayList<>();
                for (int i = from; i < Math.min(images.count(), from + BATCH); i++) {
                    part.add(model.prepare(images, i));
                }
                List<Prediction> predictions = model.predictPrepared(part);
                for (int i = 0; i < part.size(); i++) {
                    directions[from + i] = direction(predictions.get(i).features());
                }
                bar.step(part.size());
            }
        }
        Optional<List<String>> files = dataset.metadata().column(Split.TRAIN, Metadata.IMAGE);
        List<String> names = files.orElseGet(() -> IntStream.range(0, images.count())
                .mapToObj(i -> dataset.name() + "/" + Split.TRAIN.id() + "/" + i)
                .toList());
        return new Neighbours(directions, names, labels(dataset));
    }

    private static List<List<String>> labels(Dataset dataset) {
        List<List<String>> all = new ArrayList<>();
        for (int[] row : dataset.labels(Split.TRAIN)) {
            all.add(dataset.labelNames(row));
        }
        return all;
    }

    /** A vector at length 1; one of length 0 stays as it is, like none. */
    private static float[] direction(float[] features) {
        double squares = 0;
        for (float feature : features) {
            squares += (double) feature * feature;
        }
        float[] direction = features.clone();
        for (int i = 0; i < direction.length && squares > 0; i++) {
            direction[i] = (float) (features[i] / Math.sqrt(squares));
        }
        return direction;
    }

    /**
     * The images nearest to one, the most similar first, of equally similar ones the first in the dataset.
     *
     * @param features of the image, as {@link Prediction#features} has them
     * @param count how many; all there are, if these are fewer
     */
    public List<Neighbour> of(float[] features, int count) {
        float[] wanted = direction(features);
        double[] similarities = IntStream.range(0, directions.length)
                .parallel()
                .mapToDouble(i -> product(directions[i], wanted))
                .toArray();
        return IntStream.range(0, similarities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -similarities[i]))
                .limit(count)
                .map(i -> new Neighbour(i, names.get(i), labels.get(i), similarities[i]))
                .toList();
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return Math.min(1, Math.max(-1, sum));
    }
}
