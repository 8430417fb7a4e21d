package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.SharedFiles;

/** The numbers are scikit-learn's; src/test/python/cli_predictions.py printed them. */
class EvaluateCommandTest {

    private static final Path GOLDEN =
            Path.of("src/test/resources/golden/cli/breastmnist_test_[AUC]0.829_[ACC]0.737@golden.csv");

    @TempDir
    private Path folder;

    @Test
    void numbersAreThoseOfScikitLearn() {
        Cli cli = evaluate(GOLDEN, "--data", medmnist());
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("breastmnist, 28 × 28 pixels, test split: 156 images, binary, 2 classes")
                .containsPattern("ACC +0\\.7372 +0\\.[67]\\d+ to 0\\.[78]\\d+")
                .containsPattern("AUC +0\\.8293 ")
                .containsPattern("balanced accuracy +0\\.7149 ")
                .containsPattern("Brier score +0\\.1579 ")
                .containsPattern("0 malignant +28 +14")
                .containsPattern("1 normal, benign +27 +87")
                .endsWith("The file's name is right: AUC 0.829 and ACC 0.737.\n");
    }

    @Test
    void wrongNumbersInTheNameAreToldAndExitCodeTwo() throws IOException {
        Path renamed = folder.resolve("breastmnist_test_[AUC]0.900_[ACC]0.737@golden.csv");
        Files.copy(GOLDEN, renamed);
        Cli cli = evaluate(renamed, "--data", medmnist(), "--resamples", "0");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out())
                .contains("it says AUC 0.900 and ACC 0.737, but they are 0.829 and 0.737.")
                .doesNotContain("interval");
    }

    @Test
    void fileOfOnesOwnIsNamedByPathOrFolder() throws IOException {
        Path own = Files.copy(SharedFiles.path("data/medmnist/breastmnist.npz"), folder.resolve("mine.npz"));
        Path renamed = folder.resolve("mine_test_[AUC]0.829_[ACC]0.737@golden.csv");
        Files.copy(GOLDEN, renamed);
        assertThat(evaluate(renamed, "--data", own.toString(), "--resamples", "0")
                        .code())
                .isZero();
        assertThat(evaluate(renamed, "--data", folder.toString(), "--resamples", "0")
                        .code())
                .isZero();
        Cli nowhere = evaluate(renamed);
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("mine is no MedMNIST dataset; name its file or images with --data");
    }

    @Test
    void linesThatAreMissingAreTold() throws IOException {
        Path shortened = folder.resolve(GOLDEN.getFileName());
        Files.write(shortened, Files.readAllLines(GOLDEN).subList(0, 100));
        Cli cli = evaluate(shortened, "--data", medmnist());
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("100 lines, but the test split of breastmnist has 156 images");
    }

    @Test
    void fileOfAnotherKindIsTold() {
        Cli cli = evaluate(Path.of("pom.xml"));
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).startsWith("osler: pom.xml: not the name of a MedMNIST prediction file");
        assertThat(cli.err().lines()).hasSize(1);
    }

    private static String medmnist() {
        return SharedFiles.path("data/medmnist/breastmnist.npz").getParent().toString();
    }

    private Cli evaluate(Path file, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "evaluate";
        arguments[1] = file.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Cli.run(folder, arguments);
    }
}
