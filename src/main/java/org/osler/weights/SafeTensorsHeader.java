package org.osler.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.osler.InputException;
import org.osler.weights.SafeTensors.Entry;

/** Reads and checks the header of a safetensors file; every fault is an {@link InputException} that names the file. */
final class SafeTensorsHeader {

    /**
     * The reference implementation takes 100 MB, which as JSON in memory would be gigabytes. The header of a network with
     * a thousand tensors has 0.1 MB.
     */
    static final int MAX_LENGTH = 1 << 24;

    /** Axes that a tensor may have; libtorch knows no more. */
    private static final int MOST_AXES = 64;

    /** Bytes before the header: its length. */
    static final int PREFIX = Long.BYTES;

    static final String METADATA = "__metadata__";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final long dataStart;
    private final long dataLength;
    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;

    private SafeTensorsHeader(Path file, long fileLength, byte[] header) {
        this.file = file;
        this.dataStart = (long) PREFIX + header.length;
        this.dataLength = fileLength - dataStart;
        JsonNode root = parse(header);
        this.metadata = texts(root.get(METADATA));
        List<Entry> tensors = new ArrayList<>();
        root.properties().forEach(property -> {
            if (!property.getKey().equals(METADATA)) {
                tensors.add(tensor(property.getKey(), property.getValue()));
            }
        });
        tensors.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        checkThatTheyFillTheFile(tensors);
        Map<String, Entry> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        this.entries = Collections.unmodifiableMap(byName);
    }

    static SafeTensorsHeader read(Path file, FileChannel channel) throws IOException {
        long fileLength = channel.size();
        if (fileLength < PREFIX) {
            throw new InputException(
                    file + ": not a safetensors file: " + fileLength + " bytes are too few to hold a header");
        }
        var prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, prefix, 0);
        long length = prefix.getLong(0);
        if (length < 0 || length > MAX_LENGTH) {
            throw new InputException(file + ": not a safetensors file: its header would be "
                    + Long.toUnsignedString(length) + " bytes long; " + MAX_LENGTH + " are the most allowed");
        }
        if (length > fileLength - PREFIX) {
            throw new InputException(file + ": header of " + length + " bytes, but the file has only "
                    + (fileLength - PREFIX) + " after the length; it is damaged or was not copied to its end");
        }
        var header = ByteBuffer.allocate((int) length);
        readFully(file, channel, header, PREFIX);
        return new SafeTensorsHeader(file, fileLength, header.array());
    }

    static void readFully(Path file, FileChannel channel, ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) {
                throw new InputException(file + ": became shorter while it was read");
            }
        }
    }

    long dataStart() {
        return dataStart;
    }

    Map<String, Entry> entries() {
        return entries;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private JsonNode parse(byte[] header) {
        try {
            // Decoded here because Jackson, given bytes, would also take UTF-16 and UTF-32.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
            JsonNode root = JSON.readTree(text);
            if (!text.startsWith("{") || !root.isObject()) {
                throw new InputException(file + ": header is not a JSON object; is this a safetensors file?");
            }
            return root;
        } catch (CharacterCodingException e) {
            throw new InputException(file + ": header is not UTF-8 text; is this a safetensors file?", e);
        } catch (JsonProcessingException e) {
            String fault = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new InputException(file + ": header is not valid JSON: " + fault, e);
        }
    }

    private Map<String, String> texts(JsonNode node) {
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject() || StreamSupport.stream(node.spliterator(), false).anyMatch(value -> !value.isTextual())) {
            throw new InputException(file + ": \"" + METADATA + "\" must map names to texts");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(property ->
                        texts.put(property.getKey(), property.getValue().textValue()));
        return Collections.unmodifiableMap(texts);
    }

    private Entry tensor(String name, JsonNode node) {
        JsonNode typeNode = node.path("dtype");
        JsonNode offsets = node.path("data_offsets");
        if (!typeNode.isTextual() || !node.path("shape").isArray() || !offsets.isArray() || offsets.size() != 2) {
            throw fault(name, "needs \"dtype\" (text), \"shape\" (list) and \"data_offsets\" (two numbers)");
        }
        ElementType type = ElementType.of(typeNode.textValue())
                .orElseThrow(() -> fault(
                        name,
                        "has the unknown dtype " + typeNode + "; Osler reads "
                                + String.join(", ", ElementType.names())));
        if (node.path("shape").size() > MOST_AXES) {
            throw fault(name, "has " + node.path("shape").size() + " axes; " + MOST_AXES + " are the most");
        }
        long[] shape = numbers(name, "shape", node.path("shape"));
        long[] range = numbers(name, "data_offsets", offsets);
        if (range[0] > range[1] || range[1] > dataLength) {
            throw fault(
                    name,
                    "lies at bytes " + range[0] + " to " + range[1] + ", outside the file's 0 to " + dataLength
                            + "; the file is damaged or was not copied to its end");
        }
        long needed = length(name, type, shape);
        if (needed != range[1] - range[0]) {
            throw fault(
                    name,
                    "of " + type + " " + Arrays.toString(shape) + " takes " + needed + " bytes, but its offsets give "
                            + (range[1] - range[0]));
        }
        return new Entry(name, type, shape, range[0], range[1]);
    }

    private long[] numbers(String name, String key, JsonNode list) {
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode node = list.get(i);
            if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
                throw fault(name, "has " + node + " in \"" + key + "\"; whole numbers from 0 are allowed");
            }
            numbers[i] = node.longValue();
        }
        return numbers;
    }

    private long length(String name, ElementType type, long[] shape) {
        try {
            long elements = 1;
            for (long side : shape) {
                elements = Math.multiplyExact(elements, side);
            }
            return Math.multiplyExact(elements, type.bytes());
        } catch (ArithmeticException e) {
            throw fault(name, "has the impossible shape " + Arrays.toString(shape));
        }
    }

    private void checkThatTheyFillTheFile(List<Entry> tensors) {
        long end = 0;
        for (Entry tensor : tensors) {
            if (tensor.begin() != end) {
                throw fault(
                        tensor.name(),
                        tensor.begin() < end
                                ? "overlaps the tensor before it: begins at byte " + tensor.begin()
                                        + ", before that one's end at " + end
                                : "leaves a hole: begins at byte " + tensor.begin() + ", but the data before it end at "
                                        + end);
            }
            end = tensor.end();
        }
        if (end != dataLength) {
            throw new InputException(file + ": " + (dataLength - end)
                    + " bytes after the last tensor belong to none; the file is damaged");
        }
    }

    private InputException fault(String tensor, String fault) {
        return new InputException(file + ": tensor \"" + tensor + "\" " + fault);
    }
}
