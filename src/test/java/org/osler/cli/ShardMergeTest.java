package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardMergeTest {

    @TempDir
    private Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
        study = Files.writeString(folder.resolve("s.yaml"), """
                study: parts
                datasets:
                  - phantom: {task: binary, channels: 1, size: 28, train: 16, val: 8, test: 8, seed: 0}
                    name: lesions
                encoders: [resnet18]
                weights: random
                input: [32, 48]
                strategies: [linear-probe, nearest-neighbours: {k: 3}]
                seeds: [0, 1]
                recipe: {iterations: 4, batch: 8}
                out: OUT
                """.replace(
                        "OUT", folder.resolve("all").toString()));
    }

    @Test
    void partsBroughtTogetherAreTheWholeStudy() throws IOException {
        run("run", study.toString(), "--shard", "1/2");
        run("run", study.toString(), "--shard", "2/2");
        assertThat(folder.resolve("all")).doesNotExist();
        Path one = folder.resolve("all-1-of-2");
        Path two = folder.resolve("all-2-of-2");
        Cli merged = run(
                "merge",
                two.toString(),
                one.toString(),
                "--out",
                folder.resolve("merged").toString());
        assertThat(merged.err()).isEqualTo("6 results in " + folder.resolve("merged") + "\n");
        assertThat(merged.out()).contains("Report: " + folder.resolve("merged/report.html"));
        Cli whole = run("run", study.toString());
        assertThat(predictions(folder.resolve("merged"))).hasSize(12).isEqualTo(predictions(folder.resolve("all")));
        assertThat(folder.resolve("merged/heads").toFile().list())
                .hasSize(4)
                .containsExactlyInAnyOrder(folder.resolve("all/heads").toFile().list());
        // Everything but the last line, which says where the report is; in the same order.
        String table = whole.out().strip();
        assertThat(merged.out()).startsWith(table.substring(0, table.lastIndexOf("Report: ")));
        assertThat(folder.resolve("merged/study.yaml")).content().contains("study: parts");
    }

    @Test
    void partThatIsNoneIsWrongUse() {
        Cli cli = Cli.run(folder, "run", study.toString(), "--shard", "3/2");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("there is no part 3 of 2; the first of 4 is 1/4, the last 4/4");
    }

    /** Two encoder passes, each with the neighbours' trial and two seeds' probes. */
    @Test
    void plansOfThePartsAreTheirsAlone() {
        for (int part = 1; part <= 2; part++) {
            Cli cli = run("run", study.toString(), "--shard", part + "/2", "--plan");
            assertThat(cli.out())
                    .contains("part " + part + " of 2 of the study's 6: 3 trials, 0 of them with a result in "
                            + folder.resolve("all-" + part + "-of-2"))
                    .containsPattern("lesions +resnet18\\.a1_in1k +linear-probe +2 ")
                    .containsPattern("lesions +resnet18\\.a1_in1k +nearest-neighbours +1 ");
        }
        assertThat(run("run", study.toString(), "--plan").out()).contains("\n6 trials, 0 of them");
        assertThat(folder.resolve("all-1-of-2")).doesNotExist();
    }

    @Test
    void planOfAPartShowsItsOwnResultsAsDone() {
        run("run", study.toString(), "--shard", "2/2");
        assertThat(run("run", study.toString(), "--shard", "2/2", "--plan").out())
                .contains("part 2 of 2 of the study's 6: 3 trials, 3 of them with a result in ");
        assertThat(run("run", study.toString(), "--shard", "1/2", "--plan").out())
                .contains("part 1 of 2 of the study's 6: 3 trials, 0 of them with a result in ");
    }

    /** There are but two passes to deal. */
    @Test
    void partWithoutAnyWorkHasAPlanToo() {
        assertThat(run("run", study.toString(), "--shard", "3/3", "--plan").out())
                .contains("part 3 of 3 of the study's 6: 0 trials, 0 of them with a result in ");
    }

    @Test
    void aPartLacksOnlyWhatItsOwnTrialsNeed() throws IOException {
        Path two = Files.writeString(folder.resolve("two.yaml"), """
                study: two
                datasets:
                  - phantom: {task: binary, channels: 1, size: 28, train: 16, val: 8, test: 8, seed: 0}
                    name: lesions
                encoders: [resnet18, resnet34]
                strategies: [linear-probe]
                """);
        for (int part = 1; part <= 2; part++) {
            String out =
                    run("run", two.toString(), "--shard", part + "/2", "--plan").out();
            boolean first = out.contains("+resnet18") || out.contains("no weights for resnet18");
            assertThat(out.lines().filter(line -> line.startsWith("missing: no weights for")))
                    .hasSize(1);
            assertThat(out).contains("missing: no weights for " + (first ? "resnet18" : "resnet34"));
        }
    }

    private Cli run(String... arguments) {
        Cli cli = Cli.run(folder, arguments);
        assertThat(cli.code()).as(cli.err()).isZero();
        return cli;
    }

    private static Map<String, String> predictions(Path results) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(results.resolve("predictions"))) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
