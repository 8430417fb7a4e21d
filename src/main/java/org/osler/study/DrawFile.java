package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.osler.AtomicFile;
import org.osler.data.Split;

/**
 * Which training images a few-shot draw chose: {@code draws/<dataset>-<width>px-<shots>-first.csv} or
 * {@code …-<shots>-seed<seed>.csv}, with the header {@code index,label}. An index counts training images in the
 * dataset's file from 0; several labels of one image are parted by spaces.
 */
final class DrawFile {

    static final String FOLDER = "draws";

    private DrawFile() {}

    /**
     * Writes a draw.
     *
     * @param out the results folder
     */
    static void write(Path out, TrainingSet set) throws IOException {
        int[][] labels = set.dataset().labels(Split.TRAIN);
        String lines = Arrays.stream(set.chosen())
                .mapToObj(index -> index + "," + words(labels[index]) + "\n")
                .collect(Collectors.joining("", "index,label\n", ""));
        AtomicFile.write(out.resolve(FOLDER).resolve(name(set)), lines);
    }

    private static String name(TrainingSet set) {
        TrainingSet.Draw draw = set.draw();
        String how = draw.seed().isPresent() ? "seed" + draw.seed().getAsLong() : "first";
        return set.dataset().name() + "-" + set.dataset().width() + "px-"
                + draw.shots().orElseThrow() + "-" + how + ".csv";
    }

    private static String words(int... labels) {
        return Arrays.stream(labels).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }
}
