package org.osler.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osler.weights.ElementType.F32;
import static org.osler.weights.ElementType.I64;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.weights.SafeTensorsWriter.Declaration;

class SafeTensorsWriterTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/weights");

    @TempDir
    private Path folder;

    @Test
    void bytesAreThoseOfThePythonPackage() throws IOException {
        Path path = folder.resolve("new/features.safetensors");
        var declarations = List.of(
                new Declaration("train", F32, 3, 2),
                new Declaration("val", F32, 0, 2),
                new Declaration("test", F32, 1, 2),
                new Declaration("größe \"x\"", F32),
                new Declaration("train.index", I64, 3));
        var metadata = Map.of("note", "größer / \"quoted\"\n");
        try (var writer = SafeTensorsWriter.create(path, declarations, metadata)) {
            writer.append("train", new float[] {0, 0.125f, 0.25f});
            writer.append("test", new float[] {-1, 1e-30f});
            writer.append("train", new float[] {9, 0.375f, 0.5f, 0.625f, 9}, 1, 3);
            writer.append("train.index", new long[] {0, -1, 1L << 50});
            writer.append(
                    "größe \"x\"",
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 0.1f));
            writer.commit();
        }
        assertThat(path).hasSameBinaryContentAs(GOLDEN.resolve("features.safetensors"));
    }

    @Test
    void longTensorsAreReadBack() throws IOException {
        Path path = folder.resolve("long.safetensors");
        float[] values = new float[100_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (var writer = SafeTensorsWriter.create(path, List.of(new Declaration("x", F32, values.length)), Map.of())) {
            writer.append("x", values);
            writer.commit();
        }
        try (var file = SafeTensors.open(path)) {
            float[] read = new float[values.length];
            file.bytes("x").asFloatBuffer().get(read);
            assertThat(read).isEqualTo(values);
            assertThat(file.metadata()).isEmpty();
        }
    }

    @Test
    void abandonedFileLeavesNothingBehind() throws IOException {
        try (var writer = writerOfThree()) {
            writer.append("x", new float[] {1, 2, 3});
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void unfilledTensorIsNotCommitted() throws IOException {
        try (var writer = writerOfThree()) {
            writer.append("x", new float[] {1, 2});
            assertThatThrownBy(writer::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("lacks its last 4 bytes");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void valuesThatWereNotDeclaredAreRefused() throws IOException {
        try (var writer = writerOfThree()) {
            assertThatThrownBy(() -> writer.append("x", new float[4])).hasMessageContaining("no room for 4 more");
            assertThatThrownBy(() -> writer.append("y", new float[1])).hasMessageContaining("no tensor \"y\" of F32");
            assertThatThrownBy(() -> writer.append("x", new long[1])).hasMessageContaining("no tensor \"x\" of I64");
            assertThatThrownBy(() -> writer.append("x", ByteBuffer.allocate(16)))
                    .hasMessageContaining("no room for 16 bytes");
        }
    }

    @Test
    void declarationsThatCannotBeAreRefused() throws IOException {
        var twice = List.of(new Declaration("x", F32, 1), new Declaration("x", F32, 1));
        assertThatThrownBy(() -> SafeTensorsWriter.create(folder.resolve("x"), twice, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Declaration("x", F32, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Declaration("x", ElementType.U8, 1)).isInstanceOf(IllegalArgumentException.class);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private SafeTensorsWriter writerOfThree() throws IOException {
        return SafeTensorsWriter.create(
                folder.resolve("x.safetensors"), List.of(new Declaration("x", F32, 3)), Map.of());
    }
}
