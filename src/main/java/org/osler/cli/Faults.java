package org.osler.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.osler.InputException;
import org.osler.train.StoppedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into words and an exit code. */
final class Faults implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Terminal terminal;
    private final BooleanSupplier verbose;

    /**
     * @param verbose whether to show the stack trace of an error that a message explains; asked when there is one
     */
    Faults(Terminal terminal, BooleanSupplier verbose) {
        this.terminal = terminal;
        this.verbose = verbose;
    }

    /** Wrong use: what picocli found, the nearest valid name, and where to read on. */
    @Override
    public int handleParseException(ParameterException fault, String[] arguments) {
        CommandSpec command = fault.getCommandLine().getCommandSpec();
        terminal.error(
                fault instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : fault.getMessage());
        terminal.err().println("See '" + command.qualifiedName() + " --help'.");
        terminal.err().flush();
        return ExitCode.WRONG_USE;
    }

    private static String unmatched(UnmatchedArgumentException fault) {
        String argument = fault.getUnmatched().get(0);
        boolean wantsCommand = !fault.getCommandLine().getSubcommands().isEmpty();
        String what =
                argument.startsWith("-") ? "unknown option" : wantsCommand ? "unknown command" : "unexpected argument";
        String nearest = fault.getSuggestions().stream().limit(2).collect(Collectors.joining(" or "));
        return what + ": " + argument + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?");
    }

    /**
     * Bad input and a disk that does not do as asked: one message. Anything else is a fault of Osler's own and is shown
     * whole.
     */
    @Override
    public int handleExecutionException(Exception fault, CommandLine command, ParseResult arguments) {
        if (fault instanceof StoppedException) {
            terminal.error(fault.getMessage() + "; what is done is saved. To go on:");
            terminal.err()
                    .println("  ./osler "
                            + ShellWords.of(command.getParent().getParseResult().originalArgs()));
            terminal.err().flush();
            return ExitCode.INTERRUPTED;
        }
        Optional<String> message = forTheUser(fault);
        if (message.isPresent()) {
            terminal.error(message.get());
            if (verbose.getAsBoolean()) {
                fault.printStackTrace(terminal.err());
            }
            return ExitCode.WRONG_USE;
        }
        terminal.error("this should not have happened; it is a fault in Osler, please report it with what follows.");
        fault.printStackTrace(terminal.err());
        return ExitCode.FAILED;
    }

    private static Optional<String> forTheUser(Throwable fault) {
        if (fault instanceof InputException) {
            return Optional.of(fault.getMessage());
        }
        if (fault instanceof UncheckedIOException) {
            return forTheUser(fault.getCause());
        }
        if (fault instanceof FileSystemException file) {
            return Optional.of(file.getFile() + ": " + reason(file));
        }
        if (fault instanceof ReadOnlyFileSystemException) {
            return Optional.of("the file system can only be read");
        }
        if (fault instanceof IOException) {
            return Optional.of("reading or writing failed: " + fault.getMessage());
        }
        return Optional.empty();
    }

    private static String reason(FileSystemException fault) {
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (fault instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (fault instanceof FileAlreadyExistsException) {
            return "a file stands where a folder is needed";
        }
        if (fault instanceof NotDirectoryException) {
            return "is no folder";
        }
        return fault.getReason() == null ? fault.toString() : fault.getReason();
    }
}
