package org.osler.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osler.FreshProcess;
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;

/** A weight file of 343 MB comes into memory once; in a process of its own, where nothing freed before hides it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
class LoadingTest {

    private static final EncoderCard CARD =
            EncoderCatalog.find("vit_base_patch16_224").orElseThrow();

    @TempDir
    private Path folder;

    @Test
    void weightsTakeTheirOwnLengthInMemory() throws IOException, InterruptedException {
        Path file = folder.resolve("model.safetensors");
        write(file);
        String output = FreshProcess.output(Child.class, file.toString());
        // Mapped pages, or a copy on the way, would make it twice the file's length.
        assertThat(Long.parseLong(output))
                .as("bytes by which memory grew at its peak")
                .isBetween(Files.size(file) * 9 / 10, Files.size(file) * 13 / 10);
    }

    /** Loads the file and prints by how many bytes resident memory grew at its peak, mapped pages counted. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            // Loads libtorch, and the classes.
            EncoderWeights.open(EncoderCatalog.find("resnet18").orElseThrow(), 32, Optional.empty())
                    .close();
            long before = kilobytes("VmRSS:");
            try (Encoder encoder = EncoderWeights.open(CARD, CARD.input(), Optional.of(Path.of(arguments[0])))) {
                System.out.println(1024 * (kilobytes("VmHWM:") - before));
            }
        }

        private static long kilobytes(String line) throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(each -> each.startsWith(line))
                    .mapToLong(each -> Long.parseLong(each.replaceAll("\\D", "")))
                    .sum();
        }
    }

    private static void write(Path file) throws IOException {
        try (Encoder encoder = CARD.build(CARD.input())) {
            List<Declaration> declarations = encoder.parameters().entries().entrySet().stream()
                    .map(entry -> new Declaration(
                            entry.getKey(),
                            ElementType.F32,
                            entry.getValue().tensor().shape()))
                    .toList();
            try (SafeTensorsWriter writer = SafeTensorsWriter.create(file, declarations, Map.of())) {
                for (Declaration declaration : declarations) {
                    writer.append(
                            declaration.name(),
                            encoder.parameters()
                                    .entries()
                                    .get(declaration.name())
                                    .tensor()
                                    .bytes());
                }
                writer.commit();
            }
        }
    }
}
