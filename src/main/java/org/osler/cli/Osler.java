package org.osler.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.osler.Build;
import org.osler.weights.Home;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: finds the command that the arguments name, runs it, and ends with its exit code. */
@Command(
        name = "osler",
        header = "Finds out which pre-trained image encoder fits a medical image classification task, and by how much.",
        description = {
            "",
            "A study file names datasets, encoders and strategies; 'osler run' trains and tests every combination and"
                    + " leaves tables, prediction files and a report."
        },
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Osler.Version.class,
        footer = {
            "  osler run studies/quickstart.yaml     a small study on generated images, to see how it goes",
            "  osler models                          the encoders, and which have their weights at hand",
            "  osler doctor                          what this machine has and lacks"
        })
public final class Osler implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean verbose;

    private Osler(Terminal terminal) {
        this.terminal = terminal;
    }

    /** No command at all: how to use it. */
    @Override
    public Integer call() {
        commandLine(terminal, Map.of()).usage(terminal.err());
        return ExitCode.WRONG_USE;
    }

    /**
     * Runs one command; the process ends with its exit code.
     *
     * <p>An end that comes from outside (Ctrl-C, SIGTERM, a terminal that is closed) is at once. An orderly exit would
     * unload libtorch under the thread that still computes, and crash; what is on disk is whole at every moment, so nothing
     * is lost by leaving.
     */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Thread endAtOnce = new Thread(() -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
        Runtime.getRuntime().addShutdownHook(endAtOnce);
        int code = run(Terminal.ofProcess(environment), environment, arguments);
        try {
            Runtime.getRuntime().removeShutdownHook(endAtOnce);
        } catch (IllegalStateException ending) {
            return; // the end has come from outside, and this one's exit code is too late
        }
        System.exit(code);
    }

    /** Runs one command in this process. */
    static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        // 2.005 images in one line and 77.5 % in the next would be read as two and a bit.
        Locale.setDefault(Locale.ROOT);
        int code = commandLine(terminal, environment, arguments).execute(arguments);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /**
     * The commands by their names. Reading a command's options takes Java about ten milliseconds, so where the first
     * argument names one, the others are left alone.
     */
    private static CommandLine commandLine(Terminal terminal, Map<String, String> environment, String... arguments) {
        Path userHome = Path.of(System.getProperty("user.home"));
        Home home = Home.from(environment, userHome);
        NetworkSettings network = NetworkSettings.from(environment, userHome);
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new RunCommand(terminal, home, network));
        commands.put("report", () -> new ReportCommand(terminal, home));
        commands.put("merge", () -> new MergeCommand(terminal, home));
        commands.put("evaluate", () -> new EvaluateCommand(terminal, home));
        commands.put("recommend", () -> new RecommendCommand(terminal, home, network));
        commands.put("train", () -> new TrainCommand(terminal, home, network));
        commands.put("predict", () -> new PredictCommand(terminal, home));
        commands.put("audit", () -> new AuditCommand(terminal, home, network));
        commands.put("embed", () -> new EmbedCommand(terminal, home, network));
        commands.put("bench", () -> new BenchCommand(terminal, home));
        commands.put("models", () -> new ModelsCommand(terminal, home));
        commands.put("datasets", () -> new DatasetsCommand(terminal, home));
        commands.put("fetch", () -> fetch(terminal, home, network));
        commands.put("phantom", () -> new PhantomCommand(terminal));
        commands.put("doctor", () -> new DoctorCommand(terminal, home, network));
        commands.put("help", HelpCommand::new);
        if (arguments.length > 0 && !arguments[0].equals("help") && commands.containsKey(arguments[0])) {
            commands.keySet().retainAll(Set.of(arguments[0]));
        }
        return with(terminal, commands);
    }

    private static CommandLine with(Terminal terminal, Map<String, Supplier<Object>> commands) {
        Osler osler = new Osler(terminal);
        Faults faults = new Faults(terminal, () -> osler.verbose);
        CommandLine root = new CommandLine(osler);
        commands.forEach((name, command) -> root.addSubcommand(name, command.get()));
        root.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.ansi(terminal.outShown())))
                .setUsageHelpWidth(Math.min(terminal.columns(), 120))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(faults)
                .setExecutionExceptionHandler(faults);
        layOutHelp(root);
        return root;
    }

    private static CommandLine fetch(Terminal terminal, Home home, NetworkSettings network) {
        return new CommandLine(new FetchCommand(terminal))
                .addSubcommand(new FetchModelsCommand(terminal, home, network))
                .addSubcommand(new FetchDatasetsCommand(terminal, home, network));
    }

    private static void layOutHelp(CommandLine command) {
        layOutHelp(command.getCommandSpec());
        command.getSubcommands().values().forEach(Osler::layOutHelp);
    }

    private static void layOutHelp(CommandSpec command) {
        command.mixinStandardHelpOptions(true);
        UsageMessageSpec usage = command.usageMessage();
        usage.synopsisHeading("%nUsage: ");
        usage.parameterListHeading("%nArguments:%n");
        usage.optionListHeading("%nOptions:%n");
        usage.commandListHeading("%nCommands:%n");
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(ExitCode.MEANINGS);
        usage.footerHeading("%nExamples:%n");
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Build build = Build.current();
            return new String[] {"osler " + build.version() + " (" + build.commit() + ")"};
        }
    }
}
