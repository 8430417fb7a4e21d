package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.osler.InputException;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.study.DatasetChoice;
import org.osler.study.EncoderChoice;
import org.osler.study.Needs;
import org.osler.study.Plan;
import org.osler.study.ResultStore;
import org.osler.study.Study;
import org.osler.study.WeightsKind;
import org.osler.weights.Home;
import org.osler.weights.WeightFiles;

/** Shows what a study would run, and what is missing for it. */
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

    /** Returns {@link ExitCode#DONE} if the study could run, else {@link ExitCode#WRONG_USE}. */
    int show(Study study) throws IOException {
        Plan plan = Plan.of(study);
        TextTable table =
                new TextTable().text("Dataset").text("Encoder").text("Strategy").number("Trials");
        plan.table().forEach(row -> table.row(row.dataset(), row.encoder(), row.strategy(), row.trials()));
        table.print(terminal);
        terminal.out()
                .printf(
                        "%n%d trials, %d of them with a result in %s%n",
                        plan.trials().size(), done(study, plan), study.out());
        Needs fetchable = missingFiles.fetchable(Needs.of(study, home));
        for (FetchItem item : missingFiles.items(fetchable)) {
            terminal.out().printf("to be fetched first: %s from %s%n", item.name(), item.from());
        }
        List<String> missing = missing(study, fetchable);
        missing.forEach(terminal::error);
        return missing.isEmpty() ? ExitCode.DONE : ExitCode.WRONG_USE;
    }

    private static long done(Study study, Plan plan) {
        if (!Files.exists(study.out().resolve(ResultStore.FILE))) {
            return 0;
        }
        try (ResultStore store = ResultStore.read(study.out())) {
            return plan.trials().stream().filter(store::isDone).count();
        }
    }

    private List<String> missing(Study study, Needs fetchable) throws IOException {
        List<String> missing = new ArrayList<>();
        for (EncoderChoice choice : study.encoders()) {
            if (choice.weights() == WeightsKind.PRETRAINED
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
                    if (fetchable.datasets().contains(new Needs.OfficialFile(card, size.orElseThrow()))) {
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
