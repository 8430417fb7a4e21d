package org.osler.data.own;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.data.DatasetWriter;
import org.osler.data.Metadata;
import org.osler.data.ReadingProgress;
import org.osler.data.Split;
import org.osler.data.Unpackable;
import org.osler.metric.Task;
import org.osler.weights.Hashes;

/** A user's own images as a dataset with images of one size. */
public final class OwnDataset implements Unpackable {

    /** Raised when images are decoded otherwise than before. */
    private static final int FORMAT = 1;

    private final OwnImages images;
    private final int side;
    private final ReadingProgress progress;

    OwnDataset(OwnImages images, int side, ReadingProgress progress) {
        this.images = images;
        this.side = side;
        this.progress = progress;
    }

    @Override
    public String name() {
        return images.settings().name();
    }

    @Override
    public Path path() {
        return images.settings().path();
    }

    @Override
    public Optional<Task> task() {
        return images.task();
    }

    @Override
    public List<String> labelNames() {
        return images.labelNames();
    }

    /** Of settings, order, splits, labels and contents. */
    @Override
    public String hash() {
        MessageDigest digest = Hashes.digest("SHA-256");
        ImageSettings settings = images.settings();
        add(
                digest,
                "images %d\ntask %s\nside %d\nfit %s\nwindow %s\nskip-broken %s\nlabels %s\n"
                        .formatted(
                                FORMAT,
                                images.task().map(Task::id).orElse("told by the labels"),
                                side,
                                settings.fit().id(),
                                settings.window()
                                        .map(w -> w.low() + " " + w.high())
                                        .orElse("none"),
                                settings.skipBroken(),
                                images.labelNames()));
        Map<Split, int[][]> labels = images.labels();
        for (Split split : Split.values()) {
            List<Listing.Entry> entries = images.entries(split);
            for (int i = 0; i < entries.size(); i++) {
                add(
                        digest,
                        split.id() + " " + Arrays.toString(labels.get(split)[i]) + " "
                                + entries.get(i).name() + "\n");
            }
        }
        add(digest, images.contentHash());
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<Metadata> metadata() {
        return Optional.of(images.metadata());
    }

    @Override
    public void unpack(Path folder) throws IOException {
        Map<Split, List<Listing.Entry>> entries = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            entries.put(split, images.entries(split));
        }
        long count = entries.values().stream().mapToLong(List::size).sum();
        images.notes().forEach(note -> progress.note(name() + ": " + note));
        try (DatasetWriter writer = new DatasetWriter(folder, side, count)) {
            var broken = new Decoding(images.settings(), side, writer, progress).run(entries);
            images.requireUnchanged();
            images.requireVariety(broken);
            writer.finish(hash(), images.labels(), images.metadata(), broken);
        }
    }
}
