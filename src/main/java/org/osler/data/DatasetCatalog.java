package org.osler.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osler.metric.Task;

/**
 * The twelve two-dimensional datasets of MedMNIST.
 *
 * <p>The facts stand in the resource {@code medmnist.json}: those of the MedMNIST package v3.0.2 (Yang et al. 2023,
 * doi 10.1038/s41597-022-01721-8), whose data are CC BY 4.0, DermaMNIST CC BY-NC 4.0.
 */
public final class DatasetCatalog {

    private static final List<DatasetCard> CARDS = read();

    private DatasetCatalog() {}

    /** All twelve, in MedMNIST's order. */
    public static List<DatasetCard> cards() {
        return CARDS;
    }

    /** The dataset of that name, e.g. {@code breastmnist}. */
    public static Optional<DatasetCard> find(String name) {
        return CARDS.stream().filter(card -> card.name().equals(name)).findFirst();
    }

    private static List<DatasetCard> read() {
        try (InputStream in = DatasetCatalog.class.getResourceAsStream("medmnist.json")) {
            List<DatasetCard> cards = new ArrayList<>();
            new ObjectMapper().readTree(in).properties().forEach(e -> cards.add(card(e.getKey(), e.getValue())));
            return List.copyOf(cards);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatasetCard card(String name, JsonNode node) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < node.get("labels").size(); i++) {
            labels.add(node.get("labels").get(Integer.toString(i)).asText());
        }
        Map<Split, Integer> samples = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            samples.put(split, node.get("samples").get(split.id()).asInt());
        }
        Map<Integer, DatasetFile> files = new TreeMap<>();
        for (var file : node.get("files").properties()) {
            files.put(
                    Integer.valueOf(file.getKey()),
                    new DatasetFile(
                            file.getValue().get("url").asText(),
                            file.getValue().get("md5").asText()));
        }
        return new DatasetCard(
                name,
                node.get("python_class").asText(),
                task(node.get("task").asText()),
                node.get("channels").asInt(),
                List.copyOf(labels),
                Collections.unmodifiableMap(samples),
                node.get("license").asText(),
                Collections.unmodifiableMap(files));
    }

    private static Task task(String medmnist) {
        return switch (medmnist) {
            case "binary-class" -> Task.BINARY;
            case "multi-class" -> Task.MULTI_CLASS;
            case "ordinal-regression" -> Task.ORDINAL;
            case "multi-label, binary-class" -> Task.MULTI_LABEL;
            default -> throw new IllegalStateException("medmnist.json names an unknown task: " + medmnist);
        };
    }
}
