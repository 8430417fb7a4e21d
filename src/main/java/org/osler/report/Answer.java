package org.osler.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.osler.report.ReportModel.Row;
import org.osler.report.ReportModel.Run;
import org.osler.study.Statistic;

/**
 * What the study found out about one dataset, in a sentence, and what to keep in mind when repeating it.
 *
 * @param dataset the dataset's name
 * @param winner the best row's name
 * @param finding the sentence's rest, with the winner's numbers
 * @param caveats whole sentences, in the order of their weight
 */
record Answer(String dataset, String winner, String finding, List<String> caveats) {

    private static final String NO_BREAK = "\u00a0";

    /** Judges by mean test AUC, or by accuracy where no row has an AUC. */
    static Answer of(String dataset, List<Row> rows) {
        boolean byAuc = rows.stream().anyMatch(row -> defined(row.auc()));
        Comparator<Row> order =
                byAuc ? by(row -> row.auc().mean()) : by(row -> row.accuracy().mean());
        List<Row> ranked = rows.stream().sorted(order).toList();
        Row best = ranked.get(0);
        String verb = rows.size() == 1 ? "reaches " : "is best, with ";
        String finding = verb + figures(best) + " (" + count(best.runs().size(), "seed") + ").";
        return new Answer(dataset, best.name(), finding, caveats(ranked, byAuc));
    }

    private static List<String> caveats(List<Row> ranked, boolean byAuc) {
        Row best = ranked.get(0);
        var caveats = new ArrayList<String>();
        if (best.untrained()) {
            caveats.add("Untrained: the encoder's weights are random, so this says nothing about the encoder's worth.");
        }
        if (!byAuc) {
            caveats.add("The AUC is not defined here, so accuracy decides.");
        }
        if (ranked.size() > 1) {
            narrowLead(best, ranked.get(1), byAuc).ifPresent(caveats::add);
            fewImages(best, ranked.get(1), byAuc).ifPresent(caveats::add);
            otherByAccuracy(best, ranked, byAuc).ifPresent(caveats::add);
            otherByValidation(best, ranked, byAuc).ifPresent(caveats::add);
        }
        for (String edge : best.gridEdge()) {
            caveats.add("Its " + edge + " is the smallest or largest of those tried: a wider grid may find better.");
        }
        if (best.runs().size() == 1) {
            caveats.add("One seed only: how much chance there is in it is not known.");
        }
        return List.copyOf(caveats);
    }

    private static Optional<String> narrowLead(Row best, Row next, boolean byAuc) {
        Statistic first = byAuc ? best.auc() : best.accuracy();
        Statistic second = byAuc ? next.auc() : next.accuracy();
        double lead = first.mean() - second.mean();
        if (first.n() == 1 || !defined(second) || lead > Math.max(first.std(), second.std())) {
            return Optional.empty();
        }
        return Optional.of("Its lead over the next (" + next.name() + ": " + Percent.of(second)
                + " %) is no larger than the spread over seeds.");
    }

    private static Optional<String> fewImages(Row best, Row next, boolean byAuc) {
        double mean = (byAuc ? next.auc() : next.accuracy()).mean();
        return best.interval(byAuc ? Run::aucInterval : Run::accuracyInterval)
                .filter(range -> mean >= range.low())
                .map(range ->
                        "The test images are too few to be sure: the next (" + next.name() + ": " + Percent.of(mean)
                                + " %) lies within its 95 % interval over test images, " + Percent.of(range) + ".");
    }

    private static Optional<String> otherByAccuracy(Row best, List<Row> ranked, boolean byAuc) {
        Row top = ranked.stream().min(by(row -> row.accuracy().mean())).orElseThrow();
        if (!byAuc || top.accuracy().mean() <= best.accuracy().mean()) {
            return Optional.empty();
        }
        return Optional.of("By ACC it is " + top.name() + " (" + Percent.of(top.accuracy()) + " %).");
    }

    /** Picking the best on test is optimistic; the honest choice is the one that validation data would have made. */
    private static Optional<String> otherByValidation(Row best, List<Row> ranked, boolean byAuc) {
        ToDoubleFunction<Row> score =
                row -> byAuc ? row.valAuc().mean() : row.valAccuracy().mean();
        Row chosen = ranked.stream().min(by(score)).orElseThrow();
        if (Double.isNaN(score.applyAsDouble(chosen)) || score.applyAsDouble(chosen) == score.applyAsDouble(best)) {
            return Optional.empty();
        }
        return Optional.of("Chosen on validation data, as one would in practice, it would have been " + chosen.name()
                + " (test " + figures(chosen) + ").");
    }

    private static String figures(Row row) {
        String auc = defined(row.auc()) ? "AUC " + Percent.of(row.auc()) + " % and " : "";
        String text = auc + "ACC " + Percent.of(row.accuracy()) + " %";
        return text.replace(" ± ", NO_BREAK + "±" + NO_BREAK).replace(" %", NO_BREAK + "%");
    }

    static boolean defined(Statistic number) {
        return !Double.isNaN(number.mean());
    }

    /** {@code 1 seed}, {@code 3 seeds}. */
    static String count(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    /** Highest first, rows without a number last. */
    private static Comparator<Row> by(ToDoubleFunction<Row> score) {
        return Comparator.comparingDouble((Row row) -> {
            double value = score.applyAsDouble(row);
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : -value;
        });
    }
}
