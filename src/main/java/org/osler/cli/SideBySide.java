package org.osler.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osler.study.Company;
import org.osler.study.RunProgress;
import org.osler.weights.Home;

/**
 * Other processes of Osler that work on a study's trials beside this one, each on a device of its own; see {@link Helper}.
 * They share the results folder, where each takes what no other has.
 */
final class SideBySide implements Company, AutoCloseable {

    private static final long LOOK_MILLIS = 500;

    private final RunProgress progress;
    private final List<Started> all = new ArrayList<>();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private record Started(String device, Process process, Thread hearing) {}

    /**
     * Starts them.
     *
     * @param devices one for each
     * @param arguments of their command line, but for the device
     * @param progress hears what they come to
     */
    SideBySide(List<String> devices, List<String> arguments, Home home, RunProgress progress) throws IOException {
        this.progress = progress;
        try {
            for (String device : devices) {
                start(device, arguments, home);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void start(String device, List<String> arguments, Home home) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-Dosler.")) { // which say what this one's streams are
                command.add(option);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Osler.class.getName()));
        command.addAll(arguments);
        command.addAll(List.of("--device", device));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OSLER_HOME", home.osler().toString());
        builder.environment().put("HF_HUB_CACHE", home.huggingFaceHub().toString());
        Process process = builder.start();
        var hearing = new Thread(() -> hear(device, process), "hears " + device);
        all.add(new Started(device, process, hearing));
        hearing.start();
    }

    private void hear(String device, Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Helper.FINISHED)) {
                    finished.incrementAndGet();
                    progress.besides(line.substring(Helper.FINISHED.length()) + "  on " + device, false);
                } else if (line.startsWith(Helper.FAILED)) {
                    failed.incrementAndGet();
                    progress.besides(line.substring(Helper.FAILED.length()) + "  on " + device, true);
                } else if (line.startsWith(Helper.NOTE)) {
                    progress.note(line.substring(Helper.NOTE.length()) + " (on " + device + ")");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public End awaitEnd() throws IOException {
        if (all.isEmpty()) {
            return Company.NONE.awaitEnd();
        }
        boolean early = false;
        try (var bar = progress.begin("waiting for the other devices", all.size())) {
            for (Started each : all) {
                while (!hasEnded(each)) {
                    bar.step(0); // which ends the run where that is wanted
                }
                bar.step(1);
                int code = each.process().exitValue();
                if (code != ExitCode.DONE && code != ExitCode.FAILED) {
                    early = true;
                    progress.note("the process on " + each.device() + " ended with " + code
                            + " before its time; what it had is taken over");
                }
            }
        }
        return new End(finished.get(), failed.get(), early);
    }

    private static boolean hasEnded(Started one) throws InterruptedIOException {
        try {
            boolean ended = one.process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (ended) {
                one.hearing().join();
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    /** Lets those that still work end after the step under way, with everything saved, and waits for them. */
    @Override
    public void close() throws IOException {
        for (Started each : all) {
            each.process().getOutputStream().close();
        }
        for (Started each : all) {
            boolean ended;
            do {
                ended = hasEnded(each);
            } while (!ended);
        }
    }
}
