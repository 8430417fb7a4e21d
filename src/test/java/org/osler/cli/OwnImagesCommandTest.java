package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.data.own.OwnFiles;
import org.osler.weights.SafeTensors;

/** Every command that takes a dataset takes a user's own images. */
class OwnImagesCommandTest {

    @TempDir
    private Path folder;

    private Path scans;

    @BeforeEach
    void images() throws IOException {
        scans = OwnFiles.classFolders(folder.resolve("My scans"), 20);
    }

    @Test
    void aModelOfAFolderPredictsItsTestImagesAndTheirFilesAlike() throws IOException {
        String model = folder.resolve("model").toString();
        Cli train = Cli.run(
                folder,
                "train",
                scans.toString(),
                "--encoder=vit_tiny_patch16_224",
                "--weights=random",
                "--input=32",
                "--fit=crop",
                "--split-seed=7",
                "--set=recipe.iterations=8",
                "--set=recipe.batch=8",
                "--out=" + model);
        assertThat(train.code()).as(train.err()).isZero();
        Cli predict = Cli.run(folder, "predict", model, "--data", scans.toString(), "--split-seed", "7");
        assertThat(predict.code()).as(predict.err()).isZero();
        List<CSVRecord> ofData = rows(predict.out());
        assertThat(ofData.get(0).toList()).containsExactly("file", "label", "dark", "light");
        assertThat(predict.err()).containsPattern("ACC \\d+\\.\\d");
        String accuracy = predict.err().replaceFirst("(?s).*ACC (\\d+\\.\\d).*", "$1");
        assertThat(train.out()
                        .lines()
                        .filter(line -> line.startsWith("test"))
                        .findFirst()
                        .orElseThrow())
                .contains(accuracy);

        Map<String, String> byFile = new HashMap<>();
        for (CSVRecord row :
                rows(Cli.run(folder, "predict", model, scans.toString()).out())) {
            byFile.put(row.get(0).replace(scans + "/", ""), row.get(2));
        }
        assertThat(byFile).hasSize(41);
        assertThat(ofData).hasSize(9);
        for (CSVRecord row : ofData.subList(1, 9)) {
            assertThat(byFile).containsEntry(row.get(0), row.get(2));
        }
        assertThat(Files.readString(folder.resolve("model/model.json"))).contains("\"fit\" : \"crop\"");
    }

    @Test
    void aStudyTakesAFolderAndAManifest() throws IOException {
        StringBuilder csv = new StringBuilder("image,label,group\n");
        for (int i = 0; i < 20; i++) {
            csv.append("dark/image %d ä.png,dark,g%d\nlight/%d.png,light,h%d\n".formatted(i, i / 2, i, i / 2));
        }
        Files.writeString(scans.resolve("manifest.csv"), csv);
        Path study = Files.writeString(folder.resolve("study.yaml"), """
                study: own
                datasets:
                  - {path: My scans, fit: pad, splits: {train: 2, val: 1, test: 1}, seed: 3}
                  - {path: My scans/manifest.csv, name: listed, size: 48}
                encoders: [vit_tiny_patch16_224]
                weights: random
                input: 32
                strategies: [linear-probe]
                seeds: [0]
                recipe: {name: wu2025, iterations: 4, batch: 8}
                """);
        Cli plan = Cli.run(folder, "run", study.toString(), "--plan");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("My-scans", "listed");
        Path out = folder.resolve("results");
        Cli run = Cli.run(folder, "run", study.toString(), "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();
        String results = Files.readString(out.resolve("results.csv"));
        assertThat(results).contains(",My-scans,images,32,", ",listed,images,48,");
        Cli again = Cli.run(folder, "run", study.toString(), "--out", out.toString());
        assertThat(again.err()).contains("2 trials, all done before");
        evaluatesRight(out, "My-scans", scans.toString(), "--splits=2,1,1", "--split-seed=3");
        evaluatesRight(out, "listed", scans.resolve("manifest.csv").toString());
    }

    /** The numbers in a prediction file's name are those of the images that they were made on. */
    private void evaluatesRight(Path out, String dataset, String data, String... options) throws IOException {
        Path predictions;
        try (Stream<Path> files = Files.list(out.resolve("predictions"))) {
            predictions = files.filter(file -> file.getFileName().toString().startsWith(dataset))
                    .filter(file -> file.toString().contains("_test_"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> command = new ArrayList<>(List.of("evaluate", predictions.toString(), "--data", data));
        command.addAll(List.of(options));
        Cli evaluate = Cli.run(folder, command.toArray(String[]::new));
        assertThat(evaluate.code()).as(evaluate.err() + evaluate.out()).isZero();
        assertThat(evaluate.out()).contains("The file's name is right");
        command.add("--labels=light,dark");
        assertThat(Cli.run(folder, command.toArray(String[]::new)).out()).contains("light");
    }

    @Test
    void embedTakesAFolder() throws IOException {
        Path out = folder.resolve("features.safetensors");
        Cli embed = Cli.run(
                folder,
                "embed",
                "--encoder=vit_tiny_patch16_224",
                "--weights=random",
                "--input=32",
                "--data=" + scans,
                "--out=" + out);
        assertThat(embed.code()).as(embed.err()).isZero();
        assertThat(embed.out()).contains("train 28, val 4, test 8");
        try (SafeTensors features = SafeTensors.open(out)) {
            assertThat(features.entries().keySet()).contains("train", "val", "test");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--splits=1,2 | --splits 1,2: takes three shares",
                "--splits=1,2,0 | test: 0 is out of range; it must be above 0",
                "--fit=zoom | unknown fit \"zoom\"",
                "--window=9,3 | window takes two numbers",
                "--columns=image=x | is a folder of class folders; images and columns are said of manifests",
                "--columns=picture=x | unknown key \"picture\" in columns",
                "--labels=dark,grey | images have labels that are not named",
                "--size=4 | size: 4 is out of range",
                "--split-seed=-1 | seed: -1 is out of range",
            })
    void wrongOptionsAreSaidPlainly(String option, String message) {
        Cli cli = Cli.run(
                folder, "train", scans.toString(), "--encoder=resnet18", "--weights=random", "--input=32", option);
        assertThat(cli.code()).as(cli.err()).isEqualTo(2);
        assertThat(cli.err()).contains(message);
    }

    @Test
    void optionsOfImagesAreRefusedForOtherData() {
        Cli cli = Cli.run(folder, "train", "breastmnist", "--encoder=resnet18", "--splits=7,1,2");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("are said of a folder of images or a manifest; breastmnist is neither");
    }

    private static List<CSVRecord> rows(String csv) throws IOException {
        try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(csv))) {
            return parser.getRecords();
        }
    }
}
