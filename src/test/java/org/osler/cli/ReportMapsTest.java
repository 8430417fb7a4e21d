package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.model.Classifier;
import org.osler.model.EvidenceMap;
import org.osler.model.Explanation;
import org.osler.model.MapMethod;
import org.osler.weights.Home;

/** The maps in a study's report: of each dataset's best probe, as the model that {@code train} makes has them. */
class ReportMapsTest {

    private static final int SIDE = 16;
    private static final int INPUT = 48;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"scale, 48", "pad, 28"})
    void aReportShowsWhatTheBestProbeRestsOn(String resize, int side) throws IOException {
        Path npz = folder.resolve("mine.npz");
        Cli phantom = Cli.run(
                folder,
                "phantom",
                "--task=multi-class",
                "--classes=3",
                "--train=30",
                "--val=12",
                "--test=12",
                "--out=" + npz);
        assertThat(phantom.code()).as(phantom.err()).isZero();
        Path study = Files.writeString(folder.resolve("s.yaml"), String.format("""
                study: maps
                datasets: [{path: %s, task: multi-class}]
                encoders: [vit_tiny_patch16_224]
                weights: random
                input: %d
                resize: %s
                strategies: [linear-probe, nearest-neighbours]
                seeds: [0]
                recipe: {iterations: 60, batch: 16}
                """, npz, INPUT, resize));
        String out = folder.resolve("out").toString();
        Cli run = Cli.run(folder, "run", study.toString(), "--out", out);
        assertThat(run.code()).as(run.err()).isZero();
        Path file = onlyFile(folder.resolve("out/explanations"));
        JsonNode images = new ObjectMapper().readTree(file.toFile()).get("images");
        String trial = file.getFileName().toString().replace(".json", "");
        assertThat(folder.resolve("out/heads/" + trial + ".safetensors")).exists();
        assertThat(folder.resolve("out/report.html")).content().contains("\"maps\":{\"" + trial + "\":{");

        equalsTheModels(npz, images, resize, side);

        byte[] before = Files.readAllBytes(file);
        assertThat(Cli.run(folder, "run", study.toString(), "--out", out).code())
                .isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    /** Trained by itself, the same probe is the same model, and says the same of the {@code side} pixels that are image. */
    private void equalsTheModels(Path npz, JsonNode images, String resize, int side) throws IOException {
        Path model = folder.resolve("model");
        Cli train = Cli.run(
                folder,
                "train",
                npz.toString(),
                "--task=multi-class",
                "--encoder=vit_tiny_patch16_224",
                "--weights=random",
                "--input=" + INPUT,
                "--resize=" + resize,
                "--set=recipe.iterations=60",
                "--set=recipe.batch=16",
                "--out=" + model);
        assertThat(train.code()).as(train.err()).isZero();
        var store = new DatasetStore(new Home(folder.resolve("another"), folder.resolve("hub")));
        var source = new DatasetSource("mine", npz, Optional.of(Task.MULTI_CLASS), List.of(), Optional.empty());
        int lit = 0;
        try (Classifier classifier = Classifier.load(model);
                Dataset dataset = store.open(source)) {
            for (Map.Entry<String, JsonNode> image : images.properties()) {
                int index = Integer.parseInt(image.getKey());
                Explanation expected =
                        classifier.explain(classifier.prepare(dataset.images(Split.TEST), index), MapMethod.GRAD_CAM);
                lit += equals(image.getValue(), expected.maps().get(0), side);
            }
        }
        assertThat(images.size()).isGreaterThan(5);
        assertThat(lit).as("else equality would say nothing").isGreaterThan(20);
    }

    /** How many places are above half. */
    private static int equals(JsonNode image, EvidenceMap map, int side) {
        assertThat(image.get("label").asText()).isEqualTo(map.label().orElseThrow());
        float[] pixels = map.resized(INPUT, INPUT);
        int lit = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int pixel = middle(i / SIDE, side) * INPUT + middle(i % SIDE, side);
            int percent = image.get("values").get(i).asInt();
            assertThat(percent).isCloseTo(Math.round(100 * pixels[pixel]), within(1));
            lit += percent > 50 ? 1 : 0;
        }
        return lit;
    }

    /** The pixel of the input in the middle of a place of the image, which lies in the middle of the input. */
    private static int middle(int place, int side) {
        return (int) Math.floor((INPUT - side) / 2.0 + (place + 0.5) * side / SIDE);
    }
}
