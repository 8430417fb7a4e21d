package org.osler.study;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.osler.Build;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;
import org.osler.tensor.Libtorch;
import org.osler.tensor.Processor;

/** What a result's provenance says of the machine and the software on it. */
final class Machine {

    private Machine() {}

    /**
     * Tells this machine from others that see the same files: processes at the same place see each other's file locks.
     * Linux names each start of its kernel, which containers share.
     */
    static String place() throws IOException {
        Path boot = Path.of("/proc/sys/kernel/random/boot_id");
        return Files.isReadable(boot)
                ? Files.readString(boot).strip()
                : InetAddress.getLocalHost().getHostName();
    }

    /** The provenance of a trial that was made here and now. */
    static Provenance provenance(Device device, String weightsSha256, String dataMd5, Instant started) {
        Build build = Build.current();
        return new Provenance(
                build.version(),
                build.commit(),
                Libtorch.version(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Processor.name(),
                Libtorch.threads(),
                Cuda.describe(device),
                weightsSha256,
                dataMd5,
                started,
                Instant.now());
    }
}
