package org.osler.tensor;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.osler.ProcessLock;

/**
 * The native library: loaded once, set up before its first use.
 *
 * <p>JavaCPP is told two things first. Its own memory limit is off, because memory-mapped datasets count as resident
 * memory and must not count against the heap. Its finalising thread is off, because every tensor belongs to a
 * {@link Scope}.
 */
public final class Libtorch {

    /** The version of the presets in use; libtorch's own version is the part before the dash. */
    private static final String VERSION = "2.10.0";

    static {
        setUnlessGiven("org.bytedeco.javacpp.maxBytes", "0");
        setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        setUnlessGiven("org.bytedeco.javacpp.noPointerGC", "true");
        if (System.getProperty("os.arch").equals("amd64")) {
            // MKL's float32 products are several times OpenBLAS's on small matrices; see DESIGN's measurements.
            setUnlessGiven("org.bytedeco.openblas.load", "mkl_rt");
        }
    }

    private Libtorch() {}

    /** Loads the library if it is not loaded yet, with as many threads as {@link Cores} says. */
    static void load() {
        Loaded.once();
    }

    /** The version of libtorch, e.g. {@code 2.10.0}; loads nothing. */
    public static String version() {
        return VERSION;
    }

    /** How many threads one operator may use. */
    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    /** Sets how many threads one operator may use, from 1. Results are the same bit for bit only for the same number. */
    public static void threads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        load();
        torch.set_num_threads(threads);
    }

    /** The instruction set that the CPU kernels use, e.g. {@code AVX2} or {@code AVX512}. */
    public static String cpuCapability() {
        load();
        try (BytePointer name = torch.get_cpu_capability()) {
            return name.getString();
        }
    }

    /** Whether the CPU kernels use AVX-512 or what came after it. */
    static boolean hasAvx512() {
        return cpuCapability().startsWith("AVX512") || cpuCapability().startsWith("AMX");
    }

    /** Why the library could not be loaded, in a few words: of a chain of faults the one that names a file. */
    public static String whyNotLoaded(LinkageError fault) {
        Throwable why = fault;
        while (why.getCause() != null && why.getCause() != why) {
            why = why.getCause();
        }
        return why.getMessage();
    }

    private static void setUnlessGiven(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }

    /** What one start holds while it loads. */
    static Path lockFile() throws IOException {
        return Loader.getCacheDir().toPath().resolve(".osler-lock");
    }

    /** Its initialisation is the loading. */
    private static final class Loaded {
        static {
            // JavaCPP makes the links between its libraries anew at every start. One that loads through them at that
            // moment would not find them.
            try (ProcessLock held = ProcessLock.acquire(lockFile())) {
                setThreads();
            } catch (IOException e) {
                setThreads(); // where no file can be made, no links are made either
            }
        }

        private static void setThreads() {
            torch.set_num_threads(Cores.ofThisMachine()
                    .threads(
                            System.getenv("OMP_NUM_THREADS"),
                            Runtime.getRuntime().availableProcessors()));
        }

        private Loaded() {}

        static void once() {
            // Running the static initialiser is all there is to do.
        }
    }
}
