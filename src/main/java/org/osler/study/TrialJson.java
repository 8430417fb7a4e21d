package org.osler.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;

/** Trials as canonical JSON, and back. Keys are those of study files. */
final class TrialJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TrialJson() {}

    static String write(Trial trial) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataset", trial.dataset());
        json.put("kind", trial.kind().id());
        putOrWord(json, "size", trial.size(), "file");
        json.put("input", trial.input());
        json.put("resize", trial.resize().id());
        json.put("encoder", trial.encoder());
        json.put("weights", trial.weights().id());
        json.set("strategy", strategy(trial.strategy()));
        putOrWord(json, "shots", trial.shots(), "all");
        if (trial.draw() != FewShot.Draw.FIRST) {
            json.put("draw", trial.draw().id());
        }
        json.put("seed", trial.seed());
        json.set("recipe", RecipeJson.write(trial.recipe()));
        json.put("precision", trial.precision().id());
        json.put("device", trial.device().id());
        trial.ownEncoder().ifPresent(description -> json.put("own-encoder", description));
        return CanonicalJson.write(json);
    }

    static Trial read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return new Trial(
                    json.required("dataset").textValue(),
                    constant(DatasetChoice.Kind.class, json, "kind"),
                    intOrWord(json.required("size")),
                    json.required("input").intValue(),
                    constant(Resize.class, json, "resize"),
                    json.required("encoder").textValue(),
                    constant(WeightsKind.class, json, "weights"),
                    strategy(json.required("strategy")),
                    intOrWord(json.required("shots")),
                    json.has("draw") ? constant(FewShot.Draw.class, json, "draw") : FewShot.Draw.FIRST,
                    json.required("seed").longValue(),
                    RecipeJson.read(json.required("recipe")),
                    constant(Precision.class, json, "precision"),
                    constant(Device.Kind.class, json, "device"),
                    Optional.ofNullable(json.get("own-encoder")).map(JsonNode::textValue));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a trial: " + text, e);
        }
    }

    private static ObjectNode strategy(Strategy strategy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", strategy.id());
        if (strategy instanceof Strategy.LinearProbe probe) {
            json.put("head-lr", probe.headLr());
            if (probe.batchNorm() != BatchNorm.FROZEN) {
                json.put("batch-norm", probe.batchNorm().id());
            }
        } else if (strategy instanceof Strategy.FineTune tune) {
            json.put("head-lr", tune.headLr()).put("encoder-lr", tune.encoderLr());
        } else if (strategy instanceof Strategy.NearestNeighbours neighbours) {
            json.put("k", neighbours.k());
        }
        return json;
    }

    private static Strategy strategy(JsonNode json) {
        String name = json.required("name").textValue();
        return switch (name) {
            case Strategy.LinearProbe.ID ->
                new Strategy.LinearProbe(
                        number(json, "head-lr"),
                        json.has("batch-norm") ? constant(BatchNorm.class, json, "batch-norm") : BatchNorm.FROZEN);
            case Strategy.FineTune.ID -> new Strategy.FineTune(number(json, "head-lr"), number(json, "encoder-lr"));
            case Strategy.NearestNeighbours.ID ->
                new Strategy.NearestNeighbours(json.required("k").intValue());
            default -> throw new IllegalArgumentException("no strategy: " + name);
        };
    }

    private static double number(JsonNode json, String key) {
        return json.required(key).doubleValue();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String key) {
        return Enum.valueOf(type, json.required(key).textValue().toUpperCase(Locale.ROOT));
    }

    private static void putOrWord(ObjectNode json, String key, OptionalInt value, String word) {
        if (value.isPresent()) {
            json.put(key, value.getAsInt());
        } else {
            json.put(key, word);
        }
    }

    private static OptionalInt intOrWord(JsonNode json) {
        return json.isInt() ? OptionalInt.of(json.intValue()) : OptionalInt.empty();
    }
}
