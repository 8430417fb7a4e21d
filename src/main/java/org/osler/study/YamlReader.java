package org.osler.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads the YAML that study files need and no more: one document of maps, lists and scalars. Aliases and tags
 * are refused, so that a small file cannot grow and nothing is instantiated; so are duplicate keys and deep nesting.
 */
final class YamlReader {

    private static final int DEEPEST = 8;

    private final YAMLParser parser;
    private final Place start;

    private YamlReader(YAMLParser parser, Place start) {
        this.parser = parser;
        this.start = start;
    }

    /** The document in {@code text}; empty if there is none. */
    static Optional<Yaml> read(String text, Place start) {
        try (YAMLParser parser = YAMLFactory.builder().build().createParser(text)) {
            var reader = new YamlReader(parser, start);
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Yaml document = reader.node(0);
            if (parser.nextToken() != null) {
                throw reader.here().error("a second YAML document starts here; there may be one only");
            }
            return Optional.of(document);
        } catch (JsonProcessingException e) {
            throw syntaxError(e, start);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string", e);
        }
    }

    private static RuntimeException syntaxError(JsonProcessingException e, Place start) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return start.at(marked.getProblemMark().getLine() + 1).error("no valid YAML: " + marked.getProblem());
        }
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        String first = e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
        return start.at(line).error("no valid YAML: " + first);
    }

    private Yaml node(int depth) throws IOException {
        refuseAnchorsTagsAndDepth(depth);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(depth);
            case START_ARRAY -> sequence(depth);
            default -> scalar();
        };
    }

    private Yaml mapping(int depth) throws IOException {
        Place place = here();
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            refuseAnchorsTagsAndDepth(depth);
            Place keyPlace = here();
            String key = parser.currentName();
            parser.nextToken();
            Yaml.Entry old = entries.put(key, new Yaml.Entry(keyPlace, key, node(depth + 1)));
            if (old != null) {
                throw keyPlace.error("\"" + key + "\" stands here a second time; the first is in line "
                        + old.place().line());
            }
        }
        return new Yaml.Mapping(place, Collections.unmodifiableMap(entries));
    }

    private Yaml sequence(int depth) throws IOException {
        Place place = here();
        List<Yaml> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return new Yaml.Sequence(place, List.copyOf(items));
    }

    private Yaml scalar() throws IOException {
        String text = parser.getText().strip();
        boolean nothing = parser.currentToken() == JsonToken.VALUE_NULL
                || text.isEmpty()
                || text.toLowerCase(Locale.ROOT).equals("null");
        return new Yaml.Scalar(here(), text, nothing);
    }

    private void refuseAnchorsTagsAndDepth(int depth) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw here().error("anchors and aliases (& and *) are not used in study files; write the value out");
        }
        if (parser.getTypeId() != null) {
            throw here().error("tags (!) are not used in study files; write the plain value");
        }
        if (depth > DEEPEST) {
            throw here().error("nested too deep; a study file needs no more than " + DEEPEST + " levels");
        }
    }

    private Place here() {
        return start.at(parser.currentTokenLocation().getLineNr());
    }
}
