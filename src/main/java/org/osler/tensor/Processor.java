package org.osler.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processor that libtorch computes on. */
public final class Processor {

    private static final Path LIST = Path.of("/proc/cpuinfo");
    private static final String NAME = "model name";

    private Processor() {}

    /** Its name, as far as the system tells, and the instruction set that libtorch uses of it. */
    public static String name() {
        if (Files.isReadable(LIST)) {
            try {
                List<String> lines = Files.readAllLines(LIST);
                for (String line : lines) {
                    if (line.startsWith(NAME)) {
                        return line.substring(line.indexOf(':') + 1).trim() + ", " + Libtorch.cpuCapability();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return System.getProperty("os.arch") + ", " + Libtorch.cpuCapability();
    }
}
