package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osler.InputException;
import org.osler.train.Fit;
import org.osler.train.StoppedException;

class AttemptTest {

    private static final List<Trial> TRIALS = List.of(
            Outcomes.trial(new Strategy.LinearProbe(1e-3), 0), Outcomes.trial(new Strategy.LinearProbe(1e-3), 1));

    private final List<String> reasons = new ArrayList<>();

    private final TrialSink sink = new TrialSink() {
        @Override
        public void done(Trial trial, TrainingSet set, Fit fit, Instant started) {
            throw new AssertionError("nothing is done");
        }

        @Override
        public void failed(Trial trial, String reason) {
            reasons.add(reason);
        }
    };

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new InputException("a.npz is damaged"), "a.npz is damaged"),
                Arguments.of(
                        new RuntimeException(
                                "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: you"
                                        + " tried to allocate 99 bytes.\nC++ stack trace"),
                        "out of memory ([enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate"
                                + " memory: you tried to allocate 99 bytes.); a smaller input, a smaller recipe.batch or a"
                                + " machine with more memory is what helps"),
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        "out of memory (Java heap space); a smaller input, a smaller recipe.batch or a machine with more"
                                + " memory is what helps"),
                Arguments.of(new NoSuchFileException("/data/a"), "/data/a is not there any more"),
                Arguments.of(
                        new FileSystemException("/data/a", null, "Stale file handle"), "/data/a: Stale file handle"),
                Arguments.of(new IOException("Input/output error"), "reading or writing failed: Input/output error"),
                Arguments.of(
                        new UncheckedIOException(new IOException("Input/output error")),
                        "reading or writing failed: Input/output error"),
                Arguments.of(
                        new IllegalStateException("no such operator\nand a long trace"),
                        "an unexpected error, please report it: IllegalStateException: no such operator"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyTrialConcernedHearsOfTheReason(Throwable fault, String reason) {
        Optional<String> outcome = Attempt.at(TRIALS, sink, () -> {
            throw sneaky(fault);
        });
        assertThat(outcome).isEmpty();
        assertThat(reasons).containsExactly(reason, reason);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMappedFileThatIsCutShortWhileItIsReadIsAReason(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("train.images"), new byte[1 << 20]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            channel.truncate(0);
            Optional<Integer> outcome = Attempt.at(TRIALS, sink, () -> {
                int sum = 0;
                for (int i = 0; i < mapped.limit(); i++) {
                    sum += mapped.get(i);
                }
                return sum;
            });
            assertThat(outcome).isEmpty();
        }
        assertThat(reasons)
                .hasSize(2)
                .allMatch(reason -> reason.startsWith("a file that was being read was cut short, or its disk fails"));
    }

    @Test
    void fullDiskEndsTheRunWhateverWrapsIt() {
        IOException full = new FileSystemException("/out/x", null, "No space left on device");
        assertThatThrownBy(() -> Attempt.at(TRIALS, sink, () -> {
                    throw new InputException("cannot write", full);
                }))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "/out/x: No space left on device; what was committed is kept, and the same command goes on once"
                                + " there is room");
        assertThat(reasons).isEmpty();
    }

    @Test
    void requestToStopPasses() {
        assertThatThrownBy(() -> Attempt.at(TRIALS, sink, () -> {
                    throw new StoppedException("interrupted");
                }))
                .isInstanceOf(StoppedException.class);
        assertThat(reasons).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> IOException sneaky(Throwable fault) throws E {
        throw (E) fault;
    }
}
