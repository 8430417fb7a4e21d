package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.EncoderWeights;
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;

/** Trials that cannot be finished are told with their reasons and tried again; the others are run all the same. */
class FailingTrialsTest {

    @TempDir
    private Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
        writeSpoiltWeights(folder.resolve("spoilt.safetensors"));
        study = Files.writeString(folder.resolve("s.yaml"), """
                study: failing
                datasets:
                  - phantom: {task: binary, channels: 1, size: 28, train: 16, val: 8, test: 8, seed: 0}
                    name: lesions
                encoders: [vit_tiny_patch16_224, resnet18]
                weights: {vit_tiny_patch16_224: spoilt.safetensors, resnet18: random}
                input: 32
                strategies: [linear-probe, fine-tune]
                seeds: [0]
                recipe: {iterations: 4, batch: 8}
                """);
    }

    @Test
    void oneThatDivergesIsToldWithItsReasonAndTriedAgain() throws IOException {
        Path out = folder.resolve("out");
        Cli cli = Cli.run(folder, "run", study.toString(), "--out", out.toString());
        assertThat(cli.code()).as(cli.err()).isEqualTo(1);
        assertThat(cli.err())
                .contains("failed: the training loss was no longer finite by iteration")
                .endsWith(
                        "osler: 2 of the trials failed, the list above says why; the same command tries them again.\n");
        assertThat(cli.out())
                .contains("Failed (running the study again tries again):")
                .containsPattern("ViT-Ti.* · linear-probe \\(.*\\) · seed 0: the training loss was no longer finite")
                .containsPattern("ViT-Ti.* · fine-tune \\(.*\\) · seed 0: the training loss was no longer finite");
        assertThat(Files.readString(out.resolve("results.csv")).lines()).hasSize(1 + 2);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<strong>2 trials failed</strong>")
                .contains("no longer finite");
        Cli again = Cli.run(folder, "run", study.toString(), "--out", out.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).startsWith("4 trials, 2 of them done before\n").contains("[4/4]");
    }

    /** Random weights but for one tensor that holds no numbers. */
    private static void writeSpoiltWeights(Path file) throws IOException {
        var card = EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow();
        try (Encoder encoder = EncoderWeights.open(card, card.input(), Optional.empty())) {
            List<Declaration> declarations = new ArrayList<>();
            encoder.parameters()
                    .entries()
                    .forEach((name, entry) -> declarations.add(new Declaration(
                            name, ElementType.F32, entry.tensor().shape())));
            try (var writer = SafeTensorsWriter.create(file, declarations, Map.of())) {
                for (Declaration declaration : declarations) {
                    float[] values = encoder.parameters()
                            .entries()
                            .get(declaration.name())
                            .tensor()
                            .toFloats();
                    if (declaration.name().equals("norm.weight")) {
                        Arrays.fill(values, Float.NaN);
                    }
                    writer.append(declaration.name(), values);
                }
                writer.commit();
            }
        }
    }
}
