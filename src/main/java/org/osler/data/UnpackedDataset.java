package org.osler.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with a dataset's bytes as they can be memory-mapped: {@code train.images} (uint8, [N, H, W, C]), {@code
 * train.labels} (int32, little-endian, [N, L]), likewise {@code val} and {@code test}; {@code manifest.json}.
 *
 * @param folder where they lie
 * @param manifest what they hold
 */
record UnpackedDataset(Path folder, Manifest manifest) {

    private static final Logger LOG = LoggerFactory.getLogger(UnpackedDataset.class);

    static final String MANIFEST = "manifest.json";

    /** The dataset in a folder, if it is whole: its manifest is there and every file as long as that says. */
    static Optional<UnpackedDataset> in(Path folder) throws IOException {
        Path file = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var mapper = new ObjectMapper();
        try {
            JsonNode json = mapper.readTree(file.toFile());
            if (json.path("format").asInt() != Manifest.FORMAT) {
                return Optional.empty();
            }
            var dataset = new UnpackedDataset(folder, mapper.treeToValue(json, Manifest.class));
            return dataset.isWhole() ? Optional.of(dataset) : Optional.empty();
        } catch (JsonProcessingException | CharConversionException e) {
            LOG.warn("{} is damaged; the dataset is unpacked anew", file);
            return Optional.empty();
        }
    }

    private boolean isWhole() throws IOException {
        for (Split split : Split.values()) {
            if (length(images(folder, split)) != manifest.imageBytes(split)
                    || length(labels(folder, split)) != manifest.labelBytes(split)) {
                return false;
            }
        }
        return true;
    }

    private static long length(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.size(file) : -1;
    }

    static Path images(Path folder, Split split) {
        return folder.resolve(split.id() + ".images");
    }

    static Path labels(Path folder, Split split) {
        return folder.resolve(split.id() + ".labels");
    }

    /** The images of a split, memory-mapped. */
    Images images(Split split) throws IOException {
        return Images.map(images(folder, split), manifest.counts().get(split), manifest.shape(), Images.PIECE_BYTES);
    }

    /** The labels of a split, [N, L]. */
    int[][] labels(Split split) throws IOException {
        var values = ByteBuffer.wrap(Files.readAllBytes(labels(folder, split)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        int[][] result = new int[manifest.counts().get(split)][manifest.columns()];
        for (int[] row : result) {
            values.get(row);
        }
        return result;
    }
}
