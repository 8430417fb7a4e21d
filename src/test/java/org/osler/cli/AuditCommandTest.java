package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.SharedFiles;
import org.osler.data.own.OwnFiles;

class AuditCommandTest {

    private static final String MANIFEST = """
        image,label,split,patient,sex
        dark/image 0 ä.png,dark,train,p0,f
        dark/image 1 ä.png,dark,train,p0,m
        light/0.png,light,train,p1,f
        light/1.png,light,train,p1,m
        dark/image 2 ä.png,dark,val,p2,f
        light/2.png,light,val,p3,m
        dark/copy.png,dark,test,p4,f
        dark/image 3 ä.png,dark,test,p0,m
        light/3.png,light,test,p2,f
        light/wrong.png,light,test,p5,
        """;

    @TempDir
    private Path folder;

    private Path scans;

    @BeforeEach
    void images() throws IOException {
        scans = OwnFiles.classFolders(folder.resolve("scans"), 4);
        Files.copy(scans.resolve("dark/image 0 ä.png"), scans.resolve("dark/copy.png"));
        Files.copy(scans.resolve("dark/image 1 ä.png"), scans.resolve("light/wrong.png"));
        Files.writeString(scans.resolve("manifest.csv"), MANIFEST);
    }

    private Cli audit(String... more) {
        List<String> words =
                new ArrayList<>(List.of("audit", scans.resolve("manifest.csv").toString()));
        words.addAll(List.of(more));
        return Cli.run(folder, words.toArray(String[]::new));
    }

    @Test
    void whatSplitsShareIsCountedAndWritten() throws IOException {
        Path csv = folder.resolve("pairs.csv");
        Cli cli = audit("--size=32", "--out=" + csv);
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("scans: 4 train, 2 val, 4 test images")
                .containsPattern("test in train +test in val +val in train")
                .containsPattern("identical images +2 +0 +0\n")
                .containsPattern("same patient +1 +1 +0\n")
                .containsPattern("any of these +3 +1 +0\n")
                .contains("patient looks like a group (6 values for 10 images): 1 of 4 test images shares one with"
                        + " train.")
                .contains("2 of 4 test images have the same pixels as a training image, 1 of them with another label.")
                .contains("name an encoder with --encoder");
        assertThat(Files.readString(csv)).isEqualTo("""
            cause,split,image,label,other_split,other_image,other_label,others,group,similarity
            identical,test,dark/copy.png,dark,train,dark/image 0 ä.png,dark,1,,1.0000
            identical,test,light/wrong.png,light,train,dark/image 1 ä.png,dark,1,,1.0000
            group,test,dark/image 3 ä.png,dark,train,dark/image 0 ä.png,dark,2,p0,
            group,test,light/3.png,light,val,dark/image 2 ä.png,dark,1,p2,
            """);
    }

    @Test
    void aNamedColumnIsTakenAndSubgroupsAreCounted() {
        Cli cli = audit("--size=32", "--columns=group=sex", "--subgroups=sex,patient");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("sex: 3 of 4 test images share one with train.")
                .doesNotContain("looks like")
                .containsPattern("f +2 +too few for numbers")
                .containsPattern("unknown +1");
    }

    @Test
    void nearIdenticalImagesAreLookedForByAnEncoder() {
        Cli cli = audit("--encoder=vit_tiny_patch16_224", "--weights=random", "--input=32", "--similarity=0.99");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("near-identical (cosine ≥ 0.99, ViT-Ti/16 (untrained))")
                .containsPattern(
                        "[23] of 4 test images have a near-identical one in train, 1 of them with another label");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--subgroups=sexe | subgroups: scans has no column \"sexe\"; did you mean \"sex\"?",
                "--subgroups=sex=40/60 | has values that are no numbers, such as \"f\"",
                "--subgroups=sex=60/40 | edges must rise",
                "--subgroups=sex,sex | sex is listed twice",
                "--similarity=0.9 | name it with --encoder",
                "--encoder=resnet18 --similarity=2 | out of range; it must be above 0, at most 1",
                "--encoder=vit_tiny | no such encoder",
            })
    void wrongOptionsAreSaidPlainly(String options, String message) {
        Cli cli = audit(options.split(" "));
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(message);
    }

    /** BUSI holds the same image twice, as benign in training and as malignant in test, and many near-copies. */
    @Test
    void realUltrasoundImagesAreFoundAgain() throws IOException {
        Path busi = SharedFiles.path("data/busi");
        Path weights = SharedFiles.path("weights/vit_tiny_patch16_224.tinyimagenet.safetensors");
        List<String> some = Files.readAllLines(busi.resolve("manifest.csv")).stream()
                .filter(line -> !line.startsWith("normal") && !(line.startsWith("malignant") && line.endsWith("train")))
                .toList();
        List<String> lines = new ArrayList<>(some);
        lines.add("malignant/malignant (1).png,malignant,train");
        Files.writeString(
                folder.resolve("some.csv"),
                String.join("\n", lines.stream().distinct().toList()) + "\n");
        Cli cli = Cli.run(
                folder,
                "audit",
                folder.resolve("some.csv").toString(),
                "--images=" + busi,
                "--encoder=vit_tiny_patch16_224",
                "--weights=" + weights,
                "--input=96");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("1 of 134 test images has the same pixels as a training image, with another label.");
        String found = cli.out().replaceFirst("(?s).*near-identical \\([^)]*\\) +(\\d+) .*", "$1");
        assertThat(Integer.parseInt(found)).as(cli.out()).isBetween(15, 40);
    }
}
