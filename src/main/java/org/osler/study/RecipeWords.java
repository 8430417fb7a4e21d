package org.osler.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osler.train.LearningRateSchedule;
import org.osler.train.LearningRateSchedule.Constant;
import org.osler.train.LearningRateSchedule.Cosine;
import org.osler.train.LearningRateSchedule.Exponential;
import org.osler.train.LearningRateSchedule.Steps;
import org.osler.train.Recipe;

/** The words of study files, trials and tables for a recipe's values. */
final class RecipeWords {

    /** In place of a number of validations. */
    static final String EVERY_EPOCH = "every-epoch";

    /** In place of a number of epochs of patience. */
    static final String NONE = "none";

    static final Map<String, Recipe.LastBatch> LAST_BATCH =
            map("drop", Recipe.LastBatch.DROP, "keep", Recipe.LastBatch.KEEP);

    static final Map<String, Recipe.BinaryOutput> BINARY_LOGITS =
            map("1", Recipe.BinaryOutput.ONE_LOGIT, "2", Recipe.BinaryOutput.TWO_LOGITS);

    /** Whether the encoder's learning rate follows the head's. */
    static final Map<String, Boolean> ENCODER_SCHEDULE = map("constant", false, "as-head", true);

    static final Map<String, String> SCHEDULES =
            Values.words(new String[] {Constant.ID, Exponential.ID, Cosine.ID, Steps.ID}, kind -> kind);

    /** The keys that belong to some schedules only. */
    static final Map<String, List<String>> SCHEDULE_KEYS = scheduleKeys();

    private RecipeWords() {}

    private static Map<String, List<String>> scheduleKeys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("head-lr-decay", List.of(Exponential.ID, Steps.ID));
        keys.put("head-lr-decay-every", List.of(Exponential.ID));
        keys.put("steps", List.of(Steps.ID));
        keys.put("delay", List.of(Cosine.ID));
        return keys;
    }

    /** A schedule with the values of the recipe that has one of this kind; a cosine without delay. */
    static LearningRateSchedule plainSchedule(String kind) {
        return switch (kind) {
            case Exponential.ID -> Recipe.wu2025().schedule();
            case Steps.ID -> Recipe.medmnist2023().schedule();
            case Cosine.ID -> new Cosine(0);
            default -> new Constant();
        };
    }

    /** The word for a value. */
    static <T> String word(Map<String, T> words, T value) {
        return words.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static <T> Map<String, T> map(String first, T one, String second, T other) {
        Map<String, T> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, other);
        return map;
    }
}
