package org.osler.study;

import java.util.List;
import java.util.Optional;

/** A mapping whose keys are known. */
final class Section {

    private final Yaml.Mapping mapping;
    private final String name;

    private Section(Yaml.Mapping mapping, String name) {
        this.mapping = mapping;
        this.name = name;
    }

    /**
     * Checks that a node is a mapping with no other keys than these.
     *
     * @param name what the mapping is, for messages
     */
    static Section of(Yaml node, String name, List<String> keys) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            throw node.place()
                    .error(name + " is a map with the keys " + String.join(", ", keys) + "; here is " + node.word());
        }
        for (Yaml.Entry entry : mapping.entries().values()) {
            if (!keys.contains(entry.key())) {
                throw entry.place()
                        .error("unknown key \"" + entry.key() + "\" in " + name + "; " + hint(entry.key(), keys));
            }
        }
        return new Section(mapping, name);
    }

    private static String hint(String key, List<String> keys) {
        if (RecipeSection.KEYS.contains(key) && keys.contains("recipe")) {
            return "it belongs under recipe, as in recipe: {" + key + ": …}";
        }
        return Nearest.hint(key, keys);
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** The value of a key, if the key is there. */
    Optional<Yaml> find(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(Yaml.Entry::value);
    }

    /** The value of a key that must be there. */
    Yaml require(String key) {
        return find(key).orElseThrow(() -> mapping.place().error("\"" + key + "\" is missing in " + name));
    }
}
