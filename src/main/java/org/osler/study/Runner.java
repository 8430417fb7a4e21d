package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.metric.Evaluation;
import org.osler.tensor.Libtorch;
import org.osler.train.Checkpoints;
import org.osler.train.Fit;
import org.osler.train.Progress;
import org.osler.weights.Home;

/** Works through a plan: what is done stays done, what is left is run, and each result is committed at once. */
public final class Runner {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(30);

    private final Study study;
    private final RunProgress progress;
    private final ResultStore store;
    private final Sources sources;
    private final Inputs inputs;
    private final FeatureFiles featureFiles;
    private final Duration checkpointInterval;
    private final Keeper keeper;
    private final Home home;
    private Outlook outlook = new Outlook(InstantSource.system());
    private int finished;
    private int failed;

    private Runner(
            Study study,
            Sources sources,
            Home home,
            ResultStore store,
            Duration checkpointInterval,
            Keeper keeper,
            RunProgress progress) {
        this.study = study;
        this.sources = sources;
        this.inputs = new Inputs(sources);
        this.home = home;
        this.featureFiles = new FeatureFiles(home);
        this.store = store;
        this.checkpointInterval = checkpointInterval;
        this.keeper = keeper;
        this.progress = progress;
    }

    /**
     * How a run ended.
     *
     * @param finished trials that got their result in this run
     * @param failed trials that could not be finished
     * @param elsewhere trials without a result that other runs in the same folder have
     */
    public record Outcome(int finished, int failed, int elsewhere) {}

    /**
     * Makes sure that all a part of a study needs is at hand, before anything is written to its results folder.
     *
     * @throws InputException if the device, data or weights are not to be had
     */
    public static void requireSources(Study study, Share share, Home home, Progress progress) throws IOException {
        Sources sources = new Sources(study, home, progress);
        sources.device();
        Inputs inputs = new Inputs(sources);
        for (Trial trial : share.of(Plan.of(study)).trials()) {
            inputs.weights(trial);
            inputs.dataHash(trial);
        }
    }

    /**
     * Runs what is left of a study and writes its tables.
     *
     * @throws InputException before anything runs, if data or weights are not to be had
     */
    public static Outcome run(Study study, Home home, RunProgress progress) throws IOException {
        return run(study, Share.WHOLE, home, progress);
    }

    /**
     * The same for one part of a study. Several runs may work in the same folder, on the same part or on different ones:
     * each takes what no other has.
     */
    public static Outcome run(Study study, Share share, Home home, RunProgress progress) throws IOException {
        return run(study, share, home, progress, Company.NONE);
    }

    /** The same with company; the tables are written when all have ended. */
    public static Outcome run(Study study, Share share, Home home, RunProgress progress, Company company)
            throws IOException {
        return run(study, share, home, progress, CHECKPOINT_INTERVAL, new ProbeHeads(study.out()), company);
    }

    /** The work without the tables, for those that are {@linkplain Company company}. */
    public static Outcome help(Study study, Share share, Home home, RunProgress progress) throws IOException {
        study.threads().ifPresent(Libtorch::threads);
        Plan plan = Plan.of(study);
        Sources sources = new Sources(study, home, progress);
        try (ResultStore store = ResultStore.open(study.out());
                Claims claims = Claims.open(study.out())) {
            var runner =
                    new Runner(study, sources, home, store, CHECKPOINT_INTERVAL, new ProbeHeads(study.out()), progress);
            return runner.run(WorkOrder.of(study, share.of(plan)), claims, Company.NONE);
        }
    }

    /** The same, keeping what training leaves beside scores. */
    static Outcome run(Study study, Home home, RunProgress progress, Keeper keeper) throws IOException {
        return run(study, Share.WHOLE, home, progress, CHECKPOINT_INTERVAL, keeper, Company.NONE);
    }

    /** The same with another least time between two checkpoints of a fine-tuning. */
    static Outcome run(Study study, Home home, RunProgress progress, Duration checkpointInterval) throws IOException {
        return run(study, Share.WHOLE, home, progress, checkpointInterval, Keeper.NOTHING, Company.NONE);
    }

    private static Outcome run(
            Study study,
            Share share,
            Home home,
            RunProgress progress,
            Duration checkpointInterval,
            Keeper keeper,
            Company company)
            throws IOException {
        study.threads().ifPresent(Libtorch::threads);
        requireSources(study, share, home, progress);
        Plan plan = Plan.of(study);
        Sources sources = new Sources(study, home, progress);
        try (ResultStore store = ResultStore.open(study.out());
                Claims claims = Claims.open(study.out())) {
            Runner runner = new Runner(study, sources, home, store, checkpointInterval, keeper, progress);
            store.inOrder(plan.trials());
            Outcome outcome = runner.run(WorkOrder.of(study, share.of(plan)), claims, company);
            ResultFiles.write(store, study.out());
            var audit = new DatasetAudit(study, sources, runner.inputs, runner.featureFiles, progress);
            // No trial depends on it, so nothing is lost where it fails.
            Attempt.at(why -> progress.note("what a reviewer asks could not be found out: " + why), () -> {
                audit.keep(share.of(plan).trials(), store.results());
                return true;
            });
            return outcome;
        }
    }

    private Outcome run(List<List<Trial>> pieces, Claims claims, Company company) throws IOException {
        List<Work> work = new ArrayList<>();
        int trials = 0;
        for (List<Trial> piece : pieces) {
            trials += piece.size();
            Work whole = new Work(piece, inputs.weights(piece.get(0)));
            work.add(whole.with(stillLeft(whole)));
        }
        int left = work.stream().mapToInt(each -> each.trials().size()).sum();
        progress.planned(trials, trials - left);
        outlook = OutlookParts.of(study, home, work);
        progress.outlook(outlook);
        var taken = new TakenWork(claims, progress);
        int elsewhere = taken.workThrough(work, this::stillLeft, this::run);
        Company.End others = company.awaitEnd();
        if (others.early()) {
            elsewhere = taken.workThrough(work, this::stillLeft, this::run); // what it had comes back
        } else if (others.finished() + others.failed() > 0) {
            elsewhere = taken.untried(work, this::stillLeft) - others.failed();
        }
        if (elsewhere > 0) {
            progress.elsewhere(elsewhere);
        }
        return new Outcome(finished + others.finished(), failed + others.failed(), elsewhere);
    }

    /**
     * The trials of one piece of work that have no result from the data and weights at hand.
     *
     * @param trials trials that share dataset and encoder, and either all work on features or none
     * @param weights their encoder's weights
     */
    record Work(List<Trial> trials, Sources.Weights weights) {
        Work with(List<Trial> others) {
            return new Work(others, weights);
        }
    }

    private List<Trial> stillLeft(Work work) throws IOException {
        List<Trial> left = new ArrayList<>();
        for (Trial trial : work.trials()) {
            Optional<TrialResult> found = store.find(trial);
            if (found.isPresent() && inputs.made(found.get())) {
                // Killed between the commit of a result and this, a run leaves them behind.
                Checkpoints.remove(checkpointFolder().resolve(trial.id()));
            } else {
                left.add(trial);
            }
        }
        return left;
    }

    private void run(Work work) throws IOException {
        outlook.reach(OutlookParts.keys(work));
        try {
            runWatched(work);
        } finally {
            outlook.pause(true);
            outlook.end(OutlookParts.keys(work));
        }
    }

    private void runWatched(Work work) throws IOException {
        Trial any = work.trials().get(0);
        Optional<Dataset> opened = Attempt.at(work.trials(), sink(), () -> sources.dataset(any));
        if (opened.isEmpty()) {
            return;
        }
        try (Dataset dataset = opened.get()) {
            Map<TrainingSet, List<Trial>> bySet = TrainingSet.of(work.trials(), dataset, work.weights());
            for (TrainingSet set : bySet.keySet()) {
                if (set.draw().isFewShot()) {
                    DrawFile.write(study.out(), set);
                }
            }
            Progress named = (what, steps) -> progress.begin(dataset.name() + " · " + what, steps);
            if (any.strategy().onFeatures()) {
                new FeatureTrials(sources, featureFiles, dataset, work.weights(), sink(), keeper, named, outlook)
                        .run(bySet);
                return;
            }
            for (var entry : bySet.entrySet()) {
                Progress watched = outlook.of(named, entry.getValue());
                new FineTuneTrials(
                                sources,
                                entry.getKey(),
                                sink(),
                                keeper,
                                watched,
                                checkpointFolder(),
                                checkpointInterval)
                        .run(entry.getValue());
            }
        }
    }

    private TrialSink sink() {
        return new TrialSink() {
            @Override
            public void done(Trial trial, TrainingSet set, Fit fit, Instant started) {
                commit(trial, set, fit, started);
            }

            @Override
            public void failed(Trial trial, String reason) {
                fail(trial, reason);
            }
        };
    }

    private Path checkpointFolder() {
        return study.out().resolve("checkpoints");
    }

    private void commit(Trial trial, TrainingSet set, Fit fit, Instant started) {
        Dataset dataset = set.dataset();
        TrialOutcome outcome = new TrialOutcome(
                trial,
                new DataFacts(
                        dataset.task(),
                        dataset.labelNames(),
                        dataset.channels(),
                        dataset.height(),
                        dataset.width(),
                        set.chosen().length,
                        dataset.count(Split.VAL),
                        dataset.count(Split.TEST)),
                fit,
                Evaluation.of(dataset.task(), dataset.labels(Split.VAL), fit.valScores()),
                Evaluation.of(dataset.task(), dataset.labels(Split.TEST), fit.testScores()),
                Machine.provenance(sources.device(), set.weights().sha256(), dataset.hash(), started));
        store.commit(outcome);
        finished++;
        progress.finished(outcome);
    }

    private void fail(Trial trial, String reason) {
        outlook.pause(false);
        store.fail(trial, reason);
        failed++;
        progress.failed(trial, reason);
    }
}
