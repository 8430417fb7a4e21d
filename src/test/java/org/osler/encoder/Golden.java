package org.osler.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** What timm computes for one architecture, as encoder_goldens.py wrote it. */
record Golden(JsonNode root) {

    /** Reads the file of an architecture. */
    static Golden of(String architecture) {
        String resource = "/golden/encoder/" + architecture + ".json.gz";
        try (InputStream in = new GZIPInputStream(Golden.class.getResourceAsStream(resource))) {
            return new Golden(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names and shapes of a weight file, in timm's order. */
    Map<String, long[]> state() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (JsonNode pair : root.get("state")) {
            long[] shape = new long[pair.get(1).size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = pair.get(1).get(i).asLong();
            }
            shapes.put(pair.get(0).asText(), shape);
        }
        return shapes;
    }

    /** Names of the parameters that are trained, in timm's order. */
    List<String> trained() {
        List<String> names = new ArrayList<>();
        root.get("trained").forEach(name -> names.add(name.asText()));
        return names;
    }

    double gain() {
        return root.get("gain").asDouble();
    }

    /** What was measured at one input size. */
    JsonNode part(int size) {
        for (JsonNode part : root.get("cases")) {
            if (part.get("size").asInt() == size) {
                return part;
            }
        }
        throw new IllegalArgumentException("no size " + size);
    }

    /** The input sizes. */
    List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>();
        root.get("cases").forEach(part -> sizes.add(part.get("size").asInt()));
        return sizes;
    }

    /** Pooled features of each image, one after the other. */
    static float[] features(JsonNode part) {
        ByteBuffer bytes = ByteBuffer.wrap(
                        Base64.getDecoder().decode(part.get("features").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
