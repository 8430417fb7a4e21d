package org.osler.study;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.osler.InputException;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.tensor.Precision;

/**
 * Reads study files: YAML with the keys of {@link #KEYS}. Everything is checked before anything runs; each error names
 * file, line, key, value, and what would be right.
 */
public final class StudyFile {

    /** The keys of a study file. */
    static final List<String> KEYS = List.of(
            "study",
            "datasets",
            "encoders",
            "weights",
            "size",
            "input",
            "resize",
            "strategies",
            "batch-norm",
            "shots",
            "draw",
            "seeds",
            "recipe",
            "device",
            "precision",
            "threads",
            "data-dir",
            "out");

    private static final long LARGEST_FILE = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final Map<String, Integer> SIZES = Values.words(new Integer[] {28, 64, 128, 224}, String::valueOf);
    private static final int DEFAULT_SIZE = 224;
    private static final int SMALLEST_INPUT = 16;
    private static final int LARGEST_INPUT = 4096;
    private static final int MOST_SHOTS = 1_000_000;
    private static final int MOST_THREADS = 4096;
    /** Whole numbers up to here are the same in every JSON reader: 2⁵³ − 1. */
    private static final long LARGEST_SEED = (1L << 53) - 1;

    private final Section section;

    private StudyFile(Section section) {
        this.section = section;
    }

    /**
     * Reads and checks a study.
     *
     * @param file the study file
     * @param overrides the {@code --set} options by key, such as {@code seeds}, {@code recipe.iterations},
     *     {@code weights.vit_tiny_patch16_224}, {@code out}; they go over what the file says
     * @throws InputException for anything that is wrong with it, in one or two lines
     */
    public static Study read(Path file, Map<String, String> overrides) {
        Path folder = file.getParent();
        var start = new Place(file.toString(), 1, folder == null ? Path.of("") : folder);
        Yaml document = YamlReader.read(content(file), start)
                .orElseThrow(
                        () -> start.error("the file is empty; a study names study, datasets, encoders, strategies"));
        if (document instanceof Yaml.Mapping mapping) {
            document = Overrides.over(mapping, overrides);
        }
        return of(document);
    }

    /** The study that a document describes. */
    static Study of(Yaml document) {
        return new StudyFile(Section.of(document, "a study", KEYS)).study();
    }

    private static String content(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(file + " is a folder; name the study file in it");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new InputException(file + " is larger than 1 MiB; that is no study file");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InputException("there is no study file " + file, e);
        } catch (CharacterCodingException e) {
            throw new InputException(file + " is no text in UTF-8", e);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Study study() {
        String name = name();
        List<Integer> sizes = list("size", node -> Values.oneOf(node, "size", SIZES), List.of(DEFAULT_SIZE));
        RecipeChoice recipe = section.find("recipe").map(RecipeSection::read).orElseGet(RecipeSection::byDefault);
        RecipeDefaults defaults = RecipeDefaults.of(recipe.recipe());
        return new Study(
                name,
                DatasetSection.read(section.require("datasets"), sizes, section.has("size")),
                EncoderSection.read(section.require("encoders"), section.find("weights")),
                sizes,
                list("input", node -> Values.whole(node, "input", SMALLEST_INPUT, LARGEST_INPUT), List.of()),
                list("resize", word("resize", Resize.values(), Resize::id), List.of(Resize.SCALE)),
                StrategySection.read(section.require("strategies"), defaults, batchNorms()),
                list("shots", StudyFile::shots, List.of(OptionalInt.empty())),
                list("draw", word("draw", FewShot.Draw.values(), FewShot.Draw::id), List.of(FewShot.Draw.FIRST)),
                list("seeds", node -> Values.whole(node, "seeds", 0L, LARGEST_SEED), defaults.seeds()),
                recipe,
                one("device", StudyFile::device, DeviceChoice.AUTO),
                one("precision", word("precision", Precision.values(), Precision::id), Precision.FP32),
                one("threads", StudyFile::threads, OptionalInt.empty()),
                section.find("data-dir").map(node -> Paths.folder(node, "data-dir", Values.text(node, "data-dir"))),
                section.find("out")
                        .map(node -> Paths.path(node, "out", Values.text(node, "out")))
                        .orElseGet(() -> Path.of("results", name)));
    }

    private String name() {
        Yaml node = section.require("study");
        String name = Values.text(node, "study");
        if (!NAME.matcher(name).matches()) {
            throw node.place().error("study: \"" + name + "\" is no name; it may hold letters, digits, . _ -");
        }
        return name;
    }

    private List<BatchNorm> batchNorms() {
        return list("batch-norm", word("batch-norm", BatchNorm.values(), BatchNorm::id), List.of(BatchNorm.FROZEN));
    }

    private static OptionalInt shots(Yaml node) {
        return Values.text(node, "shots").equals("all")
                ? OptionalInt.empty()
                : OptionalInt.of(Values.whole(node, "shots", 1, MOST_SHOTS));
    }

    private static DeviceChoice device(Yaml node) {
        String word = Values.text(node, "device");
        return DeviceChoice.find(word)
                .orElseThrow(() -> node.place()
                        .error("unknown device \"" + word + "\"; " + Nearest.hint(word, DeviceChoice.WORDS)));
    }

    private static OptionalInt threads(Yaml node) {
        return OptionalInt.of(Values.whole(node, "threads", 1, MOST_THREADS));
    }

    private static <E> Function<Yaml, E> word(String key, E[] constants, Function<E, String> id) {
        return node -> Values.oneOf(node, key, Values.words(constants, id));
    }

    private <T> List<T> list(String key, Function<Yaml, T> read, List<T> otherwise) {
        return section.find(key).map(node -> Values.list(node, key, read)).orElse(otherwise);
    }

    private <T> T one(String key, Function<Yaml, T> read, T otherwise) {
        return section.find(key).map(read).orElse(otherwise);
    }
}
