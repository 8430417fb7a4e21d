package org.osler.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.osler.train.LearningRateSchedule;
import org.osler.train.Length;
import org.osler.train.Optimiser;
import org.osler.train.Recipe;
import org.osler.train.Validation;

/**
 * A trial's recipe as JSON, and back. What was added to recipes after the first stands there only where it is not as in
 * {@code wu2025}, so that the ids of trials stay what they are.
 */
final class RecipeJson {

    private RecipeJson() {}

    static ObjectNode write(Recipe recipe) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", recipe.name());
        if (recipe.length() instanceof Length.Iterations iterations) {
            json.put("iterations", iterations.count());
        } else if (recipe.length() instanceof Length.Epochs epochs) {
            json.put("epochs", epochs.count());
        }
        Optimiser optimiser = recipe.optimiser();
        json.put("batch", recipe.batch())
                .put("weight-decay", optimiser.weightDecay())
                .put("beta1", optimiser.beta1())
                .put("beta2", optimiser.beta2())
                .put("epsilon", optimiser.epsilon());
        writeSchedule(json, recipe.schedule());
        Validation validation = recipe.validation();
        if (validation.times().isPresent()) {
            json.put("validations", validation.times().getAsInt());
        } else {
            json.put("validations", RecipeWords.EVERY_EPOCH);
        }
        validation.patience().ifPresent(epochs -> json.put("patience", epochs));
        Recipe plain = Recipe.wu2025();
        unlessPlain(
                json, "best", validation.best().id(), plain.validation().best().id());
        unlessPlain(
                json,
                "optimiser",
                optimiser.kind().id(),
                plain.optimiser().kind().id());
        word(json, "last-batch", RecipeWords.LAST_BATCH, recipe.lastBatch(), plain.lastBatch());
        word(json, "encoder-schedule", RecipeWords.ENCODER_SCHEDULE, recipe.encoderFollows(), plain.encoderFollows());
        word(json, "binary-logits", RecipeWords.BINARY_LOGITS, recipe.binaryOutput(), plain.binaryOutput());
        return json;
    }

    private static void writeSchedule(ObjectNode json, LearningRateSchedule schedule) {
        if (schedule instanceof LearningRateSchedule.Exponential exponential) {
            json.put("head-lr-decay", exponential.decay()).put("head-lr-decay-every", exponential.every());
            return;
        }
        json.put("schedule", schedule.id());
        if (schedule instanceof LearningRateSchedule.Steps steps) {
            json.put("head-lr-decay", steps.decay());
            steps.at().forEach(json.putArray("steps")::add);
        } else if (schedule instanceof LearningRateSchedule.Cosine cosine) {
            json.put("delay", cosine.delay());
        }
    }

    private static void unlessPlain(ObjectNode json, String key, String value, String plain) {
        if (!value.equals(plain)) {
            json.put(key, value);
        }
    }

    private static <T> void word(ObjectNode json, String key, Map<String, T> words, T value, T plain) {
        unlessPlain(json, key, RecipeWords.word(words, value), RecipeWords.word(words, plain));
    }

    static Recipe read(JsonNode json) {
        Recipe plain = Recipe.wu2025();
        return new Recipe(
                json.required("name").textValue(),
                json.has("epochs")
                        ? new Length.Epochs(json.get("epochs").intValue())
                        : new Length.Iterations(json.required("iterations").intValue()),
                json.required("batch").intValue(),
                word(json, "last-batch", RecipeWords.LAST_BATCH, plain.lastBatch()),
                new Optimiser(
                        constant(
                                Optimiser.Kind.class,
                                json,
                                "optimiser",
                                plain.optimiser().kind()),
                        number(json, "weight-decay"),
                        number(json, "beta1"),
                        number(json, "beta2"),
                        number(json, "epsilon")),
                readSchedule(json),
                word(json, "encoder-schedule", RecipeWords.ENCODER_SCHEDULE, plain.encoderFollows()),
                new Validation(
                        whole(json.required("validations")),
                        constant(
                                Validation.Best.class,
                                json,
                                "best",
                                plain.validation().best()),
                        json.has("patience") ? whole(json.get("patience")) : OptionalInt.empty()),
                word(json, "binary-logits", RecipeWords.BINARY_LOGITS, plain.binaryOutput()));
    }

    private static LearningRateSchedule readSchedule(JsonNode json) {
        String kind = json.path("schedule").asText(LearningRateSchedule.Exponential.ID);
        return switch (kind) {
            case LearningRateSchedule.Constant.ID -> new LearningRateSchedule.Constant();
            case LearningRateSchedule.Cosine.ID ->
                new LearningRateSchedule.Cosine(json.required("delay").intValue());
            case LearningRateSchedule.Steps.ID -> {
                List<Double> at = new ArrayList<>();
                json.required("steps").forEach(point -> at.add(point.doubleValue()));
                yield new LearningRateSchedule.Steps(number(json, "head-lr-decay"), at);
            }
            case LearningRateSchedule.Exponential.ID ->
                new LearningRateSchedule.Exponential(
                        number(json, "head-lr-decay"),
                        json.required("head-lr-decay-every").intValue());
            default -> throw new IllegalArgumentException("no schedule: " + kind);
        };
    }

    private static OptionalInt whole(JsonNode json) {
        return json.isInt() ? OptionalInt.of(json.intValue()) : OptionalInt.empty();
    }

    private static double number(JsonNode json, String key) {
        return json.required(key).doubleValue();
    }

    private static <T> T word(JsonNode json, String key, Map<String, T> words, T plain) {
        return json.has(key) ? words.get(json.get(key).textValue()) : plain;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String key, E plain) {
        return json.has(key) ? Enum.valueOf(type, json.get(key).textValue().toUpperCase(Locale.ROOT)) : plain;
    }
}
