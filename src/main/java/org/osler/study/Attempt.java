package org.osler.study;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.osler.InputException;
import org.osler.tensor.OutOfMemory;
import org.osler.train.DivergedException;
import org.osler.train.StoppedException;
import org.osler.train.TooLargeBatchException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on trials whose failure is theirs alone: it is noted and the run goes on, for in a study of days the other trials
 * are worth having. This is the one place where any exception is caught, whatever it is.
 *
 * <p>What no trial is to blame for ends the run: a request to stop, and a disk that takes no more.
 */
public final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private static final Pattern DISK_TAKES_NO_MORE = Pattern.compile(
            "No space left on device|Disk quota exceeded|Read-only file system|not enough space on the disk");

    private Attempt() {}

    /** Reads, computes, writes. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Tries some work.
     *
     * @param trials those that cannot be finished without it; the sink hears that each of them failed
     * @return what comes of it; empty if it failed
     * @throws InputException if the disk is full or read-only
     */
    static <T> Optional<T> at(List<Trial> trials, TrialSink sink, Work<T> work) {
        return at(reason -> trials.forEach(trial -> sink.failed(trial, reason)), work);
    }

    /**
     * Tries some work.
     *
     * @param failed hears why it failed, in one or two lines for the user
     * @return what comes of it; empty if it failed
     * @throws InputException if the disk is full or read-only
     */
    public static <T> Optional<T> at(Consumer<String> failed, Work<T> work) {
        try {
            return Optional.of(work.run());
        } catch (StoppedException e) {
            throw e;
        } catch (IOException | RuntimeException | OutOfMemoryError | InternalError e) {
            requireRoom(e);
            LOG.debug("an attempt failed", e);
            failed.accept(reason(e));
            return Optional.empty();
        }
    }

    private static void requireRoom(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof IOException
                    && DISK_TAKES_NO_MORE.matcher(message).find()) {
                throw new InputException(
                        message + "; what was committed is kept, and the same command goes on once there is room",
                        fault);
            }
        }
    }

    /** One or two lines for the user. */
    private static String reason(Throwable fault) {
        if (fault instanceof InputException
                || fault instanceof DivergedException
                || fault instanceof TooLargeBatchException) {
            return fault.getMessage();
        }
        if (fault instanceof UncheckedIOException) {
            return reason(fault.getCause());
        }
        if (fault instanceof InternalError) { // so the JVM says, soon after, that mapped memory which was read is gone
            return "a file that was being read was cut short, or its disk fails (" + firstLine(fault) + ")";
        }
        if (OutOfMemory.isCauseOf(fault)) {
            return "out of memory (" + firstLine(fault)
                    + "); a smaller input, a smaller recipe.batch or a machine with more" + " memory is what helps";
        }
        if (fault instanceof NoSuchFileException || fault instanceof FileNotFoundException) {
            return fault.getMessage() + " is not there any more";
        }
        if (fault instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        if (fault instanceof IOException) {
            return "reading or writing failed: " + firstLine(fault);
        }
        LOG.error("a trial failed for a reason that Osler does not know; please report it with what follows", fault);
        return "an unexpected error, please report it: " + fault.getClass().getSimpleName() + ": " + firstLine(fault);
    }

    /** libtorch's messages go on with a trace of the C++ stack. */
    private static String firstLine(Throwable fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("no message");
    }
}
