package org.osler.report.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osler.metric.compare.Friedman;
import org.osler.metric.compare.WilcoxonSignedRank;
import org.osler.report.ranking.OverDatasets.Pair;
import org.osler.report.ranking.OverDatasets.Standing;

/** What rank tests say, in sentences for people; where they cannot say anything, why not. */
final class RankWords {

    /** Friedman's χ² and F approximate well above this many datasets (Demšar 2006, section 3.2.2). */
    private static final int GOOD_APPROXIMATION = 10;

    private static final char NO_BREAK = '\u00a0';

    private RankWords() {}

    static List<String> of(
            int datasets,
            List<Standing> standings,
            Optional<Friedman> friedman,
            double criticalDifference,
            List<Pair> pairs) {
        var words = new ArrayList<String>();
        if (friedman.isPresent()) {
            words.add(friedman(datasets, friedman.get()));
            words.add(nemenyi(friedman.get(), criticalDifference));
        } else if (standings.size() > 2) {
            words.add(powerless(datasets, standings.size(), criticalDifference));
        }
        words.add(pairs(datasets, standings, pairs));
        return words;
    }

    private static String friedman(int datasets, Friedman test) {
        String f = Double.isInfinite(test.f()) ? "∞" : number(test.f());
        return "Friedman's test: χ²(" + test.degrees() + ") = " + number(test.chiSquare()) + ", " + p(test.p())
                + "; Iman and Davenport's F(" + test.degrees() + ", " + test.within() + ") = " + f + ", "
                + p(test.fp()) + ". "
                + (test.fp() <= OverDatasets.LEVEL
                        ? "The encoders' ranks differ by more than chance."
                        : "The encoders' ranks differ by no more than chance would make them.")
                + (datasets <= GOOD_APPROXIMATION ? " With " + datasets + " datasets these p-values are rough." : "");
    }

    private static String nemenyi(Friedman test, double difference) {
        return test.fp() <= OverDatasets.LEVEL
                ? "Nemenyi's critical difference is " + number(difference)
                        + " ranks (α\u00a0=\u00a00.05): encoders joined by a bar" + " are not told apart."
                : "So Nemenyi's test has nothing to part, and one bar joins all encoders.";
    }

    private static String powerless(int datasets, int encoders, double difference) {
        if (datasets < OverDatasets.FEWEST_DATASETS) {
            return "Ranks over " + count(datasets)
                    + " describe; they cannot tell which encoder is better: rank tests need" + " at least "
                    + OverDatasets.FEWEST_DATASETS + " datasets.";
        }
        return difference >= encoders - 1
                ? "The " + datasets + " datasets are too few for Nemenyi's test: its critical difference, "
                        + number(difference) + " ranks, is more than " + encoders + " encoders can lie apart."
                : "On every dataset all encoders are equal: there is nothing to test.";
    }

    private static String pairs(int datasets, List<Standing> standings, List<Pair> pairs) {
        int encoders = standings.size();
        int tests = encoders * (encoders - 1) / 2;
        String what = "Wilcoxon's signed-rank test" + (tests == 1 ? "" : " of each pair, with Holm's correction");
        if (pairs.isEmpty()) {
            int needed = datasets;
            while (tests * WilcoxonSignedRank.smallestP(needed) > OverDatasets.LEVEL) {
                needed++;
            }
            return what + (tests == 1 ? "" : ",") + " cannot tell any two encoders apart over " + count(datasets)
                    + ", even if one were better on all of them: the smallest p it can give is "
                    + number(Math.min(1, tests * WilcoxonSignedRank.smallestP(datasets)))
                    + (tests == 1 ? "" : " for " + tests + " pairs") + ". It takes " + needed + " datasets.";
        }
        long told =
                pairs.stream().filter(pair -> pair.p() <= OverDatasets.LEVEL).count();
        if (tests == 1) {
            Pair pair = pairs.get(0);
            String better = standings
                    .get(pair.better() < 0 ? pair.first() : pair.second())
                    .encoder();
            return what + ": " + p(pair.p()) + ". "
                    + (told == 1 ? better + " is better." : "The two are not told apart.");
        }
        return what + ", tells " + told + " of " + tests + " pairs apart (p\u00a0≤\u00a00.05).";
    }

    private static String count(int datasets) {
        return datasets == 1 ? "1 dataset" : datasets + " datasets";
    }

    /** {@code p = 0.032}, {@code p < 0.001}. */
    static String p(double value) {
        return (value < 0.001 ? "p < 0.001" : "p = " + String.format(Locale.ROOT, "%.3f", value))
                .replace(' ', NO_BREAK);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
