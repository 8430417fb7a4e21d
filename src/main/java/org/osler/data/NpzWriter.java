package org.osler.data;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osler.AtomicFile;

/**
 * Writes an npz file as {@code numpy.savez} does: entries stored, not deflated, so that the same arrays give the same
 * bytes whatever zlib the machine has. An array is staged in a file first, because its checksum stands before it.
 */
final class NpzWriter implements Closeable {

    /** For the earliest time that a zip archive can say, January, the JDK adds a field that depends on the time zone. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final AtomicFile file;
    private final ZipOutputStream zip;
    private final Path staged;

    private NpzWriter(AtomicFile file, Path staged) {
        this.file = file;
        this.zip = new ZipOutputStream(new BufferedOutputStream(file.stream(), 1 << 16));
        this.staged = staged;
    }

    /** Begins a file; it appears when {@link #commit()} was called. */
    static NpzWriter create(Path npz) throws IOException {
        Path folder = npz.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        return new NpzWriter(AtomicFile.create(npz), Files.createTempFile(folder, ".osler-", ".tmp"));
    }

    /** Writes the values of an array, in C order. */
    interface Values {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Adds an array.
     *
     * @param name without {@code .npy}
     * @param descr NumPy's name of the element type, e.g. {@code |u1}
     */
    void add(String name, String descr, int[] shape, Values values) throws IOException {
        CRC32 checksum = new CRC32();
        try (var out =
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(staged), 1 << 16), checksum)) {
            out.write(header(descr, shape));
            values.writeTo(out);
        }
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(Files.size(staged));
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        Files.copy(staged, zip);
        zip.closeEntry();
    }

    /** Version 1, padded so that the values begin at a multiple of 64 bytes. */
    private static byte[] header(String descr, int[] shape) {
        String axes = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
                .formatted(descr, axes, shape.length == 1 ? "," : "");
        int length = (10 + text.length() + 1 + 63) / 64 * 64;
        byte[] result = new byte[length];
        Arrays.fill(result, (byte) ' ');
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) (length - 10), (byte) ((length - 10) >> 8)};
        System.arraycopy(start, 0, result, 0, start.length);
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, result, start.length, text.length());
        result[length - 1] = '\n';
        return result;
    }

    /** Gives the file its name. */
    void commit() throws IOException {
        zip.finish();
        zip.flush();
        file.commit();
    }

    /** Removes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(staged);
    }
}
