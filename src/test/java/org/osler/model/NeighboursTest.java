package org.osler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.Images;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.train.Progress;
import org.osler.weights.Home;

class NeighboursTest {

    @TempDir
    private Path folder;

    @Test
    void theNearestAreThoseOfTheLargestCosine() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.MULTI_LABEL, 3);
        try (Classifier model = Classifier.load(folder.resolve("model"));
                Dataset dataset = phantom()) {
            List<float[]> train = features(model, dataset, Split.TRAIN);
            Neighbours neighbours = Neighbours.of(model, dataset, Progress.SILENT);
            for (float[] query : features(model, dataset, Split.TEST)) {
                List<Integer> expected = IntStream.range(0, train.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -cosine(train.get(i), query)))
                        .limit(5)
                        .toList();
                List<Neighbours.Neighbour> found = neighbours.of(query, 5);
                assertThat(found).extracting(Neighbours.Neighbour::index).containsExactlyElementsOf(expected);
                for (Neighbours.Neighbour each : found) {
                    assertThat(each.similarity()).isCloseTo(cosine(train.get(each.index()), query), within(1e-6));
                    assertThat(each.image()).isEqualTo("phantom/train/" + each.index());
                    int[] row = dataset.labels(Split.TRAIN)[each.index()];
                    assertThat(each.labels())
                            .containsExactlyElementsOf(IntStream.range(0, row.length)
                                    .filter(c -> row[c] == 1)
                                    .mapToObj(dataset.labelNames()::get)
                                    .toList());
                }
            }
        }
    }

    @Test
    void aTrainingImageIsNearestToItselfAndAllAreGivenWhereThereAreFew() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.MULTI_LABEL, 3);
        try (Classifier model = Classifier.load(folder.resolve("model"));
                Dataset dataset = phantom()) {
            Neighbours neighbours = Neighbours.of(model, dataset, Progress.SILENT);
            List<float[]> train = features(model, dataset, Split.TRAIN);
            for (int i = 0; i < train.size(); i++) {
                Neighbours.Neighbour nearest = neighbours.of(train.get(i), 1).get(0);
                assertThat(nearest.index()).isEqualTo(i);
                assertThat(nearest.similarity()).isCloseTo(1, within(1e-6));
            }
            assertThat(neighbours.of(train.get(0), 1000)).hasSize(train.size());
        }
    }

    private Dataset phantom() throws IOException {
        Path npz = folder.resolve("phantom.npz");
        Phantoms.write(new PhantomSpec(Task.MULTI_LABEL, 3, 1, 28, 40, 10, 8, 5), npz);
        return new DatasetStore(new Home(folder.resolve("home"), folder.resolve("hub")))
                .open(new DatasetSource("phantom", npz, Optional.of(Task.MULTI_LABEL), List.of(), Optional.empty()));
    }

    private static List<float[]> features(Classifier model, Dataset dataset, Split split) throws IOException {
        Images images = dataset.images(split);
        return IntStream.range(0, dataset.count(split))
                .mapToObj(i -> model.predictPrepared(List.of(model.prepare(images, i)))
                        .get(0)
                        .features())
                .toList();
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double ofOne = 0;
        double ofOther = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            ofOne += (double) one[i] * one[i];
            ofOther += (double) other[i] * other[i];
        }
        return product / Math.sqrt(ofOne * ofOther);
    }
}
