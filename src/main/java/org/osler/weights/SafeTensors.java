package org.osler.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.osler.InputException;

/**
 * A safetensors file, checked in full when it is opened and read by memory mapping.
 *
 * <p>Format: eight bytes, the little-endian length of the header; the header, JSON that gives each tensor's type,
 * shape and place; the tensors, without holes (<a href="https://github.com/huggingface/safetensors#format">its
 * description</a>). Nothing in it is ever executed.
 *
 * <p>Each call to {@link #bytes(String)} maps that tensor alone, so files of any length can be read, tensors of up to
 * 2 GiB at once and longer ones in parts. A buffer stays valid after {@link #close()}; its pages belong to the file and
 * the system takes them back when it wants to.
 */
public final class SafeTensors implements AutoCloseable {

    private static final int CHECKED_AT_ONCE = 1 << 28;

    private final Path file;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;

    /**
     * One tensor of the file.
     *
     * @param name its name, e.g. {@code blocks.0.attn.qkv.weight}
     * @param type what its elements are
     * @param shape its lengths, outermost first; empty for a single number
     * @param begin first byte, counted from the end of the header
     * @param end the byte after the last one, counted likewise
     */
    public record Entry(String name, ElementType type, long[] shape, long begin, long end) {

        /** Bytes that it takes. */
        public long length() {
            return end - begin;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry entry
                    && name.equals(entry.name)
                    && type == entry.type
                    && Arrays.equals(shape, entry.shape)
                    && begin == entry.begin
                    && end == entry.end;
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, type, Arrays.hashCode(shape), begin, end);
        }

        @Override
        public String toString() {
            return name + " " + type + " " + Arrays.toString(shape);
        }
    }

    private SafeTensors(Path file, FileChannel channel, SafeTensorsHeader header) {
        this.file = file;
        this.channel = channel;
        this.dataStart = header.dataStart();
        this.entries = header.entries();
        this.metadata = header.metadata();
    }

    /**
     * Opens a file and checks all of its header.
     *
     * @throws InputException if there is no such file, or it is not a valid safetensors file
     * @throws IOException if it cannot be read
     */
    public static SafeTensors open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": no such file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new SafeTensors(file, channel, SafeTensorsHeader.read(file, channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** The tensors by name, in the order in which they lie in the file. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /** The free texts of the header's {@code __metadata__}; empty if it has none. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * One whole tensor: little-endian, row-major, read-only.
     *
     * @throws InputException if the file has no tensor of that name, or it is longer than 2 GiB
     * @throws IOException if it cannot be mapped, or the file was closed
     */
    public ByteBuffer bytes(String name) throws IOException {
        long length = entry(name).length();
        if (length > Integer.MAX_VALUE) {
            throw new InputException(
                    file + ": tensor \"" + name + "\" takes " + length + " bytes; at most 2 GiB are read at once");
        }
        return bytes(name, 0, (int) length);
    }

    /**
     * A part of a tensor: little-endian, row-major, read-only.
     *
     * @param from first byte, counted from the tensor's beginning
     * @param length bytes wanted
     * @throws InputException if the file has no tensor of that name
     * @throws IOException if it cannot be mapped, or the file was closed
     */
    public ByteBuffer bytes(String name, long from, int length) throws IOException {
        Entry entry = entry(name);
        Objects.checkFromIndexSize(from, (long) length, entry.length());
        return channel.map(MapMode.READ_ONLY, dataStart + entry.begin() + from, length)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * One float32 tensor [N, C] as rows.
     *
     * @throws InputException if the file has no tensor of that name, or one of another type or shape
     */
    public double[][] rows(String name) throws IOException {
        Entry entry = entry(name);
        if (entry.type() != ElementType.F32 || entry.shape().length != 2) {
            throw new InputException(file + ": \"" + name + "\" is no table of float32 but " + entry);
        }
        FloatBuffer values = bytes(name).asFloatBuffer();
        double[][] rows = new double[(int) entry.shape()[0]][(int) entry.shape()[1]];
        for (double[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                row[c] = values.get();
            }
        }
        return rows;
    }

    /**
     * Reads one whole tensor.
     *
     * @param target filled from its position to its limit; a direct buffer of the tensor's length
     * @throws InputException if the file has no tensor of that name
     * @throws IOException if the file ends early, or was closed
     */
    public void read(String name, ByteBuffer target) throws IOException {
        Entry entry = entry(name);
        if (target.remaining() != entry.length()) {
            throw new IllegalArgumentException(
                    target.remaining() + " bytes do not take \"" + name + "\" of " + entry.length());
        }
        long at = dataStart + entry.begin();
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                throw new EOFException(file + " has become shorter while it was read");
            }
            at += read;
        }
    }

    /** Whether the file is as it was written, by its own checksum; a file without one is taken to be. Reads all of it. */
    public boolean isIntact() throws IOException {
        String stated = metadata.get(TensorChecksum.KEY);
        if (stated == null) {
            return true;
        }
        ByteBuffer header = ByteBuffer.allocate((int) (dataStart - SafeTensorsHeader.PREFIX));
        SafeTensorsHeader.readFully(file, channel, header, SafeTensorsHeader.PREFIX);
        int place = TensorChecksum.indexIn(header.array());
        if (place < 0) {
            return false; // someone else wrote the header, or its spaces
        }
        byte[] zeros = TensorChecksum.PLACEHOLDER.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(zeros, 0, header.array(), place, zeros.length);
        List<Long> sums = new ArrayList<>();
        for (Entry entry : entries.values()) {
            sums.add(sum(entry));
        }
        return TensorChecksum.of(header.array(), sums).equals(stated);
    }

    private long sum(Entry entry) throws IOException {
        CRC32C sum = new CRC32C();
        for (long at = 0; at < entry.length(); at += CHECKED_AT_ONCE) {
            sum.update(bytes(entry.name(), at, (int) Math.min(CHECKED_AT_ONCE, entry.length() - at)));
        }
        return sum.getValue();
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new InputException(file + ": has no tensor \"" + name + "\"");
        }
        return entry;
    }

    /** Closes the file; buffers handed out before stay valid. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
