package org.osler.data;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.osler.InputException;

/**
 * An array of an npz file, read from its first value to its last. Exactly as many bytes as its header claims: neither
 * an archive that ends early nor one that inflates to more is taken.
 */
final class NpyArray implements Closeable {

    /** Images of one colour shrink a thousandfold, those of MedMNIST to a half or so. */
    private static final int MOST_INFLATED = 200;

    /** So many bytes may inflate from however few. */
    private static final long HARMLESS = 1L << 30;

    private final String where;
    private final NpyHeader header;
    private final CheckedInputStream in;
    private final long checksum;
    private long left;

    private NpyArray(String where, NpyHeader header, CheckedInputStream in, ZipEntry entry) {
        this.where = where;
        this.header = header;
        this.in = in;
        this.checksum = entry.getCrc();
        this.left = header.values(where) * header.width();
        if (left > HARMLESS && left / MOST_INFLATED > entry.getCompressedSize()) {
            throw new InputException("%s would inflate from %,d bytes to %,d, as no images do; is this a trap?"
                    .formatted(where, entry.getCompressedSize(), left));
        }
        if (header.bytes() + left != entry.getSize()) {
            throw new InputException("%s has %,d bytes, but its header means %,d"
                    .formatted(where, entry.getSize(), header.bytes() + left));
        }
    }

    static NpyArray open(ZipFile zip, ZipEntry entry, String where) throws IOException {
        CheckedInputStream in = null;
        try {
            in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
            NpyArray array = new NpyArray(where, NpyHeader.read(in, where), in, entry);
            in = null;
            return array;
        } catch (ZipException | EOFException e) {
            throw broken(where, e);
        } finally {
            if (in != null) {
                in.close();
            }
        }
    }

    NpyHeader header() {
        return header;
    }

    /** The file and the array's name, for messages. */
    String where() {
        return where;
    }

    /**
     * Reads on.
     *
     * @param chunk filled from its start, completely unless the array ends
     * @return how many bytes; 0 after the last
     * @throws InputException if the archive is broken
     */
    int read(byte[] chunk) throws IOException {
        try {
            int read = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
            if (read < Math.min(chunk.length, left)) {
                throw new EOFException("the data end " + left + " bytes early");
            }
            left -= read;
            if (left == 0) {
                end(in);
            }
            return read;
        } catch (ZipException | EOFException e) {
            throw broken(where, e);
        }
    }

    private void end(InputStream stream) throws IOException {
        if (stream.read() >= 0) {
            throw new InputException(where + " inflates to more bytes than its header means");
        }
        if (in.getChecksum().getValue() != checksum) {
            throw new InputException(where + " is damaged: its checksum differs; fetch or write the file again");
        }
    }

    private static InputException broken(String where, IOException cause) {
        return new InputException(
                "%s is damaged or cut short (%s); fetch or write the file again".formatted(where, cause.getMessage()),
                cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
