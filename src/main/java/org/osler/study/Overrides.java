package org.osler.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code --set KEY=VALUE} changes. A key is one of the study's, {@code recipe.KEY} or {@code weights.ENCODER};
 * only the first dot divides. Values are YAML, but for text and paths, which are taken as they are.
 */
final class Overrides {

    private static final String RECIPE = "recipe";
    private static final String WEIGHTS = "weights";
    private static final List<String> PLAIN = List.of("study", "data-dir", "out");

    private Overrides() {}

    /** The study with these overrides in place of what stood there. */
    static Yaml.Mapping over(Yaml.Mapping study, Map<String, String> overrides) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>(study.entries());
        overrides.forEach((key, value) -> set(entries, key, value));
        return new Yaml.Mapping(study.place(), entries);
    }

    private static void set(Map<String, Yaml.Entry> entries, String path, String text) {
        Place place = new Place("--set " + path + "=" + text, 0, Path.of(""));
        int dot = path.indexOf('.');
        String key = dot < 0 ? path : path.substring(0, dot);
        boolean divided = dot >= 0;
        if (!StudyFile.KEYS.contains(key) || (divided && !key.equals(RECIPE) && !key.equals(WEIGHTS))) {
            throw place.error("unknown key \"" + path + "\"; " + Nearest.hint(path, valid()));
        }
        boolean plain = PLAIN.contains(key) || (key.equals(WEIGHTS) && divided);
        Yaml value = plain ? new Yaml.Scalar(place, text, text.isBlank()) : value(place, text);
        if (divided) {
            Map<String, Yaml.Entry> inner = inner(entries.get(key), key);
            String innerKey = path.substring(dot + 1);
            inner.put(innerKey, new Yaml.Entry(place, innerKey, value));
            value = new Yaml.Mapping(place, inner);
        }
        entries.put(key, new Yaml.Entry(place, key, value));
    }

    private static Yaml value(Place place, String text) {
        return YamlReader.read(text, place).orElseGet(() -> new Yaml.Scalar(place, "", true));
    }

    /** The map that stands at a key, or the one that the word there is short for. */
    private static Map<String, Yaml.Entry> inner(Yaml.Entry old, String key) {
        Map<String, Yaml.Entry> inner = new LinkedHashMap<>();
        if (old != null && old.value() instanceof Yaml.Mapping mapping) {
            inner.putAll(mapping.entries());
        } else if (old != null) {
            String longForm = key.equals(RECIPE) ? "name" : EncoderSection.OTHERS;
            inner.put(longForm, new Yaml.Entry(old.place(), longForm, old.value()));
        }
        return inner;
    }

    private static List<String> valid() {
        List<String> valid = new ArrayList<>(StudyFile.KEYS);
        RecipeSection.KEYS.forEach(key -> valid.add(RECIPE + "." + key));
        return valid;
    }
}
