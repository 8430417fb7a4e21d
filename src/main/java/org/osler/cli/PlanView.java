package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.osler.InputException;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.study.DatasetChoice;
import org.osler.study.EncoderChoice;
import org.osler.study.Needs;
import org.osler.study.Plan;
import org.osler.study.PlanCost;
import org.osler.study.ResultStore;
import org.osler.study.Share;
import org.osler.study.Study;
import org.osler.study.Trial;
import org.osler.study.WeightsKind;
import org.osler.weights.Home;
import org.osler.weights.WeightFiles;

/** Shows what a study would run, what that costs, and what is missing for it. */
final class PlanView {

    private final Terminal terminal;
    private final Home home;
    private final MissingFiles missingFiles;

    /**
     * @param missingFiles what a run would fetch first
     */
    PlanView(Terminal terminal, Home home, MissingFiles missingFiles) {
        this.terminal = terminal;
        this.home = home;
        this.missingFiles = missingFiles;
    }

    /**
     * Prints the plan.
     *
     * @param share the part of the study that is shown
     * @param speeds whose speeds it is reckoned with
     * @param detail whether every line is printed, however many there are
     */
    void show(Study study, Share share, PlanCost.SpeedSource speeds, boolean detail) throws IOException {
        Plan whole = Plan.of(study);
        Plan plan = share.of(whole);
        Set<Trial> done = done(study, plan);
        PlanCost cost = PlanCost.of(
                study, plan, done::contains, speeds, home, new ConsoleProgress(terminal, InstantSource.system()));
        new CostView(terminal, cost, detail).print();
        String part = share.isWhole()
                ? ""
                : "part %d of %d of the study's %d: "
                        .formatted(share.number(), share.of(), whole.trials().size());
        terminal.out()
                .printf(
                        "%n%s%d trials, %d of them with a result in %s%n",
                        part, plan.trials().size(), done.size(), study.out());
        new CostSummary(terminal, cost).print();
        Needs fetchable = missingFiles.fetchable(Needs.of(study, share, home));
        new NeedsView(terminal, missingFiles, detail).print(fetchable);
        // With a network all that is missing still is what nobody publishes.
        String lacking = missingFiles.offline() ? "missing: " : "to be brought by you: ";
        missing(study, plan, fetchable).forEach(text -> terminal.out().println(lacking + text));
    }

    private static Set<Trial> done(Study study, Plan plan) {
        if (!Files.exists(study.out().resolve(ResultStore.FILE))) {
            return Set.of();
        }
        try (ResultStore store = ResultStore.read(study.out())) {
            return plan.trials().stream().filter(store::isDone).collect(Collectors.toSet());
        }
    }

    private List<String> missing(Study study, Plan plan, Needs fetchable) throws IOException {
        List<String> missing = new ArrayList<>();
        for (EncoderChoice choice : study.encoders()) {
            if (plan.uses(choice)
                    && choice.weights() == WeightsKind.PRETRAINED
                    && !fetchable.weights().contains(choice.card())) {
                try {
                    WeightFiles.find(home, choice.card().id(), choice.card().source(), choice.file());
                } catch (InputException e) {
                    missing.add(e.getMessage());
                }
            }
        }
        DatasetFiles files = DatasetFiles.of(home, study.dataDir());
        for (DatasetChoice choice : study.datasets()) {
            if (choice instanceof DatasetChoice.MedMnist published) {
                DatasetCard card = DatasetCatalog.find(published.name()).orElseThrow();
                for (OptionalInt size : published.sizes(study.sizes())) {
                    if (!plan.uses(choice, size)
                            || fetchable.datasets().contains(new Needs.OfficialFile(card, size.orElseThrow()))) {
                        continue;
                    }
                    try {
                        files.find(card, size.orElseThrow());
                    } catch (InputException e) {
                        missing.add(e.getMessage());
                    }
                }
            }
        }
        return missing;
    }
}
