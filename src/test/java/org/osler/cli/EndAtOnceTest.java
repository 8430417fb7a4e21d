package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osler.FreshProcess;

/** A process that is told to end while libtorch computes leaves no trace of a crash, in commands that save nothing too. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs({OS.LINUX, OS.MAC})
class EndAtOnceTest {

    @TempDir
    private Path folder;

    @Test
    void aSignalWhileAnEncoderComputesEndsTheProcessWithoutACrash() throws IOException, InterruptedException {
        Path data = folder.resolve("x.npz");
        Cli drawn = Cli.run(
                folder,
                "phantom",
                "--task",
                "binary",
                "--size",
                "28",
                "--train",
                "3000",
                "--val",
                "8",
                "--test",
                "8",
                "--out",
                data.toString());
        assertThat(drawn.code()).as(drawn.err()).isZero();
        for (int time = 0; time < 4; time++) {
            Process process = embed(data);
            try {
                List<String> said = untilItComputes(process);
                process.destroy(); // SIGTERM
                assertThat(process.waitFor()).as(said.toString()).isEqualTo(ExitCode.INTERRUPTED);
            } finally {
                process.destroyForcibly();
            }
            try (var left = Files.list(folder)) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("hs_err") || name.startsWith("core"));
            }
            assertThat(folder.resolve("features.safetensors")).doesNotExist();
        }
    }

    private Process embed(Path data) throws IOException {
        var builder = new ProcessBuilder(FreshProcess.command(
                List.of("-Xmx512m", "-Dosler.terminals=err", "-Dosler.columns=200"),
                Osler.class,
                "embed",
                "--encoder",
                "vit_tiny_patch16_224",
                "--weights",
                "random",
                "--data",
                data.toString(),
                "--out",
                folder.resolve("features.safetensors").toString()));
        builder.directory(folder.toFile());
        builder.environment().put("OSLER_HOME", folder.resolve("home").toString());
        builder.environment().put("OSLER_OFFLINE", "1");
        builder.environment().put("NO_COLOR", "1");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private static List<String> untilItComputes(Process process) throws IOException {
        List<String> said = new ArrayList<>();
        BufferedReader reader = process.errorReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            said.add(line);
            if (line.matches(".*features of .* [1-9][0-9]*/3016 .*")) {
                return said;
            }
        }
        throw new AssertionError("ended early: " + said);
    }
}
