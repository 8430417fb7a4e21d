package org.osler.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osler.AtomicFile;

/** A record in a JSON file with a checksum beside its fields, so that a file that was cut short or altered is known. */
final class CheckedJson {

    /** The field with the CRC-32C of the text without it. */
    private static final String CHECKSUM = "crc32c";

    private static final ObjectMapper JSON = new ObjectMapper();

    private CheckedJson() {}

    /** Writes a record, whole or not at all. */
    static void write(Path file, Record value) throws IOException {
        ObjectNode tree = JSON.valueToTree(value);
        tree.put(CHECKSUM, checksum(tree));
        AtomicFile.write(file, JSON.writeValueAsBytes(tree));
    }

    /** Reads a record; empty if the file is not there, damaged, or of another layout. */
    static <T extends Record> Optional<T> read(Path file, Class<T> type) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (!(JSON.readTree(file.toFile()) instanceof ObjectNode tree)) {
                return Optional.empty();
            }
            JsonNode written = tree.remove(CHECKSUM);
            return written != null && written.asText().equals(checksum(tree))
                    ? Optional.of(JSON.treeToValue(tree, type))
                    : Optional.empty();
        } catch (JsonProcessingException | CharConversionException damaged) {
            return Optional.empty();
        }
    }

    private static String checksum(JsonNode tree) throws JsonProcessingException {
        return Checksum.of(ByteBuffer.wrap(JSON.writeValueAsBytes(tree)));
    }
}
