package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.data.own.OwnFiles;
import org.osler.recommend.Recommendation;

/** The whole way from a folder of images to the encoder that fits them. */
class RecommendTest {

    @TempDir
    private Path folder;

    private Path scans;
    private Path out;

    @BeforeEach
    void images() throws IOException {
        scans = OwnFiles.classFolders(folder.resolve("My scans"), 30);
        out = folder.resolve("out");
    }

    @Test
    void encodersAreTriedAndRankedAndTheReportBeginsWithIt() throws IOException {
        Cli first = recommend("--encoders=resnet18,vit_tiny_patch16_224", "--fit=crop");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("[1/2] ViT-Ti/16: AUC", "[2/2] ResNet-18: AUC");
        assertThat(first.out())
                .contains("ResNet-18 (untrained)", "ViT-Ti/16 (untrained)", " fits best: AUC ")
                .contains("on 42 training images that its probes had not seen")
                .contains("Fine-tuning")
                .containsPattern("osler train '[^']*My scans' --encoder \\S+ --weights random --strategy linear-probe"
                        + " --input 32 --set recipe.iterations=8 --set recipe.batch=8.* --fit crop");
        Recommendation found = Recommendation.read(out).orElseThrow();
        assertThat(found.standings()).hasSize(2).allSatisfy(standing -> {
            assertThat(standing.auc()).isBetween(0.0, 1.0);
            assertThat(standing.test())
                    .hasValueSatisfying(test -> assertThat(test.seeds()).isEqualTo(2));
        });
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<section id=\"recommendation\">", "What to run next")
                .contains("osler recommend");
        assertThat(Files.readString(out.resolve("study.yaml"))).contains("study: recommend-My-scans");

        // What is done is not done again, and comes out the same.
        Cli again = recommend("--encoders=resnet18,vit_tiny_patch16_224", "--fit=crop");
        assertThat(Recommendation.read(out).orElseThrow().standings()).isEqualTo(found.standings());
        assertThat(again.err()).doesNotContain("features of");
    }

    @Test
    void theCommandThatIsPrintedTrainsTheModel() throws IOException {
        Cli found = recommend("--encoders=vit_tiny_patch16_224", "--fit=crop", "--precision=bf16", "--head-lr=1e-2");
        assertThat(found.code()).as(found.err()).isZero();
        for (String strategy : List.of("linear-probe", "fine-tune")) {
            String line = found.out()
                    .lines()
                    .filter(each -> each.contains("osler train") && each.contains(strategy))
                    .findFirst()
                    .orElseThrow();
            assertThat(line).contains("--head-lr 1e-2");
            List<String> words = new ArrayList<>();
            Matcher matcher = Pattern.compile("'([^']*)'|(\\S+)").matcher(line.strip());
            while (matcher.find()) {
                words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
            words.add("--out=" + folder.resolve(strategy));
            Cli train = Cli.run(folder, words.subList(1, words.size()).toArray(String[]::new));
            assertThat(train.code()).as(train.err()).isZero();
        }
    }

    @Test
    void anEncoderThatCannotBeHadIsNamedAndTheOthersAreRanked() throws IOException {
        Cli run = Cli.run(
                folder, args("--encoders=vit_tiny_patch16_224,resnet18", "--weights=vit_tiny_patch16_224=random"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("Not tried: resnet18.a1_in1k, no weights for resnet18.a1_in1k");
        Cli none = Cli.run(folder, args("--encoders=resnet18"));
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("no encoder could be tried", "resnet18.a1_in1k: no weights");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--encoders=resnet19 | --encoders resnet19: no such encoder; did you mean \"resnet18\"?",
                "--encoders=at-hand | no encoder's weights are on this machine",
                "--budget=10 | \"10\" is no time; write 90s, 10m, 1h30m or 2d",
                "--budget=0s | no time to do anything in",
                "--weights=resnet18.pt | is said as ENCODER=FILE",
                "--weights=random | --weights random: say which encoders",
                "--set=seeds=3 | the recipe is set here"
            })
    void whatIsWrongIsSaid(String option, String message) {
        Cli run = Cli.run(folder, "recommend", scans.toString(), option);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().replaceAll("\\s+", " ")).contains(message);
    }

    private Cli recommend(String... more) {
        String[] all = args(more);
        return Cli.run(
                folder,
                Stream.concat(Stream.of(all), Stream.of("--weights=random")).toArray(String[]::new));
    }

    private String[] args(String... more) {
        return Stream.concat(
                        Stream.of(
                                "recommend",
                                scans.toString(),
                                "--input=32",
                                "--seeds=0,1",
                                "--set=recipe.iterations=8",
                                "--set=recipe.batch=8",
                                "--out=" + out),
                        Stream.of(more))
                .toArray(String[]::new);
    }
}
