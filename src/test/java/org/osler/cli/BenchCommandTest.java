package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {

    @TempDir
    private Path folder;

    private Cli bench(String arguments) {
        return Cli.run(folder, ("bench --encoder resnet18 --batch 2 --seconds 0 " + arguments).split(" "));
    }

    @Test
    void printsSpeedArithmeticProductAndMemory() {
        Cli cli = bench("");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .startsWith(
                        "resnet18.a1_in1k, random values\nfeatures of images of 224 × 224 pixels, batches of 2, fp32")
                .containsPattern("[0-9.]+ images/s: median of 3 batches, the middle half of them [0-9.]+ to [0-9.]+")
                .containsPattern("[0-9.]+ GFLOP/s, at 3\\.6 GFLOP an image: [0-9]+ %")
                .contains("matrix product 2048 × 2048");
    }

    @Test
    void jsonOfTrainingCountsThreePassesAndSaysNothingOfOtherInputs() throws IOException {
        JsonNode own = new JsonMapper().readTree(bench("--mode train --json").out());
        // ResNet-18 has 1,813,561,344 multiply-adds: timm's own count.
        assertThat(own.get("gflopPerImage").asDouble()).isEqualTo(2 * 3 * 1.813561344);
        double median = own.get("imagesPerSecond").get("median").asDouble();
        assertThat(own.get("gflops").asDouble())
                .isEqualTo(own.get("gflopPerImage").asDouble() * median);
        assertThat(own.get("imagesPerSecond").get("lowerQuartile").asDouble()).isLessThanOrEqualTo(median);
        assertThat(own.get("imagesPerSecond").get("upperQuartile").asDouble()).isGreaterThanOrEqualTo(median);
        assertThat(own.get("matrixProduct").get("gflops").asDouble()).isPositive();
        assertThat(own.get("weights").isNull()).isTrue();
        JsonNode other = new JsonMapper()
                .readTree(bench("--input 64 --precision bf16 --json").out());
        assertThat(other.get("input").asInt()).isEqualTo(64);
        assertThat(other.get("gflopPerImage").isNull()).isTrue();
        assertThat(other.get("gflops").isNull()).isTrue();
    }

    @Test
    void takesATurnForEveryLine() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("go\ngo\n".getBytes(StandardCharsets.UTF_8)));
        Cli cli;
        try {
            cli = bench("--input 64 --turns");
        } finally {
            System.setIn(before);
        }
        assertThat(cli.code()).as(cli.err()).isZero();
        List<String> turns = cli.out().lines().toList();
        assertThat(turns).hasSize(2);
        for (String turn : turns) {
            JsonNode seconds = new JsonMapper().readTree(turn);
            assertThat(seconds.size()).isEqualTo(1); // with --seconds 0 a turn is one batch
            assertThat(seconds.get(0).asDouble()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "--batch 0|--batch 0: 1 to 1024 is right",
                "--threads 0|--threads 0: 1 to 4096 is right",
                "--encoder vgg16 --input 16|it takes 32 pixels or more",
                "--input 0|--input 0: 1 to 4096 is right",
                "--seconds NaN|--seconds NaN: 0 to 86400 is right",
                "--mode trian|expected one of [INFER, TRAIN] (case-insensitive) but was 'trian'",
                "--weights absent.safetensors|absent.safetensors does not exist",
                "--encoder vgg61|did you mean \"vgg16\"?"
            },
            delimiter = '|')
    void wrongUseIsSaid(String arguments, String message) {
        String encoder = arguments.contains("--encoder") ? "" : "--encoder resnet18 ";
        Cli cli = Cli.run(folder, ("bench " + encoder + arguments).split(" "));
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains(message);
        assertThat(cli.out()).isEmpty();
    }
}
