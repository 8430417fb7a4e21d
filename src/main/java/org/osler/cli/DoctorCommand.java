package org.osler.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.Build;
import org.osler.InputException;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.Libtorch;
import org.osler.weights.Home;
import org.osler.weights.WeightFiles;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what this machine has and lacks. */
@Command(
        name = "doctor",
        header = "Say what this machine has and lacks, and what to do about it.",
        description = {
            "",
            "Looks at Java, system, cores, memory, disk, network settings, libtorch, graphics cards, weights and datasets. Each line begins with ok, warn"
                    + " (Osler works, but not for everything) or fail (it does not work). Sends nothing anywhere.",
            "",
            "The exit code is 1 if a line says fail."
        },
        footer = {"  osler doctor", "  osler doctor --out /scratch/results     is there room over there?"})
final class DoctorCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "results",
            description = "The folder that results would go to (default: ${DEFAULT-VALUE}).")
    private Path out;

    DoctorCommand(Terminal terminal, Home home, NetworkSettings network) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
    }

    @Override
    public Integer call() throws IOException {
        Build build = Build.current();
        terminal.out().println("osler " + build.version() + " (" + build.commit() + ")");
        boolean works = true;
        for (Finding finding : List.of(
                Machine.java(),
                Machine.system(),
                Machine.cores(),
                Machine.memory(),
                Machine.disk("home", home.osler(), "set OSLER_HOME to a folder with room"),
                Machine.disk("results", out, "name another folder with --out"),
                huggingFace(),
                network(),
                weights(),
                datasets())) {
            works &= show(finding);
        }
        // Last, for unpacking the natives can take a while the first time.
        works &= show(libtorch());
        Graphics.findings().forEach(this::show);
        return works ? ExitCode.DONE : ExitCode.FAILED;
    }

    private boolean show(Finding finding) {
        finding.print(terminal);
        terminal.out().flush();
        return finding.state() != Finding.State.FAIL;
    }

    private Finding huggingFace() {
        return Finding.ok(
                "Hub cache",
                home.huggingFaceHub()
                        + (home.huggingFaceHub().toFile().isDirectory() ? "" : " (not there, nor needed)"));
    }

    private Finding network() {
        if (network.offline().isPresent()) {
            return Finding.ok("network", "not used: " + network.offline().get());
        }
        try {
            URI hub = network.hub();
            return Finding.ok(
                    "network", hub + ", " + network.proxies().describe(hub) + ", " + network.token() + "; not tried");
        } catch (InputException e) {
            return Finding.warn("network", e.getMessage());
        }
    }

    private Finding weights() throws IOException {
        int all = 0;
        int present = 0;
        for (EncoderCard card : EncoderCatalog.cards()) {
            all++;
            present += WeightFiles.atHand(home, card.id(), card.source()).isPresent() ? 1 : 0;
        }
        String text = "%d of %d encoders have theirs at hand".formatted(present, all);
        return present > 0
                ? Finding.ok("weights", text)
                : Finding.warn("weights", text + "; 'osler fetch models ID' gets them");
    }

    private Finding datasets() {
        DatasetFiles files = DatasetFiles.of(home, Optional.empty());
        long present = DatasetCatalog.cards().stream()
                .filter(card -> card.files().keySet().stream()
                        .anyMatch(size -> files.atHand(card, size).isPresent()))
                .count();
        String text = "%d of %d have a file at hand"
                .formatted(present, DatasetCatalog.cards().size());
        return present > 0
                ? Finding.ok("datasets", text)
                : Finding.warn("datasets", text + "; 'osler fetch datasets NAME' gets them");
    }

    private static Finding libtorch() {
        try {
            return Finding.ok(
                    "libtorch",
                    "%s, %d threads, kernels for %s"
                            .formatted(Libtorch.version(), Libtorch.threads(), Libtorch.cpuCapability()));
        } catch (LinkageError e) {
            return Finding.fail("libtorch", "cannot be loaded: " + Libtorch.whyNotLoaded(e));
        }
    }
}
