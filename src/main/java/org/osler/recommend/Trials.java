package org.osler.recommend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osler.InputException;
import org.osler.study.FrozenFeatures;
import org.osler.study.Plan;
import org.osler.study.ResultStore;
import org.osler.study.Statistic;
import org.osler.study.Strategy;
import org.osler.study.Study;
import org.osler.study.Summary;
import org.osler.study.SummaryRow;
import org.osler.study.Trial;
import org.osler.study.TrialResult;
import org.osler.train.LinearProbe;

/**
 * The trials of one encoder in a study for a recommendation.
 *
 * @param all of them
 */
record Trials(List<Trial> all) {

    static Trials of(Study study) {
        List<Trial> trials = Plan.of(study).trials();
        if (trials.stream().noneMatch(trial -> trial.strategy() instanceof Strategy.LinearProbe)
                || trials.stream().anyMatch(trial -> !trial.strategy().onFeatures())) {
            throw new InputException("a recommendation takes linear probes and neighbours, on frozen features");
        }
        return new Trials(trials);
    }

    /** One whose head tells what features it is trained on, and by which recipe. */
    Trial probe() {
        return all.stream()
                .filter(trial -> trial.strategy() instanceof Strategy.LinearProbe)
                .findFirst()
                .orElseThrow();
    }

    /** The heads of the first seed, one a learning rate. */
    List<LinearProbe.Head> heads() {
        long seed = probe().seed();
        return all.stream()
                .filter(trial -> trial.seed() == seed && trial.strategy() instanceof Strategy.LinearProbe)
                .map(trial -> new LinearProbe.Head(seed, ((Strategy.LinearProbe) trial.strategy()).headLr()))
                .toList();
    }

    /** Neighbours that vote; empty if no trial asks neighbours. */
    int neighbours() {
        return all.stream()
                .map(Trial::strategy)
                .filter(Strategy.NearestNeighbours.class::isInstance)
                .mapToInt(strategy -> ((Strategy.NearestNeighbours) strategy).k())
                .findFirst()
                .orElseThrow(() -> new InputException("a recommendation asks neighbours, too"));
    }

    /**
     * What the probes are worth on test, the learning rate chosen on validation; empty if some have no result from the data
     * and weights at hand.
     */
    Optional<Standing.Test> test(Study study, FrozenFeatures features) throws IOException {
        List<TrialResult> results = new ArrayList<>();
        try (ResultStore store = ResultStore.read(study.out())) {
            for (Trial trial : all) {
                if (trial.strategy() instanceof Strategy.LinearProbe) {
                    Optional<TrialResult> found = store.find(trial).filter(features::made);
                    if (found.isEmpty()) {
                        return Optional.empty();
                    }
                    results.add(found.get());
                }
            }
        }
        return Summary.of(results).stream()
                .filter(SummaryRow::selected)
                .findFirst()
                .map(row -> test(row.accuracy(), row.auc()));
    }

    private static Standing.Test test(Statistic accuracy, Statistic auc) {
        return new Standing.Test(accuracy.mean(), accuracy.std(), auc.mean(), auc.std(), accuracy.n());
    }
}
