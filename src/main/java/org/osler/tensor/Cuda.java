package org.osler.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.SizeTPair;
import org.bytedeco.pytorch.global.torch;
import org.osler.InputException;

/**
 * Graphics cards, as far as libtorch's natives know them. Those for processors only lack CUDA altogether; nothing here is
 * asked of them but whether they have it.
 */
public final class Cuda {

    /** Where to read how Osler is started with CUDA. */
    private static final String HOW = "see docs/cuda.md";

    /** The part of libtorch for cards. */
    private static final String LIBRARY =
            "org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/" + System.mapLibraryName("torch_cuda");

    private static final int THOUSAND = 1000;
    private static final int TEN = 10;
    private static final int HUNDRED = 100;

    private Cuda() {}

    /** Whether Osler was built with natives that have CUDA; loads nothing. */
    public static boolean isBuilt() {
        return Cuda.class.getClassLoader().getResource(LIBRARY) != null;
    }

    /** Whether there is a card to compute on. */
    public static boolean isAvailable() {
        return cards() > 0;
    }

    /** How many cards libtorch may use: 0 without CUDA, without a driver, and where {@code CUDA_VISIBLE_DEVICES} says so. */
    public static int cards() {
        if (!isBuilt()) {
            return 0;
        }
        requireLibraries();
        return torch.cuda_device_count();
    }

    /**
     * Makes sure that libtorch can be loaded; with CUDA even its part for the processor needs CUDA's libraries.
     *
     * @throws InputException if Osler was built with CUDA, and they are missing; the message names one
     */
    public static void requireLibraries() {
        if (isBuilt()) {
            missingLibrary().ifPresent(what -> {
                throw new InputException(what);
            });
        }
    }

    private static Optional<String> missingLibrary() {
        try {
            Libtorch.load();
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of("CUDA's libraries are missing: " + Libtorch.whyNotLoaded(e) + "; " + HOW);
        }
    }

    /**
     * Makes sure that a device can be computed on.
     *
     * @return the device
     * @throws InputException if it cannot; the message says what is missing
     */
    public static Device require(Device device) {
        if (device.isCpu()) {
            return device;
        }
        missing().ifPresent(what -> {
            throw new InputException(device.id() + ": " + what);
        });
        int cards = cards();
        if (device.index() >= cards) {
            throw new InputException(device.id() + ": there " + (cards == 1 ? "is one card" : "are " + cards + " cards")
                    + ", counted from cuda:0");
        }
        SetUp.once();
        return device;
    }

    /** What is missing for computing on a card, and what to do about it; empty: nothing. */
    public static Optional<String> missing() {
        if (!isBuilt()) {
            return Optional.of("Osler was built without CUDA; start it with OSLER_CUDA=1, " + HOW);
        }
        Optional<String> library = missingLibrary();
        if (library.isPresent() || cards() > 0) {
            return library;
        }
        if (!Context.hasCUDART()) {
            return Optional.of("CUDA's libraries are missing: " + whyNotLoaded() + "; " + HOW);
        }
        return Optional.of(
                NvidiaDriver.version().isPresent()
                        ? "the NVIDIA driver is there and shows no card that CUDA " + version()
                                + " can use; look at nvidia-smi and CUDA_VISIBLE_DEVICES, " + HOW
                        : "there is no NVIDIA driver; install it (https://www.nvidia.com/drivers), " + HOW);
    }

    /** JavaCPP goes on without the part for cards where it cannot be loaded; trying again tells why. */
    private static String whyNotLoaded() {
        try {
            System.load(Loader.cacheResource("/" + LIBRARY).getPath());
            return "they could not be loaded at first";
        } catch (UnsatisfiedLinkError e) {
            return Libtorch.whyNotLoaded(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version of CUDA that libtorch was built for, e.g. {@code 13.1}; of natives that have it. */
    public static String version() {
        Libtorch.load();
        long version = Context.versionCUDART();
        return version / THOUSAND + "." + version % THOUSAND / TEN;
    }

    /** The version of cuDNN in use, e.g. {@code 9.19.0}; of natives that have it, where there is a card. */
    public static String cudnnVersion() {
        Libtorch.load();
        long version = Context.versionRuntimeCuDNN();
        return version / (TEN * THOUSAND) + "." + version % (TEN * THOUSAND) / HUNDRED + "." + version % HUNDRED;
    }

    /**
     * A card's memory.
     *
     * @param free bytes that nobody has taken
     * @param total bytes in all
     */
    public record Memory(long free, long total) {}

    /** The memory of a card that there is; none of any other device. */
    public static Memory memory(Device device) {
        if (!device.isReal()) {
            return new Memory(0, 0);
        }
        Libtorch.load();
        try (SizeTPair pair = torch.getMemoryInfo((byte) device.index())) {
            return new Memory(pair.first(), pair.second());
        }
    }

    /** A device in words, for provenance: {@code cpu}, or a card's name with the versions of driver, CUDA and cuDNN. */
    public static String describe(Device device) {
        if (device.isCpu()) {
            return device.id();
        }
        return "%s, driver %s, CUDA %s, cuDNN %s"
                .formatted(
                        NvidiaDriver.name(device.index()),
                        NvidiaDriver.version().orElse("unknown"),
                        version(),
                        cudnnVersion());
    }

    static void await(int card) {
        torch.cuda_synchronize(card);
    }

    /**
     * Settles how cards compute: float32 is float32 and not TF32, and what is computed twice comes out the same, as far as
     * libtorch knows a way. Where it knows none it says so on standard error and goes on.
     */
    private static final class SetUp {
        static {
            Context context = torch.globalContext();
            context.setAllowTF32CuBLAS(false);
            context.setAllowTF32CuDNN(false);
            context.setBenchmarkCuDNN(false); // it picks kernels by the clock, so not the same ones each time
            context.setDeterministicCuDNN(true);
            context.setDeterministicAlgorithms(true, true);
            context.setDeterministicFillUninitializedMemory(false);
        }

        private SetUp() {}

        static void once() {
            // Running the static initialiser is all there is to do.
        }
    }
}
