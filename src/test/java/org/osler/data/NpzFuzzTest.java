package org.osler.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.osler.InputException;
import org.osler.weights.ByteProgress;

/** Whatever bytes come as an npz file or an npy header, they are read or refused in words. */
class NpzFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void npyHeader(byte[] bytes) throws IOException {
        try {
            NpyHeader header = NpyHeader.read(new ByteArrayInputStream(bytes), "x");
            header.values("x");
            header.width();
        } catch (InputException | EOFException refused) {
            requireWords(refused);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void npz(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = Files.write(folder.resolve("x.npz"), bytes);
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        try (Npz npz = Npz.open(file)) {
            new Unpacking(npz, unpacked, ByteProgress.SILENT).run("0");
        } catch (InputException refused) {
            requireWords(refused);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void requireWords(Exception refused) {
        if (refused.getMessage() == null || refused.getMessage().length() > 2000) {
            throw new AssertionError("no message for people: " + refused.getMessage(), refused);
        }
    }
}
