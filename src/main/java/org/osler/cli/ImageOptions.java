package org.osler.cli;

import java.nio.file.Path;
import java.util.List;
import org.osler.InputException;
import org.osler.data.DatasetCatalog;
import org.osler.data.own.ImageSettings;
import org.osler.data.own.OwnImages;
import org.osler.study.DatasetChoice;
import org.osler.study.StudyOptions;
import picocli.CommandLine.Option;

/** What can be said of a folder of images or a manifest, as under {@code datasets} in a study. */
final class ImageOptions {

    private static final String DATASETS = "datasets";
    private static final List<String> SPLITS = List.of("train", "val", "test");

    @Option(
            names = "--columns",
            paramLabel = "WHAT=COLUMN",
            split = ",",
            description =
                    "Which columns of a manifest hold image, label, split and group; several labels: label=A,label=B"
                            + " (default: columns of these names).")
    private List<String> columns;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "The folder in which a manifest's images lie (default: the manifest's).")
    private String images;

    @Option(
            names = "--splits",
            paramLabel = "TRAIN,VAL,TEST",
            split = ",",
            description = "Draw splits in these shares (default: splits as given; 70,10,20 where none are).")
    private List<String> splits;

    @Option(
            names = "--split-seed",
            paramLabel = "N",
            description = "Decides which images are drawn into which split (default: 0).")
    private String splitSeed;

    @Option(names = "--skip-broken", description = "Leave broken images out instead of stopping.")
    private boolean skipBroken;

    /** Whether data are a folder of images or a manifest. */
    static boolean suit(String data) {
        return DatasetCatalog.find(data).isEmpty() && OwnImages.isOne(Path.of(data));
    }

    private boolean anyGiven() {
        return columns != null || images != null || splits != null || splitSeed != null || skipBroken;
    }

    /**
     * For data that are neither a folder of images nor a manifest.
     *
     * @throws InputException if anything was said of them that suits these only
     */
    void requireNone(String data) {
        if (anyGiven()) {
            throw new InputException("--columns, --images, --splits, --split-seed and --skip-broken are said of a"
                    + " folder of images or a manifest; " + data + " is neither");
        }
    }

    /**
     * Says data and options.
     *
     * @throws InputException if options are given that suit other data
     */
    void say(StudyOptions options, String data) {
        if (!suit(data)) {
            requireNone(data);
            options.say(data, List.of(DATASETS), List.of(data));
            return;
        }
        options.say(data, List.of(DATASETS, "path"), List.of(data));
        sayColumns(options);
        say(options, "--images", images, "images");
        if (splits != null) {
            if (splits.size() != SPLITS.size()) {
                throw new InputException("--splits " + String.join(",", splits)
                        + ": takes three shares, of train, val and test, as in 70,10,20");
            }
            for (int i = 0; i < SPLITS.size(); i++) {
                options.say("--splits", List.of(DATASETS, "splits", SPLITS.get(i)), List.of(splits.get(i)));
            }
        }
        say(options, "--split-seed", splitSeed, "seed");
        say(options, "--skip-broken", skipBroken ? "skip" : null, "broken");
    }

    private void sayColumns(StudyOptions options) {
        if (columns == null) {
            return;
        }
        for (String what : columns.stream()
                .map(each -> each.replaceFirst("=.*", ""))
                .distinct()
                .toList()) {
            List<String> named = columns.stream()
                    .filter(each -> each.startsWith(what + "="))
                    .map(each -> each.substring(what.length() + 1))
                    .toList();
            if (named.isEmpty()) {
                throw new InputException("--columns " + what + ": is said as " + what + "=COLUMN");
            }
            options.say("--columns", List.of(DATASETS, "columns", what), named);
        }
    }

    private static void say(StudyOptions options, String option, String value, String key) {
        if (value != null) {
            options.say(option + " " + value, List.of(DATASETS, key), List.of(value));
        }
    }

    /** The settings of a folder of images or a manifest. */
    ImageSettings settings(String data, SquareOptions square) {
        StudyOptions options = new StudyOptions();
        say(options, data);
        square.say(options, data);
        return ((DatasetChoice.OwnImageFiles) options.dataset()).settings();
    }
}
