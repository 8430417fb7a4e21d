package org.osler;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that one thread of one process holds at a time, on a file that stays behind empty.
 *
 * <p>Holds between Java programs. Python's {@code filelock} takes another kind of lock ({@code flock}), which Linux keeps
 * apart from this one ({@code fcntl}): what the lock guards must not be harmed by a Python program that works on it, too.
 */
public final class ProcessLock implements Closeable {

    /** The operating system's lock is the whole process's, so threads need one of their own. Never emptied: few files. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;

    private ProcessLock(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /** Waits until no one else holds the lock. */
    public static ProcessLock acquire(Path file) throws IOException {
        return acquire(file, () -> {});
    }

    /**
     * Waits until no one else holds the lock; close it in the same thread.
     *
     * @param file made if need be, with its folder
     * @param waiting called once if someone else holds it
     * @throws IOException if the file cannot be made or the file system has no locks
     */
    public static ProcessLock acquire(Path file, Runnable waiting) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        Files.createDirectories(absolute.getParent());
        ReentrantLock threads = THREADS.computeIfAbsent(absolute, key -> new ReentrantLock());
        boolean told = !threads.tryLock();
        if (told) {
            waiting.run();
            threads.lock();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                if (!told) {
                    waiting.run();
                }
                channel.lock();
            }
            return new ProcessLock(threads, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            threads.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            threads.unlock();
        }
    }
}
