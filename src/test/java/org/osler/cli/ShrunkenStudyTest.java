package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.SharedFiles;

/** The paper's study as it ships, from the command line to the report, on real images: small ones, few iterations and learning rates. */
class ShrunkenStudyTest {

    @TempDir
    private Path folder;

    @Test
    void wu2025RunsToItsReport() throws IOException {
        Path data = SharedFiles.path("data/medmnist/breastmnist.npz").getParent();
        Path weights = SharedFiles.path("weights/vit_tiny_patch16_224.tinyimagenet.safetensors");
        Path out = folder.resolve("out");
        Cli cli = Cli.run(
                folder,
                "run",
                "studies/wu2025.yaml",
                "--offline",
                "--set=datasets=[breastmnist, retinamnist]",
                "--set=encoders=[vit_tiny_patch16_224, resnet18]",
                "--set=weights={vit_tiny_patch16_224: " + weights + ", resnet18: random}",
                "--set=data-dir=" + data,
                "--set=size=28",
                "--set=input=32",
                "--set=strategies=[linear-probe, fine-tune: {encoder-lr: {cnn: [1e-3, 1e-4], vit: [1e-4, 1e-5]}}]",
                "--set=seeds=[0, 1]",
                "--set=recipe.iterations=8",
                "--set=recipe.validations=1",
                "--out=" + out);
        assertThat(cli.code()).as(cli.err()).isZero();
        // By hand: 2 datasets × 2 encoders × 2 seeds × (1 linear probing + 2 learning rates of fine-tuning) = 24
        // trials; 2 × 2 × 3 = 12 settings; and a line of names.
        assertThat(Files.readAllLines(out.resolve("results.csv"))).hasSize(25);
        List<String> summary = Files.readAllLines(out.resolve("summary.csv"));
        assertThat(summary).hasSize(13);
        String html = Files.readString(out.resolve("report.html"));
        assertThat(html).contains("breastmnist", "retinamnist", "ViT-Ti/16", "ResNet-18", "untrained", "drift");
        assertThat(cli.out()).contains("untrained: random weights");
        assertThat(out.resolve("results.db-wal")).doesNotExist();
    }
}
