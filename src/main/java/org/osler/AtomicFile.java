package org.osler;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears whole or not at all: written beside its target, forced to disk, then renamed over it.
 *
 * <p>Use it in a {@code try}: {@link #commit()} is the last line of the block; without it, closing removes what was
 * written. The target's folder is made if need be. A killed process leaves at most a file that starts with a dot and
 * ends in {@code .tmp} beside the target.
 */
public final class AtomicFile implements Closeable {

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Begins to write.
     *
     * @throws IOException if the folder cannot be made or written to
     */
    public static AtomicFile create(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        return new AtomicFile(
                target,
                temporary,
                FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Writes a whole text file in UTF-8. */
    public static void write(Path target, String text) throws IOException {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a whole file. */
    public static void write(Path target, byte[] content) throws IOException {
        try (var file = create(target)) {
            file.stream().write(content);
            file.commit();
        }
    }

    /** Where the bytes go until the commit; may be written at any position, read and memory-mapped. */
    public FileChannel channel() {
        return channel;
    }

    /** The channel as an unbuffered stream from its present position. */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /** Forces the bytes to disk and gives the file its name, over what stood there. */
    public void commit() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was written unless it was committed. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }
}
