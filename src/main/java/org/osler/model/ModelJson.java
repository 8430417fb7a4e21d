package org.osler.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osler.InputException;
import org.osler.data.Resize;
import org.osler.data.image.Fit;
import org.osler.data.image.Levels;
import org.osler.encoder.Architecture;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.metric.Task;
import org.osler.tensor.Precision;

/**
 * {@code model.json}. What is needed to use a model is read back and checked, value by value; metrics, training and
 * provenance are written for others to read.
 */
final class ModelJson {

    /** Goes up by one whenever an older Osler would read a model wrongly. */
    static final int FORMAT = 2;

    /** Format 2 adds the window of images, which readers of format 1 would pass over: other models stay readable by them. */
    private static final int FORMAT_WITHOUT_WINDOW = 1;

    private static final double MOST_LEVEL = 1e9;

    private static final long LARGEST_FILE = 4 << 20;
    private static final int MOST_LABELS = 10_000;
    private static final int LARGEST_SIDE = 16_384;
    private static final int SMALLEST_INPUT = 16;
    private static final int LARGEST_INPUT = 4096;
    private static final double EXTREME_TEMPERATURE = 1000;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ModelJson() {}

    /**
     * What a file says.
     *
     * @param description how to use the model
     * @param sha256 of the parameters that belong to it
     */
    record Content(ModelDescription description, String sha256) {}

    /** What a model is and how to use it, as JSON; the informing parts are the caller's to add. */
    static ObjectNode write(ModelDescription model, String sha256) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", model.images().window().isPresent() ? FORMAT : FORMAT_WITHOUT_WINDOW);
        json.put("task", model.task().id());
        model.labels().forEach(json.putArray("labels")::add);
        EncoderCard card = model.encoder();
        ObjectNode encoder = json.putObject("encoder");
        encoder.put("id", card.id());
        encoder.put("architecture", card.architecture().name());
        card.mean().forEach(encoder.putArray("mean")::add);
        card.std().forEach(encoder.putArray("std")::add);
        encoder.put("license", card.license());
        ObjectNode images = json.putObject("images")
                .put("height", model.images().height())
                .put("width", model.images().width())
                .put("channels", model.images().channels())
                .put("fit", model.images().fit().id());
        model.images()
                .window()
                .ifPresent(window -> images.putArray("window").add(window.low()).add(window.high()));
        json.put("input", model.input());
        json.put("resize", model.resize().id());
        json.put("precision", model.precision().id());
        json.put("temperature", model.temperature());
        json.put("calibrated", model.calibrated());
        json.put("parameters-sha256", sha256);
        return json;
    }

    static String text(ObjectNode json) {
        return json.toPrettyString() + "\n";
    }

    /**
     * Reads a file.
     *
     * @throws InputException if it is not there, no JSON, of a newer format, or a value is out of range
     */
    static Content read(Path file) throws IOException {
        Fields json = new Fields(file, "", parse(file));
        int format = json.whole("format", 1, Integer.MAX_VALUE);
        if (format > FORMAT) {
            throw new InputException(file + " is of format " + format
                    + "; this version of Osler reads models up to format " + FORMAT + ", take a newer one");
        }
        Task task = json.word("task", Task.values(), Task::id);
        String sha256 = json.text("parameters-sha256");
        if (!SHA256.matcher(sha256).matches()) {
            throw new InputException(file + ": parameters-sha256 should be 64 hexadecimal digits, not " + sha256);
        }
        ModelDescription description = new ModelDescription(
                task,
                labels(file, json, task),
                encoder(json.fields("encoder")),
                images(json.fields("images")),
                json.whole("input", SMALLEST_INPUT, LARGEST_INPUT),
                json.word("resize", Resize.values(), Resize::id),
                json.word("precision", Precision.values(), Precision::id),
                json.number("temperature", 1 / EXTREME_TEMPERATURE, EXTREME_TEMPERATURE),
                json.truth("calibrated"));
        return new Content(description, sha256);
    }

    private static JsonNode parse(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file.getParent() + " is no model: it has no " + file.getFileName());
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new InputException(file + " is larger than 4 MiB; that is no model's description");
        }
        try {
            return MAPPER.readTree(Files.readString(file)); // given bytes, Jackson would guess other encodings
        } catch (CharacterCodingException e) {
            throw new InputException(file + " is no text in UTF-8", e);
        } catch (JsonProcessingException e) {
            throw new InputException(file + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static List<String> labels(Path file, Fields json, Task task) {
        List<String> labels = json.texts("labels", MOST_LABELS);
        if (new HashSet<>(labels).size() < labels.size()) {
            throw new InputException(file + ": labels name one class twice");
        }
        int least = task == Task.MULTI_LABEL ? 1 : 2;
        if (labels.size() < least || (task == Task.BINARY && labels.size() > 2)) {
            throw new InputException(file + ": " + labels.size() + " labels do not suit the task " + task.id());
        }
        return labels;
    }

    private static EncoderCard encoder(Fields json) {
        String name = json.text("architecture");
        Architecture architecture = EncoderCatalog.architecture(name)
                .orElseThrow(() -> json.wrong(
                        "architecture",
                        "one that this version of Osler has",
                        json.node().get("architecture")));
        String id = json.text("id");
        return new EncoderCard(
                id,
                id,
                architecture,
                architecture.input(),
                json.numbers("mean", 3, -10, 10),
                json.numbers("std", 3, 1e-3, 10),
                Optional.empty(),
                json.text("license"));
    }

    private static ImageForm images(Fields json) {
        int channels = json.whole("channels", 1, 3);
        if (channels == 2) {
            throw json.wrong("channels", "1 or 3", json.node().get("channels"));
        }
        Optional<Levels> window = Optional.empty();
        if (json.node().has("window")) {
            List<Double> ends = json.numbers("window", 2, -MOST_LEVEL, MOST_LEVEL);
            if (!(ends.get(0) < ends.get(1))) {
                throw json.wrong("window", "[low, high]", json.node().get("window"));
            }
            window = Optional.of(new Levels(ends.get(0), ends.get(1)));
        }
        return new ImageForm(
                json.whole("height", 1, LARGEST_SIDE),
                json.whole("width", 1, LARGEST_SIDE),
                channels,
                json.word("fit", Fit.values(), Fit::id),
                window);
    }
}
