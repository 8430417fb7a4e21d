package org.osler.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.study.Study;
import org.osler.study.StudyOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What trials on one dataset can be told: what its labels mean, how its images reach the encoder, the recipe. */
final class TrialOptions {

    @Option(
            names = "--task",
            paramLabel = "TASK",
            converter = TaskName.class,
            description = "The task of data of your own: " + TaskName.CHOICES + " Left out, the labels tell.")
    private Task task;

    @Option(names = "--labels", paramLabel = "NAMES", split = ",", description = "Names of its classes, in order.")
    private List<String> labels;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description =
                    "Which MedMNIST file: 28, 64, 128 or 224 (default: 224); of image files the side of the squares"
                            + " that are stored (default: what the encoder sees).")
    private String size;

    @Option(names = "--input", paramLabel = "PIXELS", description = "What the encoder sees (default: its own size).")
    private String input;

    @Option(names = "--resize", paramLabel = "MODE", description = "scale, pad or nearest (default: scale).")
    private String resize;

    @Option(names = "--precision", paramLabel = "KIND", description = "fp32 or bf16 (default: fp32).")
    private String precision;

    @Option(names = "--device", paramLabel = "DEVICE", description = DeviceOption.CHOICES + " (default: auto).")
    private String device;

    @Option(
            names = "--set",
            paramLabel = "recipe.KEY=VALUE",
            description = "Say a value of the recipe otherwise; may be repeated, e.g. recipe.iterations=500.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Mixin
    private final ImageOptions images = new ImageOptions();

    @Mixin
    private final SquareOptions square = new SquareOptions();

    /**
     * Says the dataset and all that was told.
     *
     * @throws InputException if options are given that suit other data, or other settings than the recipe's
     */
    void say(StudyOptions options, String data, PlaceOptions places) {
        requireRecipe();
        images.say(options, data);
        square.say(options, data);
        if (task != null || labels != null) {
            options.say(data, List.of("datasets", "path"), List.of(data));
            options.sayIfGiven("--task", List.of("datasets", "task"), task == null ? null : task.id());
            if (labels != null) {
                options.say("--labels", List.of("datasets", "labels"), labels);
            }
        }
        options.sayIfGiven("--size", ImageOptions.suit(data) ? List.of("datasets", "size") : List.of("size"), size);
        options.sayIfGiven("--input", List.of("input"), input);
        options.sayIfGiven("--resize", List.of("resize"), resize);
        options.sayIfGiven("--precision", List.of("precision"), precision);
        options.sayIfGiven("--device", List.of("device"), device);
        places.dataDir().ifPresent(folder -> options.sayIfGiven("--data-dir", List.of("data-dir"), folder.toString()));
    }

    /** The study that was said, with the recipe's values said otherwise. */
    Study study(StudyOptions options) {
        return options.study(settings);
    }

    /** The same as a study file. */
    String yaml(StudyOptions options) {
        return options.yaml(settings);
    }

    private void requireRecipe() {
        for (String key : settings.keySet()) {
            if (!key.equals("recipe") && !key.startsWith("recipe.")) {
                throw new InputException("--set " + key + ": the recipe is set here, as in recipe.iterations=500;"
                        + " everything else has an option of its own");
            }
        }
    }
}
