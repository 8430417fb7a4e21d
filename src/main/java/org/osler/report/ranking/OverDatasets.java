package org.osler.report.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.metric.compare.Friedman;
import org.osler.metric.compare.Holm;
import org.osler.metric.compare.Nemenyi;
import org.osler.metric.compare.Ranks;
import org.osler.metric.compare.WilcoxonSignedRank;

/**
 * Encoders ranked on each dataset, and what rank tests make of it.
 *
 * @param datasets those that every ranked encoder has a result on
 * @param leftOut datasets and encoders that could not be ranked because results are missing
 * @param standings best first
 * @param friedman Friedman's test; empty where too few datasets make it meaningless
 * @param criticalDifference Nemenyi's, in ranks; empty likewise
 * @param cliques first and last place of encoders that Nemenyi's test does not tell apart; only the largest
 * @param pairs Wilcoxon's test of each pair, see {@link Pair}; empty where no pair could be told apart whatever the data
 * @param words what all that means, in whole sentences
 */
public record OverDatasets(
        List<String> datasets,
        List<String> leftOut,
        List<Standing> standings,
        Optional<Friedman> friedman,
        Optional<Double> criticalDifference,
        List<List<Integer>> cliques,
        List<Pair> pairs,
        List<String> words) {

    /** The error that tests are allowed. */
    static final double LEVEL = 0.05;

    /** With fewer datasets Friedman's χ² and F are too coarse to mean anything. */
    static final int FEWEST_DATASETS = 5;

    /**
     * An encoder's place.
     *
     * @param averageRank 1 is best
     * @param firsts on how many datasets it is best, alone or with others
     */
    public record Standing(String encoder, double averageRank, int firsts) {}

    /**
     * Two encoders by their places.
     *
     * @param p after Holm's correction over all pairs
     * @param better −1 if the first has the larger rank sum, 1 if the second, 0 if neither
     */
    public record Pair(int first, int second, double p, int better) {}

    static OverDatasets of(Grid grid) {
        Grid.Part part = grid.complete();
        double[][] values = part.datasets().stream()
                .map(dataset -> part.encoders().stream()
                        .mapToDouble(encoder -> grid.mean(dataset, encoder))
                        .toArray())
                .toArray(double[][]::new);
        List<String> leftOut = new ArrayList<>(grid.datasets());
        leftOut.addAll(grid.encoders());
        leftOut.removeAll(part.datasets());
        leftOut.removeAll(part.encoders());
        if (part.datasets().isEmpty() || part.encoders().size() < 2) {
            return new OverDatasets(
                    part.datasets(),
                    leftOut,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of("No two encoders have results on the same dataset yet."));
        }
        return of(part, values, leftOut);
    }

    private static OverDatasets of(Grid.Part part, double[][] values, List<String> leftOut) {
        double[] ranks = Ranks.averages(values);
        int[] order = IntStream.range(0, ranks.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> ranks[i]))
                .mapToInt(i -> i)
                .toArray();
        List<Standing> standings = IntStream.of(order)
                .mapToObj(i -> new Standing(part.encoders().get(i), ranks[i], firsts(values, i)))
                .toList();
        int n = values.length;
        int k = ranks.length;
        double difference = Nemenyi.criticalDifference(k, n, LEVEL);
        boolean telling = k > 2 && n >= FEWEST_DATASETS && difference < k - 1;
        Optional<Friedman> friedman =
                telling ? Optional.of(Friedman.of(values)).filter(test -> !Double.isNaN(test.fp())) : Optional.empty();
        int tests = k * (k - 1) / 2;
        List<Pair> pairs = tests * WilcoxonSignedRank.smallestP(n) <= LEVEL ? pairs(values, order) : List.of();
        boolean differ = friedman.isPresent() && friedman.get().fp() <= LEVEL;
        return new OverDatasets(
                part.datasets(),
                leftOut,
                standings,
                friedman,
                friedman.map(test -> difference),
                friedman.isEmpty() ? List.of() : differ ? cliques(standings, difference) : List.of(List.of(0, k - 1)),
                pairs,
                RankWords.of(n, standings, friedman, difference, pairs));
    }

    private static int firsts(double[][] values, int encoder) {
        int firsts = 0;
        for (double[] block : values) {
            double own = block[encoder];
            firsts += IntStream.range(0, block.length).allMatch(i -> block[i] <= own) ? 1 : 0;
        }
        return firsts;
    }

    /** Runs of neighbours whose ranks lie within the critical difference, but for runs within longer ones. */
    private static List<List<Integer>> cliques(List<Standing> standings, double difference) {
        List<List<Integer>> cliques = new ArrayList<>();
        int reached = -1;
        for (int first = 0; first < standings.size(); first++) {
            int last = first;
            while (last + 1 < standings.size()
                    && standings.get(last + 1).averageRank()
                                    - standings.get(first).averageRank()
                            < difference) {
                last++;
            }
            if (last > first && last > reached) {
                cliques.add(List.of(first, last));
                reached = last;
            }
        }
        return cliques;
    }

    private static List<Pair> pairs(double[][] values, int... order) {
        List<Pair> raw = new ArrayList<>();
        for (int first = 0; first < order.length; first++) {
            for (int second = first + 1; second < order.length; second++) {
                WilcoxonSignedRank test =
                        WilcoxonSignedRank.of(column(values, order[first]), column(values, order[second]));
                int better = Double.compare(test.negative(), test.positive());
                raw.add(new Pair(first, second, test.p(), better));
            }
        }
        double[] adjusted = Holm.adjust(raw.stream().mapToDouble(Pair::p).toArray());
        return IntStream.range(0, adjusted.length)
                .mapToObj(i -> new Pair(
                        raw.get(i).first(),
                        raw.get(i).second(),
                        adjusted[i],
                        raw.get(i).better()))
                .toList();
    }

    private static double[] column(double[][] values, int column) {
        double[] numbers = new double[values.length];
        for (int i = 0; i < numbers.length; i++) {
            double[] block = values[i];
            numbers[i] = block[column];
        }
        return numbers;
    }
}
