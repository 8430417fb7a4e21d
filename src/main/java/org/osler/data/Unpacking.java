package org.osler.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.osler.InputException;
import org.osler.weights.ByteProgress;

/** Unpacks an npz file into a folder, a chunk at a time. */
final class Unpacking {

    private static final int CHUNK = 1 << 20;

    /** Beyond this a label counts no classes, but something else. */
    private static final int HIGHEST_LABEL = 65_535;

    private final Npz npz;
    private final Path folder;
    private final ByteProgress progress;
    private final byte[] chunk = new byte[CHUNK];

    /**
     * Prepares.
     *
     * @param folder an empty folder
     * @param progress hears how far a large file is
     */
    Unpacking(Npz npz, Path folder, ByteProgress progress) {
        this.npz = npz;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Checks the file's layout, then unpacks labels, then images, then writes the manifest.
     *
     * @throws InputException if the file is not of the official layout, or broken, or if the disk is full
     */
    void run(String md5) throws IOException {
        OfficialLayout layout = OfficialLayout.of(npz);
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < layout.bytes()) {
            throw new InputException("%s unpacks to %,d MB, but %s has room for %,d MB; free some or set OSLER_HOME"
                    .formatted(npz.path(), layout.bytes() >> 20, folder.getParent(), room >> 20));
        }
        Map<Split, String> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            labels.put(split, unpackLabels(split));
        }
        Map<Split, String> images = new EnumMap<>(Split.class);
        ByteProgress heard = layout.bytes() < ByteProgress.LARGE ? ByteProgress.SILENT : progress;
        try (ByteProgress.Bar bar = heard.begin("unpacking " + npz.path().getFileName(), layout.bytes())) {
            for (Split split : Split.values()) {
                images.put(split, unpackImages(split, bar));
            }
        }
        Manifest.of(md5, layout.shape(), layout.columns(), layout.counts(), false, images, labels)
                .write(folder);
    }

    /** Returns the checksum of what was written. */
    private String unpackImages(Split split, ByteProgress.Bar bar) throws IOException {
        try (NpyArray array = npz.array(OfficialLayout.images(split));
                ChecksummedFile out = ChecksummedFile.create(UnpackedDataset.images(folder, split))) {
            for (int read = array.read(chunk); read > 0; read = array.read(chunk)) {
                write(out, ByteBuffer.wrap(chunk, 0, read));
                bar.step(read);
            }
            return out.finish();
        }
    }

    /** Returns the checksum of what was written. */
    private String unpackLabels(Split split) throws IOException {
        try (NpyArray array = npz.array(OfficialLayout.labels(split));
                ChecksummedFile out = ChecksummedFile.create(UnpackedDataset.labels(folder, split))) {
            ByteBuffer ints = ByteBuffer.allocate(CHUNK * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            int width = array.header().width();
            for (int read = array.read(chunk); read > 0; read = array.read(chunk)) {
                ByteBuffer values =
                        ByteBuffer.wrap(chunk, 0, read).order(array.header().order());
                ints.clear();
                for (int at = 0; at < read; at += width) {
                    ints.putInt(label(values, at, width, array));
                }
                write(out, ints.flip());
            }
            return out.finish();
        }
    }

    private static int label(ByteBuffer values, int at, int width, NpyArray array) {
        boolean unsigned = array.header().descr().charAt(1) == 'u';
        long value = switch (width) {
            case 1 -> unsigned ? values.get(at) & 0xff : values.get(at);
            case 2 -> unsigned ? values.getShort(at) & 0xffff : values.getShort(at);
            case 4 -> unsigned ? values.getInt(at) & 0xffff_ffffL : values.getInt(at);
            default -> values.getLong(at);
        };
        if (value < 0 || value > HIGHEST_LABEL) {
            throw new InputException("%s hold a label out of range: %s; labels count classes from 0"
                    .formatted(array.where(), unsigned ? Long.toUnsignedString(value) : Long.toString(value)));
        }
        return (int) value;
    }

    private void write(ChecksummedFile out, ByteBuffer bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new InputException(
                    "cannot write to %s: %s; set OSLER_HOME to a folder with room"
                            .formatted(folder.getParent(), e.getMessage()),
                    e);
        }
    }
}
