package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.InputException;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.Device;

/** Encoders that a study describes itself: local weights for an architecture that Osler knows. */
class OwnEncoderTest {

    private static final String STUDY = """
            study: s
            datasets: [breastmnist]
            encoders:
              - resnet18
              - {%s}
            strategies: [linear-probe]
            """;

    @TempDir
    private Path folder;

    private Study read(String own, Map<String, String> overrides) throws IOException {
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, STUDY.formatted(own));
        return StudyFile.read(file, overrides);
    }

    @Test
    void everyKeyCanBeSet() throws IOException {
        Path weights = Files.createFile(folder.resolve("ours.safetensors"));
        Study study = read(
                "id: ours, architecture: vit_base_patch14_dinov2, weights: ours.safetensors, mean: [0.1, 0.2, 0.3],"
                        + " std: 0.25, input: 280, license: MIT",
                Map.of());
        EncoderChoice own = study.encoders().get(1);
        assertThat(own.file()).contains(weights);
        assertThat(own.weights()).isEqualTo(WeightsKind.PRETRAINED);
        assertThat(own.card().id()).isEqualTo("ours");
        assertThat(own.card().features()).isEqualTo(768);
        assertThat(own.card().input()).isEqualTo(280);
        assertThat(own.card().mean()).containsExactly(0.1, 0.2, 0.3);
        assertThat(own.card().std()).containsExactly(0.25, 0.25, 0.25);
        assertThat(own.card().license()).isEqualTo("MIT");
    }

    @Test
    void whatIsLeftOutIsTheArchitectures() throws IOException {
        EncoderChoice own = read("id: ours, architecture: vit_base_patch14_dinov2", Map.of())
                .encoders()
                .get(1);
        assertThat(own.file()).isEmpty();
        assertThat(own.card().input()).isEqualTo(518);
        assertThat(own.card().mean()).containsExactly(0.485, 0.456, 0.406);
    }

    @Test
    void weightsMayBeNamedOnTheCommandLine() throws IOException {
        Path weights = Files.createFile(folder.resolve("w.safetensors"));
        Study study = read("id: ours, architecture: resnet18", Map.of("weights.ours", weights.toString()));
        assertThat(study.encoders().get(1).file()).contains(weights);
        assertThat(read("id: ours, architecture: resnet18, weights: random", Map.of())
                        .encoders()
                        .get(1)
                        .weights())
                .isEqualTo(WeightsKind.RANDOM);
        assertThat(read("id: ours, architecture: resnet18", Map.of("weights", "random"))
                        .encoders())
                .allMatch(choice -> choice.weights() == WeightsKind.RANDOM);
    }

    @Test
    void anotherNormalisationIsAnotherTrial() throws IOException {
        Trial plain = trial("id: ours, architecture: resnet18");
        Trial other = trial("id: ours, architecture: resnet18, mean: 0.5, std: 0.5");
        Trial network = trial("id: ours, architecture: resnet34");
        assertThat(List.of(plain.id(), other.id(), network.id())).doesNotHaveDuplicates();
        assertThat(TrialJson.read(other.canonicalJson())).isEqualTo(other);
        assertThat(other.ownEncoder()).contains("resnet18 mean [0.5, 0.5, 0.5] std [0.5, 0.5, 0.5]");
    }

    @Test
    void encodersOfTheCatalogNeedNoDescription() throws IOException {
        Study study = read("id: ours, architecture: resnet18", Map.of());
        assertThat(Plan.of(study, Device.Kind.CPU).trials().get(0).ownEncoder()).isEqualTo(Optional.empty());
    }

    @Test
    void thePapersTwelveHaveAName() throws IOException {
        Path file = folder.resolve("s.yaml");
        Files.writeString(
                file, "study: s\ndatasets: [breastmnist]\nencoders: [wu2025, resnet50]\nstrategies: [linear-probe]\n");
        List<EncoderChoice> encoders = StudyFile.read(file, Map.of()).encoders();
        assertThat(encoders).hasSize(13);
        assertThat(encoders.subList(0, 12))
                .extracting(EncoderChoice::card)
                .containsExactlyElementsOf(EncoderCatalog.wu2025());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id: ours, architecture: resnet19 | unknown architecture \"resnet19\"; did you mean \"resnet1",
                "id: ours | \"architecture\" is missing in an encoder",
                "architecture: resnet18 | \"id\" is missing in an encoder",
                "id: resnet18, architecture: resnet18 | \"resnet18\" is the name of a known encoder; give another one",
                "id: a/b, architecture: resnet18 | \"a/b\" is no name; give a name of letters, digits, . _ -",
                "id: ours, architecture: resnet18, weight: x | unknown key \"weight\" in an encoder; did you mean \"weights\"?",
                "id: ours, architecture: resnet18, weights: x | weights: there is no file or folder x",
                "id: ours, architecture: resnet18, mean: 0.5 | mean and std belong together; give both or neither",
                "id: ours, architecture: resnet18, mean: [1, 2, 3], std: 1 | mean: 2 is out of range; it must be 0 to 1",
                "id: ours, architecture: resnet18, mean: [1, 1], std: 1 | mean takes three numbers, of red, green and blue; here are 2",
                "id: ours, architecture: resnet18, mean: 0, std: 0 | std: 0 is out of range; it must be above 0, at most 1",
                "id: ours, architecture: resnet18, input: 0 | input: 0 is out of range; it must be a whole number from 1 to 4096"
            })
    void whatIsWrongIsSaid(String own, String message) {
        assertThatThrownBy(() -> read(own, Map.of()))
                .isInstanceOf(InputException.class)
                .extracting(Throwable::getMessage)
                .asString()
                .contains("s.yaml:5: " + message.replace("folder x", "folder " + folder.resolve("x")));
    }

    private Trial trial(String own) throws IOException {
        List<Trial> trials = Plan.of(read(own, Map.of()), Device.Kind.CPU).trials();
        return trials.get(trials.size() - 1);
    }
}
