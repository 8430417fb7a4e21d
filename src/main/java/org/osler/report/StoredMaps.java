package org.osler.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osler.study.ProbeMaps;

/** The maps that a results folder keeps: what predictions of the images shown rest on. */
final class StoredMaps {

    private static final String ENDING = ".json";

    private StoredMaps() {}

    /**
     * A map over a test image.
     *
     * @param label the class that the places speak for
     * @param values percents of the strongest place, {@link ProbeMaps#SIDE} squared, row by row
     */
    record Places(String label, List<Integer> values) {}

    /** The maps by trial and test image. */
    static Map<String, Map<Integer, Places>> of(Path results) throws IOException {
        Map<String, Map<Integer, Places>> all = new LinkedHashMap<>();
        Path folder = results.resolve(ProbeMaps.FOLDER);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
                for (Path file : files) {
                    all.put(file.getFileName().toString().replace(ENDING, ""), read(file));
                }
            }
        }
        return all;
    }

    private static Map<Integer, Places> read(Path file) throws IOException {
        Map<Integer, Places> images = new LinkedHashMap<>();
        JsonNode json = new JsonMapper().readTree(Files.readString(file));
        for (Map.Entry<String, JsonNode> image : json.path("images").properties()) {
            List<Integer> values = new ArrayList<>();
            image.getValue().path("values").forEach(value -> values.add(value.intValue()));
            images.put(
                    Integer.valueOf(image.getKey()),
                    new Places(image.getValue().path("label").asText(), values));
        }
        return images;
    }
}
