package org.osler.study;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sign of life that needs no clock: a locked file, {@code runs/<name>.lock} in the results folder. The operating system
 * frees the lock when the process ends, however it ends.
 */
final class RunLock implements Closeable {

    private static final String FOLDER = "runs";

    /** Runs of this process. Their files must not be opened: closing one again would free the lock. */
    private static final Set<String> HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final String name;
    private final FileChannel channel;

    private RunLock(Path file, String name, FileChannel channel) {
        this.file = file;
        this.name = name;
        this.channel = channel;
    }

    /** A new run's lock, with a name of its own. */
    static RunLock take(Path folder) throws IOException {
        String name = UUID.randomUUID().toString();
        Path file = file(folder, name);
        Files.createDirectories(file.getParent());
        HERE.add(name);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        return new RunLock(file, name, channel);
    }

    /** Whether the run of this name, on this machine, is alive. */
    static boolean isHeld(Path folder, String name) throws IOException {
        if (HERE.contains(name)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file(folder, name), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException e) {
            return true; // another thread of this process looks at it just now; the next look tells
        }
    }

    /** Removes what a dead run left. */
    static void remove(Path folder, String name) throws IOException {
        Files.deleteIfExists(file(folder, name));
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(FOLDER).resolve(name + ".lock");
    }

    String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
        HERE.remove(name);
    }
}
