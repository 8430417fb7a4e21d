package org.osler.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A study that options of the command line describe instead of a file. Errors name the option.
 *
 * <p>Not thread-safe.
 */
public final class StudyOptions {

    private final Map<String, Yaml.Entry> entries = new LinkedHashMap<>();

    /**
     * Says one key. Values are taken as they are.
     *
     * @param option how the user said it, for messages, e.g. {@code --seed 3}
     * @param keys the key and, within its map, those further in, e.g. {@code strategies}, {@code fine-tune}
     * @param values one value, or several for a list
     */
    public StudyOptions say(String option, List<String> keys, List<String> values) {
        Place place = new Place(option, 0, Path.of(""));
        List<Yaml> items = new ArrayList<>();
        values.forEach(value -> items.add(new Yaml.Scalar(place, value, value.isBlank())));
        put(entries, place, keys, items.size() == 1 ? items.get(0) : new Yaml.Sequence(place, items));
        return this;
    }

    /** Names something that has settings, and gives none: a map without keys. */
    public StudyOptions name(String option, List<String> keys) {
        Place place = new Place(option, 0, Path.of(""));
        put(entries, place, keys, new Yaml.Mapping(place, Map.of()));
        return this;
    }

    /** The same with one value, if there is one; the option is named without it. */
    public StudyOptions sayIfGiven(String option, List<String> keys, String value) {
        return value == null ? this : say(option + " " + value, keys, List.of(value));
    }

    /**
     * Adds an item to a list: a word, or a map of one key and its values.
     *
     * @param option how the user said it, for messages
     * @param keys the list's key and, within its map, those further in
     * @param item the word
     * @param values its values; none: the word stands alone
     */
    public StudyOptions sayItem(String option, List<String> keys, String item, List<String> values) {
        Place place = new Place(option, 0, Path.of(""));
        Yaml.Scalar word = new Yaml.Scalar(place, item, item.isBlank());
        Yaml made = word;
        if (!values.isEmpty()) {
            List<Yaml> all = new ArrayList<>();
            values.forEach(value -> all.add(new Yaml.Scalar(place, value, value.isBlank())));
            made = new Yaml.Mapping(place, Map.of(item, new Yaml.Entry(place, item, new Yaml.Sequence(place, all))));
        }
        List<Yaml> items = new ArrayList<>(find(entries, keys));
        items.add(made);
        put(entries, place, keys, new Yaml.Sequence(place, items));
        return this;
    }

    /** The items of a list that were said so far. */
    private static List<Yaml> find(Map<String, Yaml.Entry> entries, List<String> keys) {
        Yaml.Entry entry = entries.get(keys.get(0));
        if (entry == null) {
            return List.of();
        }
        if (keys.size() > 1) {
            return entry.value() instanceof Yaml.Mapping mapping
                    ? find(mapping.entries(), keys.subList(1, keys.size()))
                    : List.of();
        }
        return entry.value() instanceof Yaml.Sequence sequence ? sequence.items() : List.of(entry.value());
    }

    private static void put(Map<String, Yaml.Entry> entries, Place place, List<String> keys, Yaml value) {
        String key = keys.get(0);
        if (keys.size() == 1) {
            entries.put(key, new Yaml.Entry(place, key, value));
            return;
        }
        Map<String, Yaml.Entry> inner = new LinkedHashMap<>();
        if (entries.get(key) != null && entries.get(key).value() instanceof Yaml.Mapping mapping) {
            inner.putAll(mapping.entries());
        }
        put(inner, place, keys.subList(1, keys.size()), value);
        entries.put(key, new Yaml.Entry(place, key, new Yaml.Mapping(place, inner)));
    }

    /** The dataset that was said, the only one; errors are those of {@link #study}. */
    public DatasetChoice dataset() {
        return DatasetSection.read(entries.get("datasets").value(), List.of(), false)
                .get(0);
    }

    /**
     * What was said as a study file: it gives the same study where paths mean the same.
     *
     * @param overrides as of {@link #study}
     */
    public String yaml(Map<String, String> overrides) {
        var mapper = new YAMLMapper(YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .build());
        try {
            return mapper.writeValueAsString(plain(over(overrides)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts, lists and maps can be written", e);
        }
    }

    private static Object plain(Yaml node) {
        if (node instanceof Yaml.Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> map.put(key, plain(entry.value())));
            return map;
        }
        if (node instanceof Yaml.Sequence sequence) {
            return sequence.items().stream().map(StudyOptions::plain).toList();
        }
        return ((Yaml.Scalar) node).text();
    }

    /**
     * The study.
     *
     * @param overrides the {@code --set} options by key; they go over what was said
     * @throws org.osler.InputException for anything that is wrong with it, in one or two lines
     */
    public Study study(Map<String, String> overrides) {
        return StudyFile.of(over(overrides));
    }

    private Yaml over(Map<String, String> overrides) {
        return Overrides.over(new Yaml.Mapping(new Place("the options", 0, Path.of("")), entries), overrides);
    }
}
