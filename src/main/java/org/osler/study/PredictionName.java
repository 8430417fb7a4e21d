package org.osler.study;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osler.InputException;
import org.osler.data.Split;
import org.osler.metric.Evaluation;

/**
 * What the name of an official MedMNIST prediction file says:
 * <code>{flag}{size}_{split}_[AUC]{auc:.3f}_[ACC]{acc:.3f}@{run}.csv</code>, where {@code size} is empty for 28 pixels
 * and {@code _64}, {@code _128}, {@code _224} for the others.
 *
 * <p>A flag that itself ends like a size, at 28 pixels, reads back as that size: {@code phantom_64} becomes
 * {@code phantom} at 64. The file that both mean is the same, {@code phantom_64.npz}.
 *
 * @param flag the dataset's name
 * @param size side of its images in pixels, at least 1
 * @param split what was predicted
 * @param auc 0 to 1, or NaN; as parsed, to three decimals
 * @param acc 0 to 1; as parsed, to three decimals
 * @param run the run's name: no dot (the official reader cuts it there), no {@code @}, no slash, no control characters
 */
public record PredictionName(String flag, int size, Split split, double auc, double acc, String run) {

    private static final int DEFAULT_SIZE = 28;
    private static final String FORM = "{flag}[_64|_128|_224]_{train|val|test}_[AUC]0.000_[ACC]0.000@{run}.csv";
    private static final String THREE_DECIMALS = "(0\\.\\d{3}|1\\.000|nan)";
    private static final Pattern NAME = Pattern.compile("(.+?)(?:_([1-9]\\d{0,3}))?_(train|val|test)_\\[AUC]"
            + THREE_DECIMALS + "_\\[ACC]" + THREE_DECIMALS + "@([^.@]+)(?:\\..*)?\\.csv");
    private static final Pattern NOT_IN_FLAG = Pattern.compile("[@/\\\\\\p{Cntrl}]");
    private static final Pattern NOT_IN_RUN = Pattern.compile("[.@/\\\\\\p{Cntrl}]");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part cannot stand in such a name
     */
    public PredictionName {
        if (flag.isEmpty() || NOT_IN_FLAG.matcher(flag).find()) {
            throw new IllegalArgumentException("'" + flag + "' cannot name a dataset in a prediction file's name");
        }
        if (run.isEmpty() || NOT_IN_RUN.matcher(run).find()) {
            throw new IllegalArgumentException(
                    "'" + run + "' cannot name a run in a prediction file's name: no dot, '@' or slash may be in it");
        }
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least 1, not " + size);
        }
        if (auc < 0 || auc > 1 || acc < 0 || acc > 1) {
            throw new IllegalArgumentException("AUC " + auc + " or ACC " + acc + " is not in [0, 1]");
        }
    }

    /** The name for scores of this evaluation. */
    public static PredictionName of(String flag, int size, Split split, Evaluation evaluation, String run) {
        return new PredictionName(flag, size, split, evaluation.auc(), evaluation.accuracy(), run);
    }

    /**
     * Reads the name of a file; as the official reader does, the run's name ends at its first dot (files written by
     * that package without a run name carry the time there, with one).
     *
     * @throws InputException if the name is not of this form; the message says what is
     */
    public static PredictionName parse(Path file) {
        String name = file.getFileName().toString();
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new InputException(file + ": not the name of a MedMNIST prediction file; expected " + FORM);
        }
        String size = matcher.group(2);
        Split split = Arrays.stream(Split.values())
                .filter(s -> s.id().equals(matcher.group(3)))
                .findFirst()
                .orElseThrow();
        return new PredictionName(
                matcher.group(1),
                size == null ? DEFAULT_SIZE : Integer.parseInt(size),
                split,
                parseNumber(matcher.group(4)),
                parseNumber(matcher.group(5)),
                matcher.group(6));
    }

    /** The official file name. */
    public String fileName() {
        String sizePart = size == DEFAULT_SIZE ? "" : "_" + size;
        return flag + sizePart + "_" + split.id() + "_[AUC]" + threeDecimals(auc) + "_[ACC]" + threeDecimals(acc) + "@"
                + run + ".csv";
    }

    /** As Python's {@code f"{value:.3f}"}: the exact binary value rounded, halves to the even digit. */
    static String threeDecimals(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static double parseNumber(String text) {
        return text.equals("nan") ? Double.NaN : Double.parseDouble(text);
    }
}
