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
import org.osler.encoder.Encoder;
import org.osler.metric.Accuracy;
import org.osler.metric.RocAuc;
import org.osler.study.Attempt;
import org.osler.study.FrozenFeatures;
import org.osler.study.Needs;
import org.osler.study.RunProgress;
import org.osler.study.Runner;
import org.osler.study.Study;
import org.osler.tensor.Libtorch;
import org.osler.train.CrossValidation;
import org.osler.train.FeatureSet;
import org.osler.train.LogMe;
import org.osler.train.Stoppable;
import org.osler.train.StoppedException;
import org.osler.weights.Home;

/**
 * Tries a study's encoders on its dataset, the one with the fewest operations first, as long as time is left.
 *
 * <p>Each gets one pass over the images, a cross-validation on the training split, by which it is ranked
 * ({@link Standings}), and the study's own trials, whose test results stand beside. What is done is kept in the results
 * folder, and the next call goes on from there.
 */
public final class Recommender {

    /** Counts up whenever the same features would be judged otherwise. */
    private static final String FORMAT = "1";

    private final Study study;
    private final Home home;
    private final TimeBudget budget;
    private final Files files;
    private final RunProgress progress;
    private final Judges judges;
    private final PassSpeeds speeds = new PassSpeeds();
    private final Map<Candidate, Tried> tried = new LinkedHashMap<>();
    private final Map<Candidate, Standing.Test> tests = new LinkedHashMap<>();
    private final List<Untried> untried = new ArrayList<>();
    /** What the last encoder's pass took, … */
    private double passSeconds;
    /** … and the most that was done on one encoder's features. */
    private double headSeconds;

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
        this.files = files;
        this.progress = progress;
        this.judges = judges;
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
        study.threads().ifPresent(Libtorch::threads);
        files.fetch(new Needs(List.of(), Needs.of(study, home).datasets()));
        List<Candidate> candidates = study.encoders().stream()
                .map(choice ->
                        new Candidate(choice, Trials.of(study.with(choice)).probe()))
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
        Folds folds = judges.folds();
        return new Recommendation(
                Recommendation.FORMAT,
                judges.dataset(),
                judges.labels().length,
                folds.groupCount(),
                folds.groupColumn(),
                folds.count(),
                Trials.of(study).neighbours(),
                budget.seconds(),
                budget.spent(),
                new Standings(judges.task(), judges.labels(), judges.classes(), folds.groups()).of(tried, tests),
                untried,
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
        Optional<Boolean> done = Attempt.at(failures::add, () -> tryNow(candidate));
        if (done.isEmpty()) {
            return Optional.of(
                    new Untried(candidate.id(), candidate.card().paperName(), failures.get(0), OptionalDouble.empty()));
        }
        return done.get() ? Optional.empty() : Optional.of(outOfTime(candidate));
    }

    private Untried outOfTime(Candidate candidate) {
        return new Untried(candidate.id(), candidate.card().paperName(), "for want of time", expected(candidate));
    }

    /** The seconds that an encoder pass and what follows it will take; empty if nothing is known yet. */
    private OptionalDouble expected(Candidate candidate) {
        OptionalDouble pass = speeds.seconds(candidate.card().family(), candidate.multiplyAdds() * judges.all());
        return pass.isEmpty() ? pass : OptionalDouble.of(pass.getAsDouble() + headSeconds);
    }

    private boolean isTooMuch(Candidate candidate) {
        return budget.isOver() || expected(candidate).orElse(0) > budget.left();
    }

    /** Tries an encoder; false if time does not suffice for it. */
    private boolean tryNow(Candidate candidate) throws IOException {
        Study one = study.with(candidate.choice());
        Needs lacking = new Needs(Needs.of(one, home).weights(), List.of());
        if (!lacking.isEmpty() && isTooMuch(candidate)) {
            return false;
        }
        files.fetch(lacking);
        passSeconds = 0;
        try (FrozenFeatures features = FrozenFeatures.of(one, candidate.any(), home, progress)) {
            Trials trials = Trials.of(one);
            TriedFile kept = file(trials, features);
            boolean isLeft = kept.read().isEmpty();
            if (isLeft && (features.atHand() ? budget.isOver() : isTooMuch(candidate))) {
                return false;
            }
            double before = budget.spent();
            if (isLeft) {
                judge(candidate, trials, features, kept);
            }
            Runner.run(one, home, new Aside(progress));
            headSeconds = Math.max(headSeconds, budget.spent() - before - passSeconds);
            trials.test(one).ifPresent(test -> tests.put(candidate, test));
            tried.put(candidate, kept.read().orElseThrow());
            return true;
        } catch (StoppedException e) {
            if (budget.isOver()) {
                return false; // what the pass has made is kept, the next one goes on from there
            }
            throw e;
        }
    }

    /** Passes the images through the encoder where that was not done before, and judges its features. */
    private void judge(Candidate candidate, Trials trials, FrozenFeatures features, TriedFile kept) throws IOException {
        boolean atHand = features.atHand();
        double start = budget.spent();
        features.use(new Stoppable(progress, budget::isOver, "out of time"), (set, init) -> {
            passSeconds = budget.spent() - start;
            if (!atHand) {
                speeds.made(candidate.card().family(), candidate.multiplyAdds() * judges.all(), passSeconds);
            }
            kept.write(judge(trials, set, init));
            return true;
        });
    }

    private Tried judge(Trials trials, FeatureSet set, Encoder.HeadInit init) {
        CrossValidation.OutOfFold scores = CrossValidation.run(
                set, judges.folds().of(), trials.heads(), init, trials.probe().recipe(), trials.neighbours(), progress);
        return new Tried(scores, LogMe.of(set));
    }

    private TriedFile file(Trials trials, FrozenFeatures features) {
        return new TriedFile(
                study.out().resolve("folds").resolve(trials.probe().id() + ".safetensors"),
                Map.of(
                        "format", FORMAT,
                        "features", features.key(),
                        "trials", trials.all().stream().map(trial -> trial.id()).collect(Collectors.joining(" ")),
                        "folds", Integer.toString(judges.folds().count())));
    }
}
