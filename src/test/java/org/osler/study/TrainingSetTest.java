package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.DatasetStore;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.weights.Home;

class TrainingSetTest {

    @TempDir
    private Path folder;

    @Test
    void allImagesAreThoseWithoutAnyLabelToo() throws IOException {
        var home = new Home(folder.resolve("home"), folder.resolve("hub"));
        var spec = new PhantomSpec(Task.MULTI_LABEL, 2, 1, 28, 40, 8, 8, 3);
        try (Dataset dataset = new DatasetStore(home).open(Phantoms.source("signs", spec, folder.resolve("drawn")))) {
            int[][] labels = dataset.labels(Split.TRAIN);
            assertThat(Arrays.stream(labels)).anyMatch(row -> Arrays.stream(row).sum() == 0);
            var all = new TrainingSet.Draw(OptionalInt.empty(), OptionalLong.empty());
            var weights = new Sources.Weights(Optional.empty(), Provenance.RANDOM_WEIGHTS);
            assertThat(TrainingSet.of(dataset, weights, all).chosen())
                    .isEqualTo(IntStream.range(0, 40).toArray());
        }
    }
}
