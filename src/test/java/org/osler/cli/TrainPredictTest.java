package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.model.TinyModels;
import org.osler.weights.Home;

class TrainPredictTest {

    @TempDir
    private Path folder;

    @Test
    void aModelIsTrainedAndPredictsItsTestSplitWithTheSameAccuracy() throws IOException {
        String npz = folder.resolve("my set.npz").toString();
        assertThat(Cli.run(
                                folder, "phantom", "--task", "binary", "--train", "24", "--val", "12", "--test", "12",
                                "--out", npz)
                        .code())
                .isZero();
        String model = folder.resolve("models/mine").toString();
        Cli train = train("my set.npz", model);
        // A name with a blank is none for a dataset: said before anything runs.
        assertThat(train.code()).isEqualTo(2);
        assertThat(train.err()).contains("my set");
        Files.move(Path.of(npz), folder.resolve("mine.npz"));
        train = train("mine.npz", model);
        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.out()).contains("Split", "test", "Model: " + model, "osler predict " + model);

        Cli predict = Cli.run(
                folder, "predict", model, "--data", folder.resolve("mine.npz").toString());
        assertThat(predict.code()).as(predict.err()).isZero();
        List<CSVRecord> rows = rows(predict.out());
        assertThat(rows).hasSize(13);
        assertThat(rows.get(0).toList()).containsExactly("file", "label", "benign", "malignant");
        assertThat(rows.get(1).get(0)).isEqualTo("mine/test/0");
        assertThat(predict.out()).contains("\r\n");
        // The dataset's own labels are numbers: nothing is compared that may not be the same.
        assertThat(predict.err()).contains("its labels are not the model's");
        assertThat(train.out()).containsPattern("(?m)^test +12 +" + accuracy(rows, folder.resolve("mine.npz")) + " % ");

        Cli again = Cli.run(
                folder, "train", folder.resolve("mine.npz").toString(), "--encoder", "resnet18", "--out", model);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("is there already");
    }

    /** In percent, of what was predicted for the test images of a dataset; counted here. */
    private String accuracy(List<CSVRecord> rows, Path npz) throws IOException {
        var home = new Home(folder.resolve("another"), folder.resolve("hub"));
        try (Dataset dataset = new DatasetStore(home).open(DatasetSource.of(npz))) {
            int[][] labels = dataset.labels(Split.TEST);
            long right = IntStream.range(0, labels.length)
                    .filter(i -> rows.get(1 + i).get(1).equals(labels[i][0] == 1 ? "malignant" : "benign"))
                    .count();
            return String.format(Locale.ROOT, "%.1f", 100.0 * right / labels.length);
        }
    }

    @Test
    void brokenImagesAreNamedAndTheOthersPredicted() throws IOException {
        Path model = folder.resolve("model");
        TinyModels.write(model, Task.MULTI_LABEL, 3);
        Path images = Files.createDirectories(folder.resolve("images/deeper"));
        for (int i = 0; i < 40; i++) {
            ImageIO.write(
                    new BufferedImage(30 + i, 20, BufferedImage.TYPE_INT_RGB),
                    "png",
                    images.resolve("ü, " + (10 + i) + ".png").toFile());
        }
        Files.writeString(images.resolve("text.jpg"), "no image");
        Files.writeString(images.resolve("notes.txt"), "not even named like one");
        Path csv = folder.resolve("out.csv");
        Cli cli = Cli.run(
                folder, "predict", model.toString(), folder.resolve("images").toString(), "--out", csv.toString());
        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.err()).contains("text.jpg").doesNotContain("notes.txt");
        assertThat(cli.out()).isEmpty();
        List<CSVRecord> rows = rows(Files.readString(csv));
        assertThat(rows).hasSize(41);
        assertThat(rows.get(0).toList()).containsExactly("file", "label", "class 0", "benign, \"or so\"", "class 2");
        assertThat(rows.get(1).get(0)).endsWith("ü, 10.png");
        for (CSVRecord row : rows.subList(1, 41)) {
            StringBuilder above = new StringBuilder();
            for (int c = 0; c < 3; c++) {
                if (Double.parseDouble(row.get(2 + c)) > 0.5) {
                    above.append(above.isEmpty() ? "" : "|").append(rows.get(0).get(2 + c));
                }
            }
            assertThat(row.get(1)).isEqualTo(above.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "predict nowhere a.png; nowhere is no model",
                "predict nowhere; predict takes images, or a dataset with --data",
                "train breastmnist --encoder resnet; --encoder resnet: no such encoder",
                "train breastmnits --encoder resnet18; breastmnits: unknown dataset",
                "train breastmnist --encoder resnet18 --strategy nearest-neighbours; a model is made by linear-probe or fine-tune",
                "train breastmnist --encoder resnet18 --head-lr 0; --head-lr: head-lr: 0 is out of range",
                "train breastmnist --encoder resnet18 --encoder-lr 1e-4; unknown key \"encoder-lr\" in linear-probe",
                "train breastmnist --encoder resnet18 --seed=-1; --seed -1: seeds: -1 is out of range",
                "train breastmnist --encoder resnet18 --input 3; --input 3: input: 3 is out of range",
                "train breastmnist --encoder resnet18 --set seeds=3; --set seeds: the recipe is set here",
                "train breastmnist --encoder resnet18 --set recipe.iteration=3; unknown key",
                "train breastmnist --encoder resnet18 --weights none.safetensors; there is no file or folder none.safetensors",
                "train breastmnist --encoder resnet18; or name yours with --weights FILE",
            })
    void wrongUseIsOneClearMessage(String line, String message) {
        Cli cli = Cli.run(folder, line.split(" "));
        assertThat(cli.err()).contains(message);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(Path.of("models")).doesNotExist();
    }

    private static List<CSVRecord> rows(String csv) throws IOException {
        try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(csv))) {
            return parser.getRecords();
        }
    }

    private Cli train(String npz, String model) {
        return Cli.run(
                folder,
                "train",
                folder.resolve(npz).toString(),
                "--encoder",
                "resnet18",
                "--weights",
                "random",
                "--input",
                "32",
                "--labels",
                "benign,malignant",
                "--task",
                "binary",
                "--out",
                model,
                "--set",
                "recipe.iterations=8",
                "--set",
                "recipe.batch=8");
    }
}
