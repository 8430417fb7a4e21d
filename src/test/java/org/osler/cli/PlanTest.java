package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every study that comes with Osler can be planned before any weights or data are there. */
class PlanTest {

    private static final Pattern SIZE = Pattern.compile("([0-9.,]+ [MG]B) of (images|features|weights)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "wu2025, 2160",
        "wu2025-learning-rate, 1728",
        "wu2025-sizes, 1275",
        "wu2025-few-shot, 5184",
        "beyond-sizes, 6120",
        "beyond-medical, 144",
        "doerrich2024, 2688",
        "medmnist2023, 72",
        "quickstart, 24",
        "breast-retina, 12"
    })
    void needsNeitherWeightsNorDataAndIsShort(String study, int trials) throws IOException {
        Cli cli = plan("studies/" + study + ".yaml");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out())
                .contains(trials + " trials, 0 of them with a result in " + results())
                .containsPattern("time +about [0-9]")
                .containsPattern("disk +[0-9.]+ [MG]B of ")
                .containsPattern("memory +[0-9.]+ [MG]B");
        assertThat(cli.out().lines()).hasSizeLessThan(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wu2025",
                "wu2025-sizes",
                "wu2025-few-shot",
                "wu2025-learning-rate",
                "beyond-sizes",
                "beyond-medical",
                "doerrich2024",
                "medmnist2023"
            })
    void theStudysFirstCommentGivesThePlansSizes(String study) throws IOException {
        String file = "studies/" + study + ".yaml";
        String comment = Files.readAllLines(Path.of(file)).stream()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .collect(Collectors.joining(" "));
        String out = plan(file).out();
        List<MatchResult> sizes = SIZE.matcher(comment).results().toList();
        assertThat(sizes).isNotEmpty();
        assertThat(sizes)
                .allSatisfy(size -> assertThat(out)
                        .contains(
                                switch (size.group(2)) {
                                    case "images" -> size.group(1) + " of unpacked images";
                                    case "weights" -> "about " + size.group(1) + ", and ";
                                    default -> size.group(1) + " of features";
                                }));
    }

    @Test
    void whatNobodyPublishesIsToBeBrought() throws IOException {
        assertThat(plan("studies/beyond-medical.yaml").out())
                .contains("to be brought by you: no weights for samvit_base_patch16.medsam")
                .contains("Convert them outside (docs/encoders.md)")
                .contains("to be fetched first: weights of 2 encoders, about 70", " and 12 dataset files of at most ");
    }

    @Test
    void detailListsEveryLineAndFile() throws IOException {
        Cli cli = plan("studies/beyond-medical.yaml", "--detail");
        assertThat(cli.out())
                .containsPattern("breastmnist +samvit_base_patch16\\.sa1b +features +0 +1 +– +")
                .containsPattern("pathmnist +samvit_base_patch16\\.sa1b +linear-probe +3 +0 +[0-9,]+ +")
                // 780 grey images of 224 × 224 pixels are 39 MB.
                .containsPattern("to be fetched first: breastmnist_224\\.npz from \\S+, at most 39 MB");
        assertThat(cli.out().lines()).hasSizeGreaterThan(96 + 14);
    }

    @Test
    void optionsOfAPlanGoWithAPlanOnly() throws IOException {
        Cli cli = Cli.run(folder, "run", "studies/quickstart.yaml", "--detail");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("go with --plan only");
        assertThat(plan("studies/quickstart.yaml", "--measure").err()).contains("one of them only");
    }

    /** Not the studies' own folder: whoever tried one before the tests has results there. */
    private Path results() {
        return folder.resolve("results");
    }

    /** With network allowed: a plan fetches nothing. */
    private Cli plan(String study, String... more) throws IOException {
        Path speeds = Files.writeString(folder.resolve("speeds.yaml"), """
                machine: a cluster
                encoders:
                  vit_base_patch16_224: {infer: 2000, train: 600}
                  resnet18: {infer: 9000, train: 2500}
                """);
        var arguments = new ArrayList<>(List.of("run", study, "--plan", "--throughput", speeds.toString()));
        arguments.addAll(List.of("--out", results().toString()));
        arguments.addAll(List.of(more));
        return Cli.run(folder, Map.of(), arguments.toArray(String[]::new));
    }
}
