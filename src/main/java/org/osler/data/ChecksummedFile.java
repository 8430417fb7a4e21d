package org.osler.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file that is written from its beginning to its end, with a checksum of what was meant to be written. */
final class ChecksummedFile implements Closeable {

    private final FileChannel channel;
    private final Checksum checksum = new Checksum();

    private ChecksummedFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Begins.
     *
     * @throws IOException if it is there already, or cannot be written
     */
    static ChecksummedFile create(Path file) throws IOException {
        return new ChecksummedFile(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Writes all that remains in a buffer. */
    void write(ByteBuffer bytes) throws IOException {
        checksum.add(bytes);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Forces the file to disk and returns the {@link Checksum} of all that was written. */
    String finish() throws IOException {
        channel.force(true);
        return checksum.digits();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
