package org.osler.recommend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.osler.encoder.Encoder;
import org.osler.study.FrozenFeatures;
import org.osler.study.Needs;
import org.osler.study.Study;
import org.osler.train.CrossValidation;
import org.osler.train.FeatureSet;
import org.osler.train.LogMe;
import org.osler.train.Progress;
import org.osler.train.Stoppable;
import org.osler.train.StoppedException;
import org.osler.weights.Hashes;
import org.osler.weights.Home;

/**
 * Tries one encoder after the other: a pass over the images, and what their features say, as long as time is left. What is
 * done is kept in the results folder.
 */
final class Trying {

    /** Counts up whenever the same features would be judged otherwise. */
    private static final String FORMAT = "2";

    private final Study study;
    private final Home home;
    private final TimeBudget budget;
    private final Recommender.Files files;
    private final Progress progress;
    private final Judges judges;
    private final PassSpeeds speeds = new PassSpeeds();
    private double headSeconds;
    private boolean brokenOff;

    Trying(Study study, Home home, TimeBudget budget, Recommender.Files files, Progress progress, Judges judges) {
        this.study = study;
        this.home = home;
        this.budget = budget;
        this.files = files;
        this.progress = progress;
        this.judges = judges;
    }

    /** The seconds that an encoder pass and what follows it will take; empty if nothing is known yet. */
    OptionalDouble expected(Candidate candidate) {
        OptionalDouble pass = speeds.seconds(candidate.card().family(), candidate.multiplyAdds() * judges.all());
        return pass.isEmpty() ? pass : OptionalDouble.of(pass.getAsDouble() + headSeconds);
    }

    private boolean isTooMuch(Candidate candidate) {
        return budget.isOver() || expected(candidate).orElse(0) > budget.left();
    }

    /** Tries an encoder; empty if time does not suffice for it. */
    Optional<Tried> of(Candidate candidate) throws IOException {
        Study one = study.with(List.of(candidate.choice()));
        Trials trials = Trials.of(one);
        Path file = study.out().resolve("folds").resolve(trials.probe().id() + ".safetensors");
        Needs lacking = new Needs(Needs.of(one, home).weights(), List.of());
        boolean hopeless = lacking.isEmpty() ? budget.isOver() && !Files.exists(file) : isTooMuch(candidate);
        if (hopeless) {
            return Optional.empty();
        }
        files.fetch(lacking);
        try (FrozenFeatures features = FrozenFeatures.of(one, candidate.any(), home, untilOver(progress))) {
            TriedFile kept = new TriedFile(file, made(trials, features));
            Optional<Tried> known = kept.read();
            if (known.isPresent() || (features.atHand() ? budget.isOver() : isTooMuch(candidate))) {
                return known;
            }
            judge(candidate, trials, features, kept);
            return kept.read();
        } catch (StoppedException e) {
            if (brokenOff) {
                brokenOff = false;
                return Optional.empty(); // what was done is kept, the next call goes on from there
            }
            throw e;
        }
    }

    private Stoppable untilOver(Progress told) {
        return new Stoppable(
                told,
                () -> {
                    brokenOff = budget.isOver();
                    return brokenOff;
                },
                "out of time");
    }

    /** Passes the images through the encoder where that was not done before, and judges its features. */
    private void judge(Candidate candidate, Trials trials, FrozenFeatures features, TriedFile kept) throws IOException {
        double start = budget.spent();
        PassMeter meter = new PassMeter(untilOver(progress));
        try {
            features.use(meter, (set, init) -> {
                learn(candidate, meter, start);
                double heads = budget.spent();
                kept.write(judge(trials, set, init));
                headSeconds = Math.max(headSeconds, budget.spent() - heads);
                return true;
            });
        } catch (StoppedException e) {
            learn(candidate, meter, start);
            throw e;
        }
    }

    private void learn(Candidate candidate, PassMeter meter, double start) {
        double seconds = budget.spent() - start;
        if (meter.images() > 0 && seconds > 0) {
            speeds.made(candidate.card().family(), candidate.multiplyAdds() * meter.images(), seconds);
        }
    }

    private Tried judge(Trials trials, FeatureSet set, Encoder.HeadInit init) {
        CrossValidation.OutOfFold scores = CrossValidation.run(
                set, judges.folds().of(), trials.heads(), init, trials.probe().recipe(), trials.neighbours(), progress);
        return new Tried(scores, LogMe.of(set));
    }

    /** All that scores depend on. Labels may be told otherwise of the same data, and a column of groups makes other folds. */
    private Map<String, String> made(Trials trials, FrozenFeatures features) {
        MessageDigest digest = Hashes.digest("SHA-256");
        digest.update(Arrays.deepToString(judges.labels()).getBytes(StandardCharsets.UTF_8));
        digest.update(Arrays.toString(judges.folds().of()).getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "format", FORMAT,
                "features", features.key(),
                "trials", trials.all().stream().map(trial -> trial.id()).collect(Collectors.joining(" ")),
                "task", judges.task().id() + " " + judges.classes(),
                "folds", HexFormat.of().formatHex(digest.digest()));
    }
}
