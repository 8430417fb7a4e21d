package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import org.osler.AtomicFile;
import org.osler.InputException;
import org.osler.metric.Task;

/**
 * An official MedMNIST prediction file: a CSV without header, a line for each case, {@code index,score0,score1,…}.
 *
 * <p>Scores are written with as many digits as their doubles need, so that reading gives the same bits back.
 *
 * @param name what the file's name says
 * @param scores {@code [N, C]} in [0, 1], in the order of the cases
 */
public record PredictionFile(PredictionName name, double[][] scores) {

    /**
     * Checks that there are scores, in rows of one length.
     *
     * @throws IllegalArgumentException if there are none, rows differ in length or a score is not in [0, 1]
     */
    public PredictionFile {
        if (scores.length == 0 || scores[0].length == 0) {
            throw new IllegalArgumentException("no scores for " + name.fileName());
        }
        for (int i = 0; i < scores.length; i++) {
            if (scores[i].length != scores[0].length) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + scores[i].length + " scores, row 0 has " + scores[0].length);
            }
            for (double score : scores[i]) {
                if (!(score >= 0 && score <= 1)) { // written so that NaN is caught
                    throw new IllegalArgumentException("score " + score + " of case " + i + " is not in [0, 1]");
                }
            }
        }
    }

    /**
     * Writes the file under its official name, whole or not at all.
     *
     * @param folder where to; made if need be
     * @return the file
     */
    public Path write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < scores.length; i++) {
            text.append(i);
            for (double score : scores[i]) {
                text.append(',').append(score);
            }
            text.append('\n');
        }
        Path file = folder.resolve(name.fileName());
        AtomicFile.write(file, text.toString());
        return file;
    }

    /**
     * Reads such a file. Lines may come in any order, but each index from 0 to N − 1 once.
     *
     * @throws InputException if the name or the content is not as it should be; the message names file and line
     */
    public static PredictionFile read(Path file) throws IOException {
        PredictionName name = PredictionName.parse(file);
        return new PredictionFile(name, new PredictionReader(file).read());
    }

    /**
     * The scores as {@link org.osler.metric} takes them. A binary file may hold the probability of the second class
     * only, as the official reader allows; it becomes two columns 1 − p, p.
     *
     * @param classes how many classes (or labels) the dataset has
     * @param cases how many cases the split has
     * @return {@code [N, C]}
     * @throws InputException if the file has another number of lines or scores
     */
    public double[][] scoresFor(Task task, int classes, int cases) {
        if (scores.length != cases) {
            throw new InputException(name.fileName() + ": " + scores.length + " lines, but the "
                    + name.split().id() + " split of " + name.flag() + " has " + cases + " images");
        }
        int columns = scores[0].length;
        if (task == Task.BINARY && columns == 1) {
            double[][] both = new double[scores.length][];
            for (int i = 0; i < both.length; i++) {
                both[i] = new double[] {1 - scores[i][0], scores[i][0]};
            }
            return both;
        }
        if (columns != classes) {
            String what = task == Task.MULTI_LABEL ? "labels" : "classes";
            throw new InputException(name.fileName() + ": " + columns + " scores a line, but " + name.flag() + " has "
                    + classes + " " + what);
        }
        return scores;
    }
}
