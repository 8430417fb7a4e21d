package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.metric.Task;
import org.osler.model.TinyModels;
import org.osler.report.Chromium;

/** {@code predict --explain}, as a user has it. */
class ExplainTest {

    @TempDir
    private Path folder;

    @Test
    void imagesAreExplainedOnAPageAndAsFiles() throws IOException, InterruptedException {
        Path model = model(Task.BINARY, 2);
        Path images = images();
        Path why = folder.resolve("why");
        Cli run = Cli.run(folder, "predict", model.toString(), images.toString(), "--explain", why.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Explanations: " + why.resolve("index.html"));
        assertThat(run.out()).startsWith("file,label,").hasLineCount(3);
        assertThat(names(why))
                .containsExactly(
                        "0001-a_scan_ä.map.png", "0001-a_scan_ä.png", "0002-b.map.png", "0002-b.png", "index.html");
        BufferedImage map = ImageIO.read(why.resolve("0002-b.map.png").toFile());
        assertThat(map.getWidth()).isEqualTo(32);
        assertThat(map.getRaster().getNumBands()).isEqualTo(1);
        String page = Files.readString(why.resolve("index.html"));
        assertThat(page)
                .contains("Grad-CAM", "a scan &lt;ä&gt;.png", "vit_tiny_patch16_224")
                .doesNotContain("Nearest training images", "://");
        assertThat(Chromium.find()
                        .visit(why.resolve("index.html").toUri(), folder)
                        .console())
                .isEmpty();
    }

    @Test
    void aDatasetsImagesHaveTheirTruthAndTheNearestTrainingImages() throws IOException {
        String npz = folder.resolve("mine.npz").toString();
        assertThat(Cli.run(
                                folder,
                                "phantom",
                                "--task",
                                "multi-label",
                                "--classes",
                                "3",
                                "--train",
                                "24",
                                "--val",
                                "12",
                                "--test",
                                "6",
                                "--out",
                                npz)
                        .code())
                .isZero();
        Path model = model(Task.MULTI_LABEL, 3);
        Path why = folder.resolve("why");
        Cli run = Cli.run(
                folder, "predict", model.toString(), "--data", npz, "--explain", why.toString(), "--neighbours", npz);
        assertThat(run.code()).as(run.err()).isZero();
        String page = Files.readString(why.resolve("index.html"));
        assertThat(page).contains("mine/test/5", "Nearest training images", "those of mine");
        assertThat(page.split("alt=\"Training image: ", -1)).hasSize(1 + 6 * 5);
        Cli attention = Cli.run(
                folder,
                "predict",
                model.toString(),
                "--data",
                npz,
                "--explain",
                folder.resolve("attention").toString(),
                "--map",
                "attention");
        assertThat(attention.code()).as(attention.err()).isZero();
        assertThat(folder.resolve("attention/index.html")).content().contains("attention rollout");
    }

    @Test
    void whatCannotBeExplainedIsSaidBeforeAnythingIsWritten() throws IOException {
        Path model = model(Task.BINARY, 2);
        String images = images().toString();
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("notes.txt"), "mine");
        refused("is not empty", model, images, "--explain", full.toString());
        refused("with --explain", model, images, "--neighbours", "breastmnist");
        refused("grad-cam, attention", model, images, "--explain", "why", "--map", "lime");
        refused("nor one of MedMNIST's", model, images, "--explain", "why", "--neighbours", "nothing.npz");
        assertThat(names(full)).containsExactly("notes.txt");
    }

    private void refused(String message, Path model, String... more) {
        String[] arguments = Stream.concat(Stream.of("predict", model.toString()), Stream.of(more))
                .toArray(String[]::new);
        Cli run = Cli.run(folder, arguments);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    private Path model(Task task, int classes) throws IOException {
        Path model = folder.resolve("model");
        TinyModels.write(model, task, classes);
        return model;
    }

    private Path images() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        for (String name : new String[] {"a scan <ä>.png", "b.png"}) {
            BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < 40 * 30; i++) {
                image.getRaster().setSample(i % 40, i / 40, 0, (i * 7 + name.length() * i) % 256);
            }
            ImageIO.write(image, "png", images.resolve(name).toFile());
        }
        return images;
    }

    private static java.util.List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
