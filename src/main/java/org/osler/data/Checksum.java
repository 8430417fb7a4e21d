package org.osler.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.osler.weights.ByteProgress;

/**
 * CRC-32C, 8 hexadecimal digits, which the files of an unpacked dataset carry so that bytes that the disk altered are
 * seen. It is quick (hardware computes it) and no guard against intent.
 */
final class Checksum {

    /** Small enough for a processor's cache, large enough to ask the disk seldom. */
    private static final int CHUNK = 1 << 18;

    private final CRC32C sum = new CRC32C();

    /** That of some bytes; the buffer's position stays as it is. */
    static String of(ByteBuffer bytes) {
        var checksum = new Checksum();
        checksum.add(bytes);
        return checksum.digits();
    }

    /**
     * That of a file. It is read, not mapped: a sector that cannot be read is then an {@link IOException}, and nothing
     * keeps Windows from removing the file.
     *
     * @param progress hears how far a large file has been read
     */
    static String of(Path file, ByteProgress progress) throws IOException {
        var checksum = new Checksum();
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        try (FileChannel channel = FileChannel.open(file);
                ByteProgress.Bar bar = progress.begin("checking", file)) {
            while (channel.read(chunk) >= 0) {
                checksum.add(chunk.flip());
                bar.step(chunk.limit());
                chunk.clear();
            }
        }
        return checksum.digits();
    }

    /** Takes more bytes into account; the buffer's position stays as it is. */
    void add(ByteBuffer bytes) {
        sum.update(bytes.duplicate());
    }

    /** Of all bytes so far. */
    String digits() {
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
