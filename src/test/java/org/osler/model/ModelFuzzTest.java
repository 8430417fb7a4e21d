package org.osler.model;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osler.InputException;

/** Whatever bytes come as a model's description, they are read or refused in words. */
class ModelFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void description(byte[] bytes) throws IOException {
        Path file = Files.write(Files.createTempFile("fuzz", ".json"), bytes);
        try {
            ModelJson.read(file);
        } catch (InputException refused) {
            if (refused.getMessage() == null || refused.getMessage().length() > 2000) {
                throw new AssertionError("no message for people: " + refused.getMessage(), refused);
            }
        } finally {
            Files.delete(file);
        }
    }
}
