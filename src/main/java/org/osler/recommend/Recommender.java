package org.osler.recommend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.osler.InputException;
import org.osler.metric.Accuracy;
import org.osler.metric.RocAuc;
import org.osler.study.Attempt;
import org.osler.study.FrozenFeatures;
import org.osler.study.Needs;
import org.osler.study.RunProgress;
import org.osler.study.Runner;
import org.osler.study.Study;
import org.osler.tensor.Libtorch;
import org.osler.weights.Home;

/**
 * Tries a study's encoders on its dataset, the one with the fewest operations first, as long as time is left.
 *
 * <p>Each gets one pass over the images and a cross-validation on the training split, by which it is ranked
 * ({@link Standings}). In the end the study's own trials are run, whose test results stand beside. What is done is kept in the results
 * folder, and the next call goes on from there.
 */
public final class Recommender {

    private final Study study;
    private final Home home;
    private final TimeBudget budget;
    private final RunProgress progress;
    private final Judges judges;
    private final Trying trying;
    private final Map<Candidate, Tried> tried = new LinkedHashMap<>();
    private final Map<Candidate, Standing.Test> tests = new LinkedHashMap<>();
    private final List<Untried> untried = new ArrayList<>();

    /** Gets what is not at hand. */
    @FunctionalInterface
    public interface Files {

        /**
         * Gets it.
         *
         * @throws InputException if something cannot be had
         */
        void fetch(Needs lacking) throws IOException;
    }

    private Recommender(Study study, Home home, TimeBudget budget, Files files, RunProgress progress, Judges judges) {
        this.study = study;
        this.home = home;
        this.budget = budget;
        this.progress = progress;
        this.judges = judges;
        this.trying = new Trying(study, home, budget, files, progress, judges);
    }

    /**
     * Tries encoders and ranks them.
     *
     * @param study one dataset; linear probes and neighbours
     * @param files gets weights and data that are not at hand
     * @param progress hears of the work, and of each encoder in a line
     * @throws InputException if the data are not fit, or no encoder could be tried; says why
     */
    public static Recommendation run(Study study, Home home, TimeBudget budget, Files files, RunProgress progress)
            throws IOException {
        if (study.datasets().size() != 1) {
            throw new InputException("encoders are recommended for one dataset at a time, and here are "
                    + study.datasets().size());
        }
        study.threads().ifPresent(Libtorch::threads);
        files.fetch(new Needs(List.of(), Needs.of(study, home).datasets()));
        List<Candidate> candidates = study.encoders().stream()
                .map(choice -> new Candidate(
                        choice, Trials.of(study.with(List.of(choice))).probe()))
                .sorted(Comparator.comparingDouble(Candidate::multiplyAdds))
                .toList();
        Judges judges = FrozenFeatures.onDataset(study, candidates.get(0).any(), home, progress, Judges::of);
        return new Recommender(study, home, budget, files, progress, judges).run(candidates);
    }

    private Recommendation run(List<Candidate> candidates) throws IOException {
        for (Candidate candidate : candidates) {
            double start = budget.spent();
            Optional<Untried> why = attempt(candidate);
            why.ifPresent(untried::add);
            progress.note(line(candidate, why, candidates.size(), budget.spent() - start));
        }
        if (tried.isEmpty()) {
            throw new InputException(untried.stream()
                    .map(each -> "\n  " + each.encoder() + ": " + each.reason())
                    .collect(Collectors.joining("", "no encoder could be tried:", "")));
        }
        int failed = test();
        Folds folds = judges.folds();
        return new Recommendation(
                Recommendation.FORMAT,
                judges.dataset(),
                judges.labels().length,
                folds.groups().count(),
                folds.groupColumn(),
                folds.count(),
                Trials.of(study).neighbours(),
                budget.seconds(),
                budget.spent(),
                new Standings(judges.task(), judges.labels(), judges.classes(), folds.groups()).of(tried, tests),
                untried,
                failed,
                List.of(),
                List.of());
    }

    private String line(Candidate candidate, Optional<Untried> why, int of, double seconds) {
        int number = tried.size() + untried.size();
        String name = String.format(
                Locale.ROOT,
                "[%" + Integer.toString(of).length() + "d/%d] %s: ",
                number,
                of,
                candidate.card().paperName());
        if (why.isPresent()) {
            return name + "not tried, " + why.get().reason();
        }
        double[][] scores = tried.get(candidate).scores().probe();
        return name
                + String.format(
                        Locale.ROOT,
                        "AUC %.1f %%  ACC %.1f %%  %.1f s",
                        100 * RocAuc.of(judges.task(), judges.labels(), scores).value(),
                        100 * Accuracy.of(judges.task(), judges.labels(), scores),
                        seconds);
    }

    /** Tries an encoder; tells why not, if it cannot be. */
    private Optional<Untried> attempt(Candidate candidate) {
        List<String> failures = new ArrayList<>();
        Optional<Optional<Tried>> done = Attempt.at(failures::add, () -> trying.of(candidate));
        if (done.isPresent() && done.get().isPresent()) {
            tried.put(candidate, done.get().get());
            return Optional.empty();
        }
        boolean outOfTime = done.isPresent();
        return Optional.of(new Untried(
                candidate.id(),
                candidate.card().paperName(),
                outOfTime ? "for want of time" : failures.get(0),
                outOfTime,
                outOfTime ? trying.expected(candidate) : OptionalDouble.empty()));
    }

    /** Runs the study's own trials on the features that are there now; returns how many failed. */
    private int test() throws IOException {
        Study all = study.with(tried.keySet().stream().map(Candidate::choice).toList());
        Runner.Outcome outcome = Runner.run(all, home, new Aside(progress));
        for (Candidate candidate : tried.keySet()) {
            Study one = study.with(List.of(candidate.choice()));
            try (FrozenFeatures features = FrozenFeatures.of(one, candidate.any(), home, progress)) {
                Trials.of(one).test(one, features).ifPresent(test -> tests.put(candidate, test));
            }
        }
        return outcome.failed();
    }
}
