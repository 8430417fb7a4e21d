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
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;

/** A weight file of 343 MB comes into memory once. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
class LoadingTest {

    private static final EncoderCard CARD =
            EncoderCatalog.find("vit_base_patch16_224").orElseThrow();

    @TempDir
    private Path folder;

    @Test
    void weightsTakeTheirOwnLengthInMemory() throws IOException {
        Path file = folder.resolve("model.safetensors");
        long length = write(file);
        EncoderWeights.open(CARD, CARD.input(), Optional.of(file)).close();
        long before = resident();
        try (Encoder encoder = EncoderWeights.open(CARD, CARD.input(), Optional.of(file))) {
            assertThat(encoder.parameters().count())
                    .isEqualTo(CARD.architecture().parameters());
            // Memory freed before may be used again, so only the upper bound says something; mapped pages of the file
            // would come on top of it.
            assertThat(resident() - before).isLessThan((long) (1.1 * length));
            assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain(file.toString());
        }
    }

    private static long write(Path file) throws IOException {
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
                                    .toFloats());
                }
                writer.commit();
            }
        }
        return Files.size(file);
    }

    /** Resident memory of this process in bytes: anonymous pages and those of mapped files. */
    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
