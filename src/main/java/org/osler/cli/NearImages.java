package org.osler.cli;

import java.io.IOException;
import java.util.List;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.Split;
import org.osler.data.image.Picture;
import org.osler.model.Classifier;
import org.osler.model.Neighbours;
import org.osler.model.Prediction;
import org.osler.report.ExplainedImage.Near;
import org.osler.train.Progress;

/** A dataset's training images, to be looked up by how near they are to others. Closes the dataset. */
final class NearImages implements AutoCloseable {

    private static final int COUNT = 5;

    private final Dataset dataset;
    private final Images images;
    private final Neighbours neighbours;

    private NearImages(Dataset dataset, Images images, Neighbours neighbours) {
        this.dataset = dataset;
        this.images = images;
        this.neighbours = neighbours;
    }

    static NearImages of(Classifier classifier, Dataset dataset, Progress progress) throws IOException {
        try {
            return new NearImages(dataset, dataset.images(Split.TRAIN), Neighbours.of(classifier, dataset, progress));
        } catch (IOException | RuntimeException e) {
            dataset.close();
            throw e;
        }
    }

    String name() {
        return dataset.name();
    }

    /** The five nearest to an image. */
    List<Near> to(Prediction prediction) {
        return neighbours.of(prediction.features(), COUNT).stream()
                .map(neighbour -> new Near(picture(neighbour.index()), neighbour))
                .toList();
    }

    private Picture picture(int index) {
        byte[] pixels = new byte[images.imageBytes()];
        images.read(index, pixels, 0);
        return new Picture(images.height(), images.width(), images.channels(), pixels);
    }

    @Override
    public void close() {
        dataset.close();
    }
}
