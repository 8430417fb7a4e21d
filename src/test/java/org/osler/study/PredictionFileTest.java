package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.SeededRandom;
import org.osler.data.Split;
import org.osler.metric.Evaluation;
import org.osler.metric.Task;

class PredictionFileTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/study/predictions");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NAME = "breastmnist_test_[AUC]0.500_[ACC]0.500@run.csv";

    @TempDir
    private Path folder;

    @Test
    void filesOfTheOfficialFormEvaluateToTheNumbersInTheirNames() throws IOException {
        JsonNode[] entries = MAPPER.readValue(GOLDEN.resolve("labels.json").toFile(), JsonNode[].class);
        assertThat(entries).hasSize(4);
        for (JsonNode entry : entries) {
            Path official = GOLDEN.resolve(entry.get("file").asText());
            PredictionFile file = PredictionFile.read(official);
            PredictionName name = file.name();
            int[][] labels = MAPPER.convertValue(entry.get("labels"), int[][].class);
            Evaluation evaluation = Evaluation.of(task(entry.get("task").asText()), labels, file.scores());
            PredictionName own = PredictionName.of(name.flag(), name.size(), name.split(), evaluation, name.run());
            assertThat(own.fileName()).isEqualTo(entry.get("file").asText());
            Path written = new PredictionFile(own, file.scores()).write(folder);
            assertThat(PredictionFile.read(written).scores()).isDeepEqualTo(file.scores());
        }
    }

    @Test
    void namesSayEveryPart() {
        PredictionName name =
                PredictionName.parse(Path.of("some/my_set_v2_224_val_[AUC]0.875_[ACC]1.000@vit_tiny-lp s0.csv"));
        assertThat(name).isEqualTo(new PredictionName("my_set_v2", 224, Split.VAL, 0.875, 1, "vit_tiny-lp s0"));
        assertThat(PredictionName.parse(Path.of(NAME)))
                .isEqualTo(new PredictionName("breastmnist", 28, Split.TEST, 0.5, 0.5, "run"));
        PredictionName undefined = new PredictionName("a", 64, Split.TRAIN, Double.NaN, 0, "r");
        assertThat(undefined.fileName()).isEqualTo("a_64_train_[AUC]nan_[ACC]0.000@r.csv");
        assertThat(PredictionName.parse(Path.of(undefined.fileName()))).isEqualTo(undefined);
    }

    @Test
    void runNameEndsAtItsFirstDotAsInTheOfficialReader() {
        Path file = Path.of("breastmnist_test_[AUC]0.500_[ACC]0.500@1706112000.25.csv");
        assertThat(PredictionName.parse(file).run()).isEqualTo("1706112000");
    }

    @Test
    void numbersInNamesAreRoundedAsPythonDoes() throws IOException {
        JsonNode[] pairs = MAPPER.readValue(GOLDEN.resolve("rounding.json").toFile(), JsonNode[].class);
        assertThat(pairs).hasSizeGreaterThan(200);
        for (JsonNode pair : pairs) {
            double value = pair.get(0).asDouble();
            assertThat(PredictionName.threeDecimals(value))
                    .as(String.valueOf(value))
                    .isEqualTo(pair.get(1).asText());
        }
    }

    @Test
    void writtenFilesDoNotDependOnTheLocale() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab")); // its own digits and decimal separator
        try {
            Path file = new PredictionFile(
                            new PredictionName("a", 28, Split.TEST, 0.25, 0.5, "r"), new double[][] {{0.75, 0.25}})
                    .write(folder);
            assertThat(file).hasFileName("a_test_[AUC]0.250_[ACC]0.500@r.csv").hasContent("0,0.75,0.25\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void scoresComeBackBitForBit() throws IOException {
        SeededRandom random = SeededRandom.of(0, "test");
        double[][] scores = new double[5000][4];
        for (double[] row : scores) {
            row[0] = random.uniform();
            row[1] = (float) random.uniform();
            row[2] = Math.pow(10, -320 * random.uniform()); // down to subnormal numbers
            row[3] = Math.nextDown(1.0);
        }
        scores[0] = new double[] {0.0, -0.0, Double.MIN_VALUE, 1.0};
        var name = new PredictionName("a", 28, Split.TEST, 0.5, 0.5, "r");
        double[][] read = PredictionFile.read(new PredictionFile(name, scores).write(folder))
                .scores();
        assertThat(bits(read)).isDeepEqualTo(bits(scores));
    }

    @Test
    void linesMayComeInAnyOrder() throws IOException {
        assertThat(PredictionFile.read(file("1,0.1,0.9\r\n0,1,0\r\n")).scores())
                .isDeepEqualTo(new double[][] {{1, 0}, {0.1, 0.9}});
    }

    @Test
    void binaryFileMayHoldTheSecondClassOnly() throws IOException {
        PredictionFile file = PredictionFile.read(file("0,0.25\n1,1\n"));
        assertThat(file.scoresFor(Task.BINARY, 2, 2)).isDeepEqualTo(new double[][] {{0.75, 0.25}, {0, 1}});
    }

    @Test
    void fileThatDoesNotFitTheDatasetSaysWhatWould() throws IOException {
        PredictionFile file = PredictionFile.read(file("0,0.25,0.25,0.5\n1,1,0,0\n"));
        assertThat(file.scoresFor(Task.ORDINAL, 3, 2)).isSameAs(file.scores());
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> file.scoresFor(Task.BINARY, 2, 2))
                .withMessage(NAME + ": 3 scores a line, but breastmnist has 2 classes");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> file.scoresFor(Task.MULTI_LABEL, 14, 2))
                .withMessage(NAME + ": 3 scores a line, but breastmnist has 14 labels");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> file.scoresFor(Task.ORDINAL, 3, 156))
                .withMessage(NAME + ": 2 lines, but the test split of breastmnist has 156 images");
    }

    @Test
    void wrongLinesAreRefusedByFileAndLine() throws IOException {
        refused("0,0.5,0.5\n1,0.5\n", ", line 2: 1 scores; expected 2 as in line 1");
        refused(
                "0,0.5,0.5\n\n",
                ", line 2: '' has no scores; expected lines of index,score0,score1,… without a header");
        refused(
                "index,score0\n0,1\n",
                ", line 1: 'index' is not an index; expected lines of index,score0,score1,… without a header");
        refused("0,0.5,half\n", ", line 1: 'half' is not a number; expected a score from 0 to 1");
        refused("0,0.5,\n", ", line 1: '' is not a number; expected a score from 0 to 1");
        refused("0,0.5,0x1p-1\n", ", line 1: '0x1p-1' is not a number; expected a score from 0 to 1");
        refused("0,NaN,0.5\n", ", line 1: 'NaN' is not a number; expected a score from 0 to 1");
        refused("0,0.5,0.5\n1,1.0001,0\n", ", line 2: score 1.0001 is not in [0, 1]");
        refused("0,0.5,-0.5\n", ", line 1: score -0.5 is not in [0, 1]");
        refused("0,0,1\n1,0,1\n0,0,1\n", ", line 3: index 0 again, it stands in line 1 already");
        refused("0,0,1\n3,0,1\n1,0,1\n", ", line 2: index 3 in a file of 3 lines; index 2 is missing");
        refused("1,0,1\n2,0,1\n", ", line 2: index 2 in a file of 2 lines; index 0 is missing");
        refused("-1,0,1\n", ", line 1: '-1' is not an index; expected lines of index,score0,score1,… without a header");
        refused("", ": empty; expected lines of index,score0,score1,… without a header");
    }

    @Test
    void fileThatWasCutShortIsRefusedWhereverItWasCut() throws IOException {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            content.append(i).append(",0.25,0.75\n");
        }
        for (int tenth = 0; tenth < 10; tenth++) {
            Path file = file(content.substring(0, content.length() * tenth / 10));
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> PredictionFile.read(file).scoresFor(Task.BINARY, 2, 50));
        }
    }

    @Test
    void fileThatIsNoTextOrNotThereIsRefused() throws IOException {
        Path binary = Files.write(folder.resolve(NAME), new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) 0xff});
        assertRefused(binary, binary + ": not a text file; expected lines of index,score0,score1,… without a header");
        Path absent = folder.resolve("absent").resolve(NAME);
        assertRefused(absent, absent + ": no such file");
    }

    @Test
    void namesOfAnotherFormAreRefusedWithTheRightOne() {
        for (String name : new String[] {
            "predictions.csv",
            "breastmnist_test_[AUC]0.5_[ACC]0.500@run.csv",
            "breastmnist_test_[AUC]1.001_[ACC]0.500@run.csv",
            "breastmnist_dev_[AUC]0.500_[ACC]0.500@run.csv",
            "breastmnist_test_[AUC]0.500_[ACC]0.500@.csv",
            "breastmnist_test_[AUC]0.500_[ACC]0.500.csv",
            "_test_[AUC]0.500_[ACC]0.500@run.csv",
            "breastmnist_test_[AUC]0.500_[ACC]0.500@run.tsv"
        }) {
            assertRefused(
                    folder.resolve(name),
                    folder.resolve(name) + ": not the name of a MedMNIST prediction file; expected "
                            + "{flag}[_64|_128|_224]_{train|val|test}_[AUC]0.000_[ACC]0.000@{run}.csv");
        }
    }

    @Test
    void partsThatCannotStandInANameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PredictionName("a", 28, Split.TEST, 0.5, 0.5, "resnet18.a1_in1k"))
                .withMessageContaining("'resnet18.a1_in1k' cannot name a run");
        for (String wrong : new String[] {"", "a@b", "a/b", "a\\b", "a\nb"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PredictionName("a", 28, Split.TEST, 0.5, 0.5, wrong));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PredictionName(wrong, 28, Split.TEST, 0.5, 0.5, "r"));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new PredictionName("a", 0, Split.TEST, 0.5, 0.5, "r"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PredictionName("a", 28, Split.TEST, 0.5, 1.5, "r"));
    }

    @Test
    void scoresThatCouldNotBeReadBackAreNotWritten() {
        var name = new PredictionName("a", 28, Split.TEST, 0.5, 0.5, "r");
        for (double[][] scores : new double[][][] {{}, {{}}, {{1, 0}, {1}}, {{Double.NaN}}, {{-0.1}}, {{1.1}}}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new PredictionFile(name, scores));
        }
    }

    private void refused(String content, String message) throws IOException {
        Path file = file(content);
        assertRefused(file, file + message);
    }

    private static void assertRefused(Path file, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> PredictionFile.read(file))
                .withMessage(message);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve(NAME), content);
    }

    private static Task task(String id) {
        return Arrays.stream(Task.values())
                .filter(task -> task.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static long[][] bits(double[][] scores) {
        return Arrays.stream(scores)
                .map(row -> Arrays.stream(row)
                        .mapToLong(Double::doubleToRawLongBits)
                        .toArray())
                .toArray(long[][]::new);
    }
}
