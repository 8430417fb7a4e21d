package org.osler.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.osler.InputException;

/** Reads the lines of a prediction file, believing nothing. */
final class PredictionReader {

    private static final String FORM = "expected lines of index,score0,score1,… without a header";
    /** Lines and scores are held in memory; the largest of MedMNIST has 10 MB. */
    private static final long LARGEST_FILE = 1 << 28;

    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private final Path file;

    PredictionReader(Path file) {
        this.file = file;
    }

    /** One line: its number from 1 on, the case and the case's scores. */
    private record Line(int number, int index, double[] scores) {}

    /** Scores {@code [N, C]} by index. */
    double[][] read() throws IOException {
        List<Line> lines = new ArrayList<>();
        requireReasonable();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                lines.add(parse(lines.size() + 1, text));
                if (lines.get(0).scores().length != last(lines).scores().length) {
                    throw wrong(
                            last(lines),
                            last(lines).scores().length + " scores; expected "
                                    + lines.get(0).scores().length + " as in line 1");
                }
            }
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new InputException(file + ": not a text file; " + FORM, e);
        }
        if (lines.isEmpty()) {
            throw new InputException(file + ": empty; " + FORM);
        }
        return byIndex(lines);
    }

    private void requireReasonable() throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) > LARGEST_FILE) {
            throw new InputException(file + ": larger than 256 MiB; that is no prediction file");
        }
    }

    private static Line last(List<Line> lines) {
        return lines.get(lines.size() - 1);
    }

    private Line parse(int number, String text) {
        String[] fields = text.split(",", -1);
        if (fields.length < 2) {
            throw wrong(number, "'" + text + "' has no scores; " + FORM);
        }
        if (!INDEX.matcher(fields[0]).matches()) {
            throw wrong(number, "'" + fields[0] + "' is not an index; " + FORM);
        }
        double[] scores = new double[fields.length - 1];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = score(number, fields[c + 1]);
        }
        return new Line(number, Integer.parseInt(fields[0]), scores);
    }

    private double score(int number, String field) {
        if (!NUMBER.matcher(field).matches()) {
            throw wrong(number, "'" + field + "' is not a number; expected a score from 0 to 1");
        }
        double score = Double.parseDouble(field);
        if (score < 0 || score > 1) {
            throw wrong(number, "score " + field + " is not in [0, 1]");
        }
        return score;
    }

    /** Puts every line in its place; N lines are right if each index from 0 to N − 1 stands in one of them. */
    private double[][] byIndex(List<Line> lines) {
        Line[] places = new Line[lines.size()];
        Line outside = null;
        for (Line line : lines) {
            if (line.index() >= places.length) {
                outside = outside == null ? line : outside;
            } else if (places[line.index()] != null) {
                throw wrong(
                        line,
                        "index " + line.index() + " again, it stands in line " + places[line.index()].number()
                                + " already");
            } else {
                places[line.index()] = line;
            }
        }
        double[][] scores = new double[places.length][];
        for (int i = 0; i < places.length; i++) {
            if (places[i] == null) { // then some line's index must lie outside
                throw wrong(
                        outside,
                        "index " + outside.index() + " in a file of " + places.length + " lines; index " + i
                                + " is missing");
            }
            scores[i] = places[i].scores();
        }
        return scores;
    }

    private InputException wrong(Line line, String what) {
        return wrong(line.number(), what);
    }

    private InputException wrong(int line, String what) {
        return new InputException(file + ", line " + line + ": " + what);
    }
}
