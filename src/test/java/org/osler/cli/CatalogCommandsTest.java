package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandsTest {

    @TempDir
    private Path folder;

    @Test
    void modelsSayWhichWeightsAreAtHand() throws IOException {
        touch("osler/weights/resnet18.a1_in1k.safetensors");
        Cli cli = Cli.run(folder, "models");
        assertThat(cli.code()).isZero();
        assertThat(cli.out().lines().filter(line -> line.endsWith("at hand")))
                .singleElement()
                .asString()
                .matches("resnet18\\.a1_in1k +ResNet-18 +cnn +512 +224 +11\\.2 +1\\.8 +Apache-2\\.0 +at hand");
        assertThat(cli.out()).containsPattern("vit_base_patch16_224\\S+ +ViT-B/16 +vit +768 .*–");
    }

    @Test
    void modelsAsJsonGivePathsOrNull() throws IOException {
        Path file = touch("hf/hub/models--timm--resnet34.a1_in1k/snapshots/abc/model.safetensors");
        JsonNode models =
                new JsonMapper().readTree(Cli.run(folder, "models", "--json").out());
        assertThat(models.findValuesAsText("id")).contains("resnet18.a1_in1k", "resnet34.a1_in1k");
        for (JsonNode model : models) {
            if (model.get("id").asText().equals("resnet34.a1_in1k")) {
                assertThat(model.get("weights").asText()).isEqualTo(file.toString());
                assertThat(model.get("features").asInt()).isEqualTo(512);
            } else {
                assertThat(model.get("weights").isNull()).isTrue();
            }
        }
    }

    @Test
    void datasetsSayWhichSizesAreAtHand() throws IOException {
        touch("mine/breastmnist.npz");
        touch("osler/datasets/breastmnist_224.npz");
        Cli cli = Cli.run(folder, "datasets", "--data", folder + "/mine");
        assertThat(cli.code()).isZero();
        assertThat(cli.out().lines()).hasSize(13);
        assertThat(cli.out())
                .containsPattern("breastmnist +binary +2 +grey +546 +78 +156 +CC BY 4\\.0 +28, 224")
                .containsPattern("chestmnist +multi-label +14 +grey +78468");
    }

    @Test
    void datasetsAsJsonGiveAddressAndHash() throws IOException {
        JsonNode datasets =
                new JsonMapper().readTree(Cli.run(folder, "datasets", "--json").out());
        assertThat(datasets).hasSize(12);
        JsonNode file = datasets.get(0).get("files").get(0);
        assertThat(file.get("url").asText()).startsWith("https://");
        assertThat(file.get("md5").asText()).hasSize(32);
    }

    @Test
    void doctorSaysHowThingsStand() throws IOException {
        touch("osler/weights/resnet18.a1_in1k.safetensors");
        Cli cli = Cli.run(folder, "doctor", "--out", folder + "/results");
        assertThat(cli.code()).as(cli.out()).isZero();
        assertThat(cli.out())
                .containsPattern("ok +Java +\\d+")
                .containsPattern("ok +weights +1 of \\d+ encoders")
                .containsPattern("ok +libtorch +2\\.\\d+\\.\\d+, \\d+ threads");
    }

    @Test
    void doctorFailsWhereResultsCannotBeWritten() throws IOException {
        Path file = touch("file");
        Cli cli = Cli.run(folder, "doctor", "--out", file + "/results");
        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.out()).containsPattern("fail +results +.*no folder that can be written to");
    }

    @Test
    void phantomsAreWrittenAndDescribed() throws IOException {
        Path file = folder.resolve("new/p.npz");
        Cli cli = Cli.run(
                folder,
                "phantom",
                "--task",
                "multi-label",
                "--train",
                "8",
                "--val",
                "4",
                "--test",
                "4",
                "--out",
                file.toString());
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo(file + ": 16 images of 28 × 28 pixels, multi-label, 4 labels\n");
        assertThat(file).isNotEmptyFile();
        assertThat(Cli.run(folder, "phantom", "--task", "binary", "--out", "p.csv")
                        .err())
                .contains("should end in .npz");
        Cli odd = Cli.run(folder, "phantom", "--task", "binary", "--size", "5", "--out", file.toString());
        assertThat(odd.code()).as(odd.err()).isEqualTo(2);
    }

    private Path touch(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
