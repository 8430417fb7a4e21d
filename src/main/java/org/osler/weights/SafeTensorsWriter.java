package org.osler.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.osler.AtomicFile;

/**
 * Writes a safetensors file of any length in little memory: the tensors are declared first, then each is filled from
 * its beginning, in as many pieces as one likes; pieces of different tensors may come in any order.
 *
 * <p>The file appears at {@link #commit()}, whole; closing without it leaves nothing behind. The bytes are those that
 * the {@code safetensors} Python package writes (0.8.0): wider types first, then by name, header padded with blanks to
 * a multiple of eight bytes.
 *
 * <p>Not thread-safe.
 */
public final class SafeTensorsWriter implements Closeable {

    private static final int CHUNK = 1 << 16;

    private final AtomicFile file;
    private final FileChannel channel;
    private final Map<String, Section> sections = new HashMap<>();
    private final List<Section> inFile = new ArrayList<>();
    private byte[] header;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * A tensor to come.
     *
     * @param name unique within the file
     * @param type {@link ElementType#F32} or {@link ElementType#I64}
     * @param shape its lengths, outermost first, each at least 0; empty for a single number
     */
    public record Declaration(String name, ElementType type, long... shape) {

        public Declaration {
            if (type != ElementType.F32 && type != ElementType.I64) {
                throw new IllegalArgumentException("tensors of " + type + " are read, not written");
            }
            if (Arrays.stream(shape).anyMatch(side -> side < 0)) {
                throw new IllegalArgumentException(name + ": negative length in " + Arrays.toString(shape));
            }
        }

        private long length() {
            return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        }
    }

    /** Where a tensor lies in the file, and how far it is filled. */
    private static final class Section {
        private final ElementType type;
        private final long end;
        private final CRC32C sum = new CRC32C();
        private long position;

        private Section(ElementType type, long begin, long end) {
            this.type = type;
            this.position = begin;
            this.end = end;
        }
    }

    private SafeTensorsWriter(AtomicFile file) {
        this.file = file;
        this.channel = file.channel();
    }

    /**
     * Begins a file; its folder is made if need be.
     *
     * @param declarations every tensor that it will hold
     * @param metadata free texts for its {@code __metadata__}; left out if empty
     * @throws IllegalArgumentException if a name is declared twice or is {@code __metadata__}
     * @throws IOException if it cannot be written
     */
    public static SafeTensorsWriter create(Path target, List<Declaration> declarations, Map<String, String> metadata)
            throws IOException {
        var writer = new SafeTensorsWriter(AtomicFile.create(target));
        try {
            writer.begin(declarations, metadata);
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /**
     * The same with a checksum among the metadata, {@code crc32c}, by which {@link SafeTensors#isIntact} knows a damaged
     * file.
     */
    public static SafeTensorsWriter createChecked(
            Path target, List<Declaration> declarations, Map<String, String> metadata) throws IOException {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(TensorChecksum.KEY, TensorChecksum.PLACEHOLDER);
        return create(target, declarations, more);
    }

    private void begin(List<Declaration> declarations, Map<String, String> metadata) throws IOException {
        ObjectNode root = new JsonMapper().createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(SafeTensorsHeader.METADATA);
            metadata.forEach(texts::put);
        }
        Map<String, long[]> ranges = new HashMap<>();
        long end = 0;
        for (Declaration tensor : inFileOrder(declarations)) {
            if (root.has(tensor.name()) || tensor.name().equals(SafeTensorsHeader.METADATA)) {
                throw new IllegalArgumentException("tensor \"" + tensor.name() + "\" cannot be declared (again)");
            }
            long begin = end;
            end = Math.addExact(begin, tensor.length());
            ObjectNode node =
                    root.putObject(tensor.name()).put("dtype", tensor.type().name());
            Arrays.stream(tensor.shape()).forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(begin).add(end);
            ranges.put(tensor.name(), new long[] {begin, end});
        }
        byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
        header = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(header, json.length, header.length, (byte) ' ');

        long start = (long) SafeTensorsHeader.PREFIX + header.length;
        for (Declaration tensor : inFileOrder(declarations)) {
            long[] range = ranges.get(tensor.name());
            Section section = new Section(tensor.type(), start + range[0], start + range[1]);
            sections.put(tensor.name(), section);
            inFile.add(section);
        }
        writeFully(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .flip(),
                0);
        writeFully(ByteBuffer.wrap(header), SafeTensorsHeader.PREFIX);
    }

    private static List<Declaration> inFileOrder(List<Declaration> declarations) {
        return declarations.stream()
                .sorted(Comparator.comparingInt(
                                (Declaration tensor) -> -tensor.type().bytes())
                        .thenComparing(Declaration::name))
                .toList();
    }

    /** Appends values to a float32 tensor. */
    public void append(String name, float[] values) throws IOException {
        append(name, values, 0, values.length);
    }

    /**
     * Appends {@code count} values, from index {@code from} on, to a float32 tensor.
     *
     * @throws IllegalArgumentException if there is no such tensor, it is of another type, or it would run over
     */
    public void append(String name, float[] values, int from, int count) throws IOException {
        Section section = section(name, ElementType.F32, count);
        int chunk = CHUNK / Float.BYTES;
        for (int done = 0; done < count; done += chunk) {
            int now = Math.min(chunk, count - done);
            buffer.clear().asFloatBuffer().put(values, from + done, now);
            append(section, buffer.limit(now * Float.BYTES));
        }
    }

    /** Appends rows to a float32 tensor, each value rounded to the nearest float32. */
    public void append(String name, double[][] rows) throws IOException {
        for (double[] row : rows) {
            float[] narrow = new float[row.length];
            for (int c = 0; c < row.length; c++) {
                narrow[c] = (float) row[c];
            }
            append(name, narrow);
        }
    }

    /** Appends values to an int64 tensor. */
    public void append(String name, long[] values) throws IOException {
        Section section = section(name, ElementType.I64, values.length);
        int chunk = CHUNK / Long.BYTES;
        for (int done = 0; done < values.length; done += chunk) {
            int now = Math.min(chunk, values.length - done);
            buffer.clear().asLongBuffer().put(values, done, now);
            append(section, buffer.limit(now * Long.BYTES));
        }
    }

    /**
     * Appends a buffer's remaining bytes, which must be little-endian elements of the tensor's type.
     *
     * @throws IllegalArgumentException if there is no such tensor, or it would run over
     */
    public void append(String name, ByteBuffer values) throws IOException {
        Section section = sections.get(name);
        if (section == null || values.remaining() > section.end - section.position) {
            throw new IllegalArgumentException("no room for " + values.remaining() + " bytes in \"" + name + "\"");
        }
        append(section, values);
    }

    private Section section(String name, ElementType type, int count) {
        Section section = sections.get(name);
        if (section == null || section.type != type) {
            throw new IllegalArgumentException("no tensor \"" + name + "\" of " + type + " was declared");
        }
        if ((long) count * type.bytes() > section.end - section.position) {
            throw new IllegalArgumentException("no room for " + count + " more values in \"" + name + "\"");
        }
        return section;
    }

    private void append(Section section, ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        section.sum.update(bytes.duplicate());
        writeFully(bytes, section.position);
        section.position += length;
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /**
     * Forces the file to disk and gives it its name, over what stood there.
     *
     * @throws IllegalStateException if a tensor was not filled to its end
     * @throws IOException if the disk is full, or the like
     */
    public void commit() throws IOException {
        sections.forEach((name, section) -> {
            if (section.position != section.end) {
                throw new IllegalStateException(
                        "tensor \"" + name + "\" lacks its last " + (section.end - section.position) + " bytes");
            }
        });
        int place = TensorChecksum.indexIn(header);
        if (place >= 0) {
            String sum = TensorChecksum.of(
                    header,
                    inFile.stream().map(section -> section.sum.getValue()).toList());
            writeFully(StandardCharsets.US_ASCII.encode(sum), SafeTensorsHeader.PREFIX + place);
        }
        file.commit();
    }

    /** Removes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
