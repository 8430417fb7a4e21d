package org.osler.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osler.InputException;

/** Whatever bytes come as a safetensors file or a lock file, they are read or refused in words. */
class WeightsFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void safetensors(byte[] bytes) throws IOException {
        Path file = Files.write(Files.createTempFile("fuzz", ".safetensors"), bytes);
        try (SafeTensors tensors = SafeTensors.open(file)) {
            tensors.isIntact();
            for (String name : tensors.entries().keySet()) {
                tensors.bytes(name);
            }
        } catch (InputException refused) {
            requireWords(refused);
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void lockFile(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = Files.write(folder.resolve(LockFile.NAME), bytes);
        try {
            LockFile.of(new Home(folder, folder)).find(new HubFile("a/b", "c"));
        } catch (InputException refused) {
            requireWords(refused);
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private static void requireWords(InputException refused) {
        if (refused.getMessage() == null || refused.getMessage().length() > 2000) {
            throw new AssertionError("no message for people: " + refused.getMessage(), refused);
        }
    }
}
