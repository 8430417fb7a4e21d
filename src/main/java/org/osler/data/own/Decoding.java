package org.osler.data.own;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.osler.data.DatasetWriter;
import org.osler.data.ReadingProgress;
import org.osler.data.Split;
import org.osler.data.image.Picture;
import org.osler.data.image.PictureReader;
import org.osler.data.image.UnreadableImage;

/** Decodes a dataset's images with every processor and writes them down as squares. Used once. */
final class Decoding {

    private final ImageSettings settings;
    private final int side;
    private final DatasetWriter writer;
    private final ReadingProgress progress;

    private final List<Image> images = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger withSeveral = new AtomicInteger();
    private final AtomicInteger notSquare = new AtomicInteger();

    /** Why images are broken, by their place among all. Each place is written by one thread. */
    private UnreadableImage[] faults;

    private record Image(Split split, int index, Listing.Entry entry) {}

    Decoding(ImageSettings settings, int side, DatasetWriter writer, ReadingProgress progress) {
        this.settings = settings;
        this.side = side;
        this.writer = writer;
        this.progress = progress;
    }

    /**
     * Decodes.
     *
     * @return the images of each split that are broken, where those are to be left out
     * @throws org.osler.InputException naming all that are broken, if they are not to be left out, or if it is this machine
     *     that cannot read one: others would make another dataset of the same files; or if the disk is full
     */
    Map<Split, BitSet> run(Map<Split, List<Listing.Entry>> entries) throws IOException {
        for (Split split : Split.values()) {
            for (int i = 0; i < entries.get(split).size(); i++) {
                images.add(new Image(split, i, entries.get(split).get(i)));
            }
        }
        faults = new UnreadableImage[images.size()];
        progress.begin(settings.name() + " · decoding images", images.size());
        try {
            decodeAll();
        } finally {
            progress.end();
        }
        return broken();
    }

    private void decodeAll() throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(this::work);
            }
            for (Future<Void> worker : pool.invokeAll(workers)) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("decoding was interrupted").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private Void work() {
        try (PictureReader reader = new PictureReader(settings.window())) {
            for (int i = next.getAndIncrement(); i < images.size(); i = next.getAndIncrement()) {
                decode(reader, i);
                progress.step();
            }
        } finally {
            // Whoever fails for good (a full disk) ends the work of all.
            next.set(images.size());
        }
        return null;
    }

    private void decode(PictureReader reader, int i) {
        Image image = images.get(i);
        try {
            PictureReader.Decoded decoded = reader.read(image.entry().file());
            Picture picture = decoded.picture();
            if (decoded.images() > 1) {
                withSeveral.incrementAndGet();
            }
            if (picture.height() != picture.width()) {
                notSquare.incrementAndGet();
            }
            Picture square = settings.fit().apply(picture, side, side);
            writer.image(image.split(), image.index(), square.channels(), square.pixels());
        } catch (UnreadableImage e) {
            faults[i] = e;
        }
    }

    private Map<Split, BitSet> broken() {
        Map<Split, BitSet> broken = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            broken.put(split, new BitSet());
        }
        Problems problems = new Problems();
        Problems here = new Problems();
        for (int i = 0; i < faults.length; i++) {
            if (faults[i] != null) {
                Image image = images.get(i);
                broken.get(image.split()).set(image.index());
                String line = image.entry().name() + " " + faults[i].getMessage();
                problems.add(line);
                if (faults[i].isHere()) {
                    here.add(line);
                }
            }
        }
        if (settings.skipBroken()) {
            here.throwIfAny(
                    settings.path(),
                    "image cannot be read here and now; only what is broken everywhere is left out",
                    "images cannot be read here and now; only what is broken everywhere is left out",
                    "");
        } else {
            problems.throwIfAny(
                    settings.path(),
                    "image cannot be used",
                    "images cannot be used",
                    "Mend or remove them, or leave them out with broken: skip (--skip-broken).");
        }
        problems.lines().forEach(line -> progress.note("left out: " + line));
        note(
                withSeveral.get(),
                "holds more than one image: its first is used",
                "hold more than one image: their first is used");
        note(
                notSquare.get(),
                "is not square; fit: " + settings.fit().id(),
                "are not square; fit: " + settings.fit().id());
        return broken;
    }

    private void note(int count, String one, String several) {
        if (count > 0) {
            progress.note(
                    "%s: %,d of %,d %s".formatted(settings.name(), count, images.size(), count == 1 ? one : several));
        }
    }
}
