package org.osler.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gets weights and datasets from the network. */
@Command(
        name = "fetch",
        header = "Get weights and datasets, so that studies run without network.",
        description = {
            "",
            "'osler run' and 'osler embed' fetch what they miss by themselves. A download that was broken off goes on where"
                    + " it stopped, and no file appears under its name before its hash was checked."
        },
        synopsisSubcommandLabel = "(models | datasets)",
        footer = {
            "  osler fetch models resnet18 vit_tiny_patch16_224",
            "  osler fetch datasets breastmnist --size 28 224"
        })
final class FetchCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    FetchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Neither models nor datasets: how to use it. */
    @Override
    public Integer call() {
        spec.commandLine().usage(terminal.err());
        return ExitCode.WRONG_USE;
    }
}
