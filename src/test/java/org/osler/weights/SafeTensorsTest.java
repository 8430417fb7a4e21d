package org.osler.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.InputException;
import org.osler.SharedFiles;

class SafeTensorsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/weights");

    @TempDir
    private Path folder;

    @Test
    void everyTypeOfAPythonFileIsRead() throws IOException {
        try (var file = SafeTensors.open(GOLDEN.resolve("every_type.safetensors"))) {
            assertThat(file.entries()).hasSize(12);
            assertThat(file.metadata()).containsEntry("note", "größer als 1").containsEntry("format", "pt");
            assertThat(file.bytes("f64").getDouble(8)).isEqualTo(-2.0);
            assertThat(file.entries().get("f32").shape()).containsExactly(2, 3);
            assertThat(file.bytes("f32").asFloatBuffer().get(5)).isEqualTo(-1e30f);
            assertThat(file.bytes("f16").getShort(0)).isEqualTo((short) 0x3E00);
            assertThat(file.bytes("bf16").getShort(2)).isEqualTo((short) 0xC000);
            assertThat(file.bytes("i64").getLong(16)).isEqualTo(1L << 40);
            assertThat(file.bytes("i32").getInt(8)).isEqualTo(1 << 20);
            assertThat(file.bytes("i16").getShort(4)).isEqualTo((short) 300);
            assertThat(file.bytes("i8").get(1)).isEqualTo((byte) -2);
            assertThat(file.bytes("u8").get(2)).isEqualTo((byte) 255);
            assertThat(file.bytes("bool").get(2)).isEqualTo((byte) 1);
        }
    }

    @Test
    void emptyTensorsAndSingleNumbersAreTensors() throws IOException {
        try (var file = SafeTensors.open(GOLDEN.resolve("every_type.safetensors"))) {
            assertThat(file.entries().get("empty").shape()).containsExactly(0, 3);
            assertThat(file.bytes("empty").remaining()).isZero();
            assertThat(file.entries().get("scalar").shape()).isEmpty();
            assertThat(file.bytes("scalar").getFloat()).isEqualTo(42f);
        }
    }

    @Test
    void buffersAreReadOnlyAndOutliveTheFile() throws IOException {
        SafeTensors closed;
        ByteBuffer buffer;
        try (var file = SafeTensors.open(GOLDEN.resolve("every_type.safetensors"))) {
            closed = file;
            buffer = file.bytes("f32", 4, 8);
        }
        assertThatThrownBy(() -> closed.bytes("f32")).isInstanceOf(ClosedChannelException.class);
        assertThat(buffer.isReadOnly()).isTrue();
        assertThat(buffer.getFloat(0)).isEqualTo(-2f);
        assertThat(buffer.remaining()).isEqualTo(8);
    }

    @Test
    void realEncoderIsRead() throws IOException {
        try (var file = SafeTensors.open(SharedFiles.path("weights/vit_tiny_patch16_224.tinyimagenet.safetensors"))) {
            assertThat(file.entries().get("blocks.11.mlp.fc1.weight").shape()).containsExactly(768, 192);
            assertThat(file.entries().get("pos_embed").type()).isEqualTo(ElementType.F32);
        }
    }

    @Test
    void tensorsBeyondTwoGibibytesAreReadInParts() throws IOException {
        long elements = (3L << 30) / 4;
        Path path = write("{\"big\":{\"dtype\":\"F32\",\"shape\":[" + elements + "],\"data_offsets\":[0," + (3L << 30)
                + "]},\"last\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[" + (3L << 30) + ","
                + ((3L << 30) + 1) + "]}}");
        try (var sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.seek(sparse.length() + (3L << 30));
            sparse.write(7);
        }
        try (var file = SafeTensors.open(path)) {
            assertThat(file.bytes("last").get()).isEqualTo((byte) 7);
            assertThat(file.bytes("big", (3L << 30) - 4, 4).getFloat()).isZero();
            assertThatThrownBy(() -> file.bytes("big")).isInstanceOf(InputException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                       | not a JSON object
            ` {}`                                                                    | not a JSON object
            7                                                                        | not a JSON object
            {"a":                                                                    | not valid JSON
            {}{}                                                                     | not valid JSON
            {"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}} | Duplicate
            {"a":{"dtype":"F8","shape":[4],"data_offsets":[0,4]}}                    | unknown dtype "F8"
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}                   | takes 8 bytes, but its offsets give 4
            {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}                  | has -1 in "shape"
            {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}                 | has 1.5 in "shape"
            {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}| has 99999999999999999999 in "shape"
            {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}| impossible shape
            {"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,4]}} | impossible shape
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                   | outside the file's 0 to 4
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}                   | outside the file's
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}                     | needs "dtype"
            {"a":{"dtype":"F32","shape":[1]}}                                        | needs "dtype"
            {"a":{"dtype":5,"shape":[1],"data_offsets":[0,4]}}                       | needs "dtype"
            {"a":[]}                                                                 | needs "dtype"
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}} | overlaps
            {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}} | hole
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}                    | hole
            {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}                    | 1 bytes after the last tensor
            {"__metadata__":{"a":1}}                                                 | must map names to texts
            {"__metadata__":"a"}                                                     | must map names to texts
            """)
    void faultyHeaderIsNamed(String header, String fault) throws IOException {
        Path path = write(header, new byte[4]);
        assertThatThrownBy(() -> SafeTensors.open(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(fault)
                .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource({
        "3, , too few",
        "8, 9, only 0 after",
        "100, 1000000000000, are the most",
        "100, -1, 18446744073709551615",
        "100, 93, only 92 after"
    })
    void headerLengthThatCannotBeIsNamed(int fileLength, Long headerLength, String fault) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(fileLength).order(ByteOrder.LITTLE_ENDIAN);
        if (headerLength != null) {
            bytes.putLong(headerLength);
        }
        Path path = Files.write(folder.resolve("bad.safetensors"), bytes.array());
        assertThatThrownBy(() -> SafeTensors.open(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void fileThatWasCutShortIsRefusedWhereverItWasCut() throws IOException {
        byte[] whole = Files.readAllBytes(GOLDEN.resolve("every_type.safetensors"));
        for (int tenth = 0; tenth < 10; tenth++) {
            Path path = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, whole.length * tenth / 10));
            assertThatThrownBy(() -> SafeTensors.open(path))
                    .as(tenth + " tenths")
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    /** Within the length of the file, but gigabytes once it is JSON in memory. */
    @Test
    void headerOfTensOfMegabytesIsRefusedBeforeItIsRead() throws IOException {
        byte[] header = new byte[20_000_000];
        Arrays.fill(header, (byte) '[');
        Path path = write(header, new byte[0]);
        assertThatThrownBy(() -> SafeTensors.open(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its header would be 20000000 bytes long; 16777216 are the most allowed");
    }

    @Test
    void shapeOfManyAxesAndDeepNestingAreRefused() throws IOException {
        Path axes = write(
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + "1,".repeat(99) + "1],\"data_offsets\":[0,1]}}", new byte[1]);
        assertThatThrownBy(() -> SafeTensors.open(axes)).hasMessageContaining("has 100 axes; 64 are the most");
        Path deep = write("[".repeat(1_000_000), new byte[0]);
        assertThatThrownBy(() -> SafeTensors.open(deep))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not valid JSON");
    }

    @Test
    void headerInAnotherEncodingIsRefused() throws IOException {
        Path path = write("{}".getBytes(StandardCharsets.UTF_16LE), new byte[0]);
        assertThatThrownBy(() -> SafeTensors.open(path)).isInstanceOf(InputException.class);
        Path latin = write("{\"__metadata__\":{\"a\":\"ö\"}}".getBytes(StandardCharsets.ISO_8859_1), new byte[0]);
        assertThatThrownBy(() -> SafeTensors.open(latin)).hasMessageContaining("not UTF-8");
    }

    @Test
    void fileOrTensorThatIsNotThereIsNamed() throws IOException {
        assertThatThrownBy(() -> SafeTensors.open(folder.resolve("absent")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("absent: no such file");
        try (var file = SafeTensors.open(GOLDEN.resolve("every_type.safetensors"))) {
            assertThatThrownBy(() -> file.bytes("head.weight"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("has no tensor \"head.weight\"");
        }
    }

    private Path write(String header) throws IOException {
        return write(header, new byte[0]);
    }

    private Path write(String header, byte[] data) throws IOException {
        return write(header.getBytes(StandardCharsets.UTF_8), data);
    }

    private Path write(byte[] header, byte[] data) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header).put(data);
        return Files.write(folder.resolve("made.safetensors"), bytes.array());
    }
}
