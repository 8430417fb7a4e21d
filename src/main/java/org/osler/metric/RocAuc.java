package org.osler.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * AUC as the MedMNIST package (3.0.2) defines it: the area under the receiver operating characteristic, ties counting
 * one half.
 *
 * <p>Multi-class and ordinal: the unweighted mean over classes of the AUC of that class's score, one against the rest.
 * Multi-label: the mean over labels. Binary: the AUC of the last column.
 *
 * <p>A class that no case has, or every case, has no AUC. The MedMNIST package fails there; here the mean is over the
 * classes that have one, and {@link Result#undefined()} names the others.
 */
public final class RocAuc {

    private RocAuc() {}

    /**
     * The AUC and what it is the mean of.
     *
     * @param value 0 to 1; NaN if no class has an AUC
     * @param perClass {@code [C]}, 0 to 1, NaN where undefined; binary: the one AUC twice, as it is the same whichever
     *     class is called positive
     */
    public record Result(double value, double[] perClass) {

        /** The indexes of the classes (or labels) that have no AUC and are left out of the mean. */
        public List<Integer> undefined() {
            return undefined(perClass);
        }

        static List<Integer> undefined(double[] perClass) {
            List<Integer> classes = new ArrayList<>();
            for (int c = 0; c < perClass.length; c++) {
                if (Double.isNaN(perClass[c])) {
                    classes.add(c);
                }
            }
            return classes;
        }
    }

    /**
     * The AUC, overall and of each class.
     *
     * @param labels {@code [N][L]}
     * @param scores {@code [N][C]}
     * @throws IllegalArgumentException if labels and scores do not fit the task or each other
     */
    public static Result of(Task task, int[][] labels, double[][] scores) {
        return of(new Sample(task, labels, scores));
    }

    static Result of(Sample sample) {
        Weights once = Weights.once(sample.cases());
        double[] aucs = Arrays.stream(rankings(sample))
                .mapToDouble(ranking -> ranking.aucs(once)[0])
                .toArray();
        double value =
                Arrays.stream(aucs).filter(auc -> !Double.isNaN(auc)).average().orElse(Double.NaN);
        return new Result(value, sample.task() == Task.BINARY ? new double[] {aucs[0], aucs[0]} : aucs);
    }

    static WeightedMetric on(Sample sample) {
        Weights once = Weights.once(sample.cases());
        List<Ranking> defined = Arrays.stream(rankings(sample))
                .filter(ranking -> !Double.isNaN(ranking.aucs(once)[0]))
                .toList();
        return weights -> {
            double[] sums = new double[weights.count()];
            for (Ranking ranking : defined) {
                double[] aucs = ranking.aucs(weights);
                for (int r = 0; r < sums.length; r++) {
                    sums[r] += aucs[r];
                }
            }
            for (int r = 0; r < sums.length; r++) {
                sums[r] /= defined.size();
            }
            return sums;
        };
    }

    /** One ranking for each AUC that is averaged: of every class, or of a binary task's last column. */
    private static Ranking[] rankings(Sample sample) {
        if (sample.task() == Task.BINARY) {
            return new Ranking[] {Ranking.of(sample, 1)};
        }
        Ranking[] rankings = new Ranking[sample.classes()];
        for (int c = 0; c < rankings.length; c++) {
            rankings[c] = Ranking.of(sample, c);
        }
        return rankings;
    }
}
