package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

    @TempDir
    private Path folder;

    @Test
    void planShowsTrialsAndWhatIsMissing() throws IOException {
        Path study = study("""
                study: plan
                datasets: [breastmnist]
                encoders: [resnet18, vit_tiny_patch16_224]
                size: 28
                strategies: [linear-probe, nearest-neighbours]
                seeds: [0, 1, 2]
                """);
        Cli cli =
                Cli.run(folder, "run", study.toString(), "--plan", "--set", "weights=random", "--set", "seeds=[0, 1]");
        assertThat(cli.out())
                .containsPattern("breastmnist +resnet18\\.a1_in1k +linear-probe +2")
                .contains("6 trials, 0 of them with a result in results/plan");
        // To tell what is missing is what a plan is for; a run without it is an error.
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .containsPattern("(?m)^missing: no breastmnist.npz in ")
                .doesNotContain("no weights");
        assertThat(folder.resolve("results")).doesNotExist();
        assertThat(Cli.run(folder, "run", study.toString(), "--set", "weights=random")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void planNamesMissingWeightsOfEachEncoder() throws IOException {
        Path study = study("""
                study: plan
                datasets:
                  - phantom: {task: binary, size: 28, train: 20, val: 10, test: 10, seed: 0}
                encoders: [resnet18, resnet34]
                strategies: [linear-probe]
                """);
        Cli cli = Cli.run(folder, "run", study.toString(), "--plan");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("missing: no weights for resnet18.a1_in1k")
                .contains("missing: no weights for resnet34.a1_in1k")
                .contains("--set weights.resnet34.a1_in1k=FILE");
        assertThat(Cli.run(folder, "run", study.toString(), "--plan", "--set", "weights=random")
                        .code())
                .isZero();
    }

    @Test
    void wrongStudyIsTwoLinesAtMostAndNothingIsWritten() throws IOException {
        Path study = study("study: x\ndatasets: [breastmnist]\nencoder: [resnet18]\nstrategies: [linear-probe]\n");
        Cli cli = Cli.run(folder, "run", study.toString(), "--out", folder + "/out");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("s.yaml:3").contains("encoders");
        assertThat(cli.err().lines()).hasSizeLessThanOrEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void studyRunsToItsReportAndIsDoneTheSecondTime() throws IOException {
        Path study = study("""
                study: small
                datasets:
                  - phantom: {task: binary, channels: 1, size: 28, train: 16, val: 8, test: 8, seed: 0}
                    name: lesions
                encoders: [resnet18]
                weights: random
                input: 32
                strategies: [linear-probe, nearest-neighbours: {k: 3}]
                seeds: [0, 1]
                recipe: {iterations: 4, batch: 8}
                """);
        Path out = folder.resolve("out");
        Cli first = Cli.run(folder, "run", study.toString(), "--out", out.toString());
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err())
                .startsWith("3 trials\n")
                .contains("[3/3] lesions")
                .contains("ACC ");
        assertThat(first.out()).contains("untrained").contains("Report: " + out.resolve("report.html"));
        assertThat(out.resolve("report.html")).content().contains("osler run ");
        Cli second = Cli.run(folder, "run", study.toString(), "--out", out.toString());
        assertThat(second.err()).isEqualTo("3 trials, all done before\n");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(Cli.run(folder, "report", out.toString()).out())
                .isEqualTo(first.out().stripLeading());
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        Cli cli = Cli.run(folder, "run", folder + "/none.yaml");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("none.yaml");
    }

    @Test
    void settingWithoutAValueIsWrongUse() {
        Cli cli = Cli.run(folder, "run", "s.yaml", "--set", "seeds");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("KEY=VALUE").contains("See 'osler run --help'.");
    }

    @Test
    void reportOfAFolderWithoutResultsIsAnError() {
        Cli cli = Cli.run(folder, "report", folder.toString());
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("results.db");
    }

    private Path study(String text) throws IOException {
        return Files.writeString(folder.resolve("s.yaml"), text);
    }
}
