package org.osler.train;

import java.util.List;
import java.util.stream.IntStream;
import org.osler.data.Split;
import org.osler.encoder.Encoder.HeadInit;
import org.osler.tensor.Scope;

/**
 * What linear probes and neighbours say of training images that they have not seen: the training split is divided into
 * folds, and each fold is scored by what was trained on the others. Checkpoints, and of several learning rates the best,
 * are chosen on the validation split, as ever; test takes no part.
 *
 * <p>The scores of all folds are judged together, although each fold's come from a head of its own. Heads that differ in
 * how sure they are make such an AUC a little smaller than one fold's (Forman and Scholz 2010), for every encoder alike.
 */
public final class CrossValidation {

    private CrossValidation() {}

    /**
     * The scores of all training images.
     *
     * @param probe {@code [N][C]}, by linear probes
     * @param neighbours {@code [N][C]}, by nearest neighbours
     */
    public record OutOfFold(double[][] probe, double[][] neighbours) {}

    /**
     * Scores the training images.
     *
     * @param folds {@code [N]} the fold of each training image, 0 … F−1, F at least 2
     * @param heads that are trained for each fold; the one with the highest validation accuracy scores it, the first of equals
     * @param k neighbours that vote; where fewer images are left, all of them
     */
    public static OutOfFold run(
            FeatureSet data,
            int[] folds,
            List<LinearProbe.Head> heads,
            HeadInit init,
            Recipe recipe,
            int k,
            Progress progress) {
        var scores = new OutOfFold(new double[folds.length][], new double[folds.length][]);
        int count = IntStream.of(folds).max().orElseThrow() + 1;
        for (int fold = 0; fold < count; fold++) {
            int held = fold;
            int[] inside = IntStream.range(0, folds.length)
                    .filter(i -> folds[i] != held)
                    .toArray();
            int[] outside = IntStream.range(0, folds.length)
                    .filter(i -> folds[i] == held)
                    .toArray();
            try (Scope scope = Scope.open()) {
                FeatureSet parted = data.with(Split.TEST, outside).with(Split.TRAIN, inside);
                String name = ", fold " + (fold + 1) + " of " + count;
                List<Fit> fits = LinearProbe.run(
                        parted, heads, init, recipe, (what, steps) -> progress.begin(what + name, steps));
                put(scores.probe(), outside, best(fits).testScores());
                put(
                        scores.neighbours(),
                        outside,
                        NearestNeighbours.run(parted, Math.min(k, inside.length))
                                .testScores());
            }
        }
        return scores;
    }

    private static Fit best(List<Fit> fits) {
        Fit best = fits.get(0);
        for (Fit fit : fits) {
            if (fit.best().valAccuracy() > best.best().valAccuracy()) {
                best = fit;
            }
        }
        return best;
    }

    private static void put(double[][] all, int[] places, double[][] scores) {
        for (int i = 0; i < places.length; i++) {
            all[places[i]] = scores[i];
        }
    }
}
