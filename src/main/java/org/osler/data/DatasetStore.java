package org.osler.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.weights.ByteProgress;
import org.osler.weights.HashMemory;
import org.osler.weights.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datasets unpacked once into files that are memory-mapped from then on, in a folder named by the hash of their content:
 * an npz file's MD5, or what {@link Unpackable#hash()} says.
 *
 * <p>However many threads and processes open a dataset at the same time, one of them unpacks it and the others wait: a
 * monitor holds the threads of this JVM apart, a file lock the processes. It is unpacked under another name and renamed
 * when whole, so a killed process leaves nothing that could be taken for a dataset. No split is ever held in the heap.
 */
public final class DatasetStore {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetStore.class);

    /** One monitor for each unpacked folder: a file lock belongs to the whole JVM, not to a thread. */
    private static final Map<Path, Object> MONITORS = new ConcurrentHashMap<>();

    private final Path folder;
    private final HashMemory hashes;
    private final ByteProgress progress;

    /** A store in {@code datasets/unpacked} of Osler's home; made when the first dataset is opened. */
    public DatasetStore(Home home) {
        this(home, ByteProgress.SILENT);
    }

    /**
     * @param progress hears how far large files have been hashed, unpacked, and compared with their checksums
     */
    public DatasetStore(Home home, ByteProgress progress) {
        this.folder = home.osler().resolve("datasets").resolve("unpacked").toAbsolutePath();
        this.hashes = new HashMemory(home, progress);
        this.progress = progress;
    }

    /**
     * Opens a dataset; unpacks it first where that has not been done.
     *
     * @throws InputException if the file is absent, broken, not the one its MD5 says, or not of the official layout, if
     *     its labels do not fit, or if the store's folder is read-only or full
     * @throws IOException if the disk fails
     */
    public Dataset open(DatasetSource source) throws IOException {
        String md5 = md5(source);
        UnpackedDataset unpacked = unpacked(md5, folder -> unpack(source.npz(), md5, folder));
        return dataset(source, md5, unpacked, folder -> {
            if (!md5(source).equals(md5)) {
                throw new InputException(source.npz() + " was changed since it was opened; try again");
            }
            unpack(source.npz(), md5, folder);
        });
    }

    /**
     * Opens a dataset that is no npz file; unpacks it first where that has not been done.
     *
     * @throws InputException if it cannot be unpacked, or if the store's folder is read-only or full
     * @throws IOException if the disk fails
     */
    public Dataset open(Unpackable source) throws IOException {
        String hash = source.hash();
        UnpackedDataset unpacked = unpacked(hash, source::unpack);
        if (source.metadata().isPresent()) {
            Metadata kept = unpacked.metadata();
            Metadata now = source.metadata().get().forImagesOf(kept);
            if (!now.equals(kept)) {
                now.write(unpacked.folder());
            }
        }
        var described =
                new DatasetSource(source.name(), source.path(), source.task(), source.labelNames(), Optional.of(hash));
        return dataset(described, hash, unpacked, source::unpack);
    }

    /**
     * A dataset that was unpacked before and still is; its npz file need not be there any more. Its labels are compared
     * with their checksum; its images are not: they are to be looked at, and nothing could unpack them anew.
     *
     * @param md5 its hash, 32 lower-case hexadecimal digits
     * @param name what it is called
     * @param labelNames names of its classes, or labels
     * @throws IOException if the disk fails
     */
    public Optional<Dataset> find(String md5, String name, Task task, List<String> labelNames) throws IOException {
        Path target = folder.resolve(md5);
        Optional<UnpackedDataset> unpacked = UnpackedDataset.in(target);
        if (unpacked.isEmpty()) {
            return Optional.empty();
        }
        var source = new DatasetSource(name, target, Optional.of(task), labelNames, Optional.of(md5));
        return Optional.of(dataset(source, md5, unpacked.get(), SplitImages.unchecked(unpacked.get())));
    }

    private Dataset dataset(DatasetSource source, String md5, UnpackedDataset unpacked, Filling filling)
            throws IOException {
        var images = SplitImages.checked(
                unpacked,
                split -> unpacked(md5, filling, folder -> UnpackedDataset.withIntact(split, folder, progress)),
                progress);
        return dataset(source, md5, unpacked, images);
    }

    private static Dataset dataset(DatasetSource source, String md5, UnpackedDataset unpacked, SplitImages images)
            throws IOException {
        Map<Split, int[][]> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            labels.put(split, unpacked.labels(split));
        }
        return new Dataset(source, md5, Labels.of(source, labels), unpacked, images);
    }

    private String md5(DatasetSource source) throws IOException {
        Path npz = source.npz();
        if (!Files.isRegularFile(npz)) {
            throw new InputException("%s: no such file: %s".formatted(source.name(), npz));
        }
        if (!Files.isReadable(npz)) {
            throw new InputException("%s: %s may not be read".formatted(source.name(), npz));
        }
        String md5 = hashes.md5(npz);
        source.md5().filter(expected -> !expected.equals(md5)).ifPresent(expected -> {
            throw new InputException(
                    "%s is not the published %s: its MD5 is %s, not %s%nfetch it again, or give it as a file of your own"
                            .formatted(npz, source.name(), md5, expected));
        });
        return md5;
    }

    /** Writes a dataset into an empty folder. */
    @FunctionalInterface
    private interface Filling {
        void fill(Path folder) throws IOException;
    }

    /** Finds a dataset that is fit to be used. */
    @FunctionalInterface
    private interface Finding {
        Optional<UnpackedDataset> in(Path folder) throws IOException;
    }

    private UnpackedDataset unpacked(String md5, Filling filling) throws IOException {
        return unpacked(md5, filling, UnpackedDataset::in);
    }

    private UnpackedDataset unpacked(String md5, Filling filling, Finding finding) throws IOException {
        Path target = folder.resolve(md5);
        Optional<UnpackedDataset> found = finding.in(target);
        if (found.isPresent()) {
            return found.get();
        }
        synchronized (MONITORS.computeIfAbsent(target, path -> new Object())) {
            try (FileChannel channel = lockFile(md5);
                    FileLock lock = channel.lock()) {
                // Whoever held the lock before may have made it.
                found = finding.in(target);
                if (found.isEmpty()) {
                    if (Files.exists(target)) {
                        LOG.warn("{} is damaged, or an older Osler's; it is unpacked anew", target);
                    }
                    LOG.debug("unpacking {} under {}", target, lock);
                    fill(filling, md5, target);
                    found = finding.in(target);
                }
            }
        }
        return found.orElseThrow(() -> new InputException(target
                + " was altered while it was written; try again, or set OSLER_HOME to a folder on another disk"));
    }

    private FileChannel lockFile(String md5) throws IOException {
        try {
            Files.createDirectories(folder);
            return FileChannel.open(
                    folder.resolve("." + md5 + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            throw new InputException(
                    "cannot write to %s (%s); set OSLER_HOME to a folder that can be written to"
                            .formatted(folder, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** Runs under the lock, so that what lies at the temporary place is a killed process's and may go. */
    private void fill(Filling filling, String md5, Path target) throws IOException {
        Path temporary = folder.resolve("." + md5 + ".tmp");
        delete(temporary);
        Files.createDirectory(temporary);
        try {
            filling.fill(temporary);
            delete(target);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(temporary);
        }
    }

    private void unpack(Path npz, String md5, Path folder) throws IOException {
        var changed = Files.getLastModifiedTime(npz);
        try (Npz file = Npz.open(npz)) {
            new Unpacking(file, folder, progress).run(md5);
        }
        if (!Files.getLastModifiedTime(npz).equals(changed)) {
            throw new InputException(npz + " was changed while it was read; try again");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
