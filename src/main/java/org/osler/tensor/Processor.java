package org.osler.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processor that libtorch computes on. */
public final class Processor {

    private static final Path LIST = Path.of("/proc/cpuinfo");
    private static final String NAME = "model name";
    private static final String INSTRUCTIONS = "flags";

    private Processor() {}

    /** Its name, as far as the system tells, and the instruction set that libtorch uses of it. */
    public static String name() {
        return told(NAME).orElse(System.getProperty("os.arch")) + ", " + Libtorch.cpuCapability();
    }

    /**
     * Whether it has instructions that multiply bfloat16, and libtorch uses them. With AVX-512 alone oneDNN imitates them,
     * which takes longer than float32.
     */
    static boolean multipliesBFloat16() {
        // Where they are not told, AVX-512 has to do.
        return Libtorch.hasAvx512()
                && told(INSTRUCTIONS).map(Processor::multipliesBFloat16).orElse(true);
    }

    /** The same by the list of instructions that Linux gives. */
    static boolean multipliesBFloat16(String instructions) {
        List<String> names = List.of(instructions.split(" ", -1));
        return names.contains("avx512_bf16") || names.contains("amx_bf16");
    }

    /** What the system says under a key of the first processor. */
    private static Optional<String> told(String key) {
        if (!Files.isReadable(LIST)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(LIST)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
