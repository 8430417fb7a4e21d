package org.osler.study;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.osler.InputException;
import org.osler.metric.Task;

/** Whatever bytes come as a study, a throughput or a prediction file, they are read or refused in words. */
class StudyFuzzTest {

    private static final String NAME = "breastmnist_test_[AUC]0.500_[ACC]0.500@run.csv";

    /** What parses a file. */
    private interface Parser {
        void parse(Path file) throws IOException;
    }

    @FuzzTest(maxDuration = "10m")
    void study(byte[] bytes) throws IOException {
        refuseOrRead("study.yaml", bytes, file -> Plan.of(StudyFile.read(file, Map.of("seeds", "[0]"))));
    }

    @FuzzTest(maxDuration = "10m")
    void throughput(byte[] bytes) throws IOException {
        refuseOrRead("throughput.yaml", bytes, ThroughputFile::read);
    }

    @FuzzTest(maxDuration = "10m")
    void predictions(byte[] bytes) throws IOException {
        refuseOrRead(NAME, bytes, file -> PredictionFile.read(file).scoresFor(Task.BINARY, 2, 3));
    }

    private static void refuseOrRead(String name, byte[] bytes, Parser parser) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = Files.write(folder.resolve(name), bytes);
        try {
            parser.parse(file);
        } catch (InputException refused) {
            if (refused.getMessage() == null || refused.getMessage().length() > 4000) {
                throw new AssertionError("no message for people: " + refused.getMessage(), refused);
            }
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }
}
