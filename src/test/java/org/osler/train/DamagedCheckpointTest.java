package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.encoder.Encoder;

/** A checkpoint that was cut short or altered is not gone on from, and leaves no trace in the run that read it. */
class DamagedCheckpointTest {

    private static final Recipe RECIPE = Recipes.wu2025(9, 8, 10, 3);
    private static final FineTune.Settings SETTINGS = SmallTraining.END_TO_END;
    private static final String ENCODER = "vit_tiny_patch16_224";

    @TempDir
    private Path folder;

    @Test
    void damageAtAnyPlaceOfEitherFileMeansANewStart() throws IOException {
        Path place = folder.resolve("checkpoints");
        try (Dataset dataset = SmallTraining.phantom(folder, 24, 12)) {
            assertThatThrownBy(() -> train(dataset, place)).isInstanceOf(StoppedException.class);
            assertThat(iterationAfterStart(dataset, place)).isEqualTo(5);
            try (var files = Files.list(place)) {
                for (Path file : files.toList()) {
                    byte[] whole = Files.readAllBytes(file);
                    for (int tenth = 0; tenth < 10; tenth++) {
                        int at = (int) (whole.length * (long) tenth / 10);
                        Files.write(file, Arrays.copyOf(whole, at));
                        assertThat(iterationAfterStart(dataset, place))
                                .as(file + " cut at " + at)
                                .isZero();
                    }
                    for (int at : new int[] {20, whole.length / 2, whole.length - 1}) {
                        byte[] flipped = whole.clone();
                        flipped[at] ^= 1;
                        Files.write(file, flipped);
                        assertThat(iterationAfterStart(dataset, place))
                                .as(file + " flipped at " + at)
                                .isZero();
                    }
                    Files.delete(file);
                    assertThat(iterationAfterStart(dataset, place)).isZero();
                    Files.write(file, whole);
                }
            }
            assertThat(iterationAfterStart(dataset, place)).isEqualTo(5);
        }
    }

    /** Trains for five steps, is asked to stop and saves: one validation lies behind it. */
    private static void train(Dataset dataset, Path place) throws IOException {
        try (Encoder encoder = SmallTraining.randomEncoder(ENCODER);
                Checkpoints checkpoints = new Checkpoints(place, "this trial", Duration.ofHours(1))) {
            FineTune.run(
                    encoder,
                    SmallTraining.images(dataset, encoder),
                    SETTINGS,
                    RECIPE,
                    checkpoints,
                    Ending.stopsAfter(5));
        }
    }

    private static int iterationAfterStart(Dataset dataset, Path place) throws IOException {
        try (Encoder encoder = SmallTraining.randomEncoder(ENCODER);
                Checkpoints checkpoints = new Checkpoints(place, "this trial", Duration.ofHours(1));
                FineTune run = new FineTune(
                        encoder,
                        SmallTraining.images(dataset, encoder),
                        SETTINGS,
                        RECIPE,
                        BatchOrder.shuffled(SETTINGS.seed()))) {
            Map<String, Float> before = firsts(run);
            checkpoints.start(run);
            if (run.position().iteration() == 0) {
                assertThat(firsts(run)).isEqualTo(before);
            } else {
                assertThat(firsts(run)).isNotEqualTo(before);
            }
            return run.position().iteration();
        }
    }

    /** The first value of each tensor. */
    private static Map<String, Float> firsts(FineTune run) {
        Map<String, Float> firsts = new TreeMap<>();
        run.changing().forEach((name, tensor) -> firsts.put(name, tensor.toFloats()[0]));
        return firsts;
    }
}
