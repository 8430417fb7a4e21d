package org.osler.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.osler.Build;
import org.osler.tensor.Libtorch;

/** What a result's provenance says of the machine and the software on it. */
final class Machine {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** The provenance of a trial that was made here and now. */
    static Provenance provenance(Trial trial, String weightsSha256, String dataMd5, Instant started) {
        Build build = Build.current();
        return new Provenance(
                build.version(),
                build.commit(),
                Libtorch.version(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpu(),
                Libtorch.threads(),
                trial.device().id(),
                weightsSha256,
                dataMd5,
                started,
                Instant.now());
    }

    private static String cpu() {
        if (Files.isReadable(CPU_INFO)) {
            try {
                List<String> lines = Files.readAllLines(CPU_INFO);
                for (String line : lines) {
                    if (line.startsWith("model name")) {
                        return line.substring(line.indexOf(':') + 1).trim() + ", " + Libtorch.cpuCapability();
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return System.getProperty("os.arch") + ", " + Libtorch.cpuCapability();
    }
}
