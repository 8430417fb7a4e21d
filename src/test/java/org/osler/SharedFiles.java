package org.osler;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real images and weights that lie beside the project in development and CI; tests that need them are skipped elsewhere. */
public final class SharedFiles {

    private static final Path ROOT = Path.of(System.getProperty("osler.shared", "../shared"));

    private SharedFiles() {}

    /** A file or folder of the shared ones, e.g. {@code data/medmnist/breastmnist.npz}; skips the test if absent. */
    public static Path path(String relative) {
        Path path = ROOT.resolve(relative);
        assumeTrue(Files.exists(path), () -> "skipped: needs " + path + ", which this machine does not have");
        return path;
    }
}
