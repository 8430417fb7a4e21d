package org.osler.cli;

import java.util.List;
import org.osler.InputException;
import org.osler.study.StudyOptions;
import picocli.CommandLine.Option;

/** How image files become the squares that are stored. */
final class SquareOptions {

    @Option(
            names = "--fit",
            paramLabel = "MODE",
            description = "How image files of other shapes become square: stretch, crop or pad (default: stretch).")
    private String fit;

    @Option(
            names = "--window",
            paramLabel = "LOW,HIGH",
            split = ",",
            description =
                    "Which values of images with more than 8 bits are black and white (default: the full range; of"
                            + " DICOM files the window they name).")
    private List<String> window;

    void say(StudyOptions options, String data) {
        if (!ImageOptions.suit(data) && (fit != null || window != null)) {
            throw new InputException(
                    "--fit and --window are said of a folder of images or a manifest; " + data + " is neither");
        }
        if (fit != null) {
            options.say("--fit " + fit, List.of("datasets", "fit"), List.of(fit));
        }
        if (window != null) {
            options.say("--window", List.of("datasets", "window"), window);
        }
    }
}
