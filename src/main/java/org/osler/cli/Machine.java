package org.osler.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code doctor} finds out about the machine: Java, system, cores, memory, disk. */
final class Machine {

    private static final long GIB = 1L << 30;

    /** Below this, fine-tuning a ViT-B at batch 64 does not fit. */
    private static final long COMFORTABLE_MEMORY = 8 * GIB;

    /** One large dataset with its features. */
    private static final long COMFORTABLE_DISK = 10 * GIB;

    /** Where libtorch's natives are published, as JavaCPP names platforms. */
    private static final Set<String> PLATFORMS = Set.of("linux-x86_64", "macosx-arm64", "windows-x86_64");

    private Machine() {}

    static Finding java() {
        return Finding.ok(
                "Java",
                "%s, %s, in %s"
                        .formatted(
                                System.getProperty("java.runtime.version"),
                                System.getProperty("java.vendor"),
                                System.getProperty("java.home")));
    }

    static Finding system() {
        String system = "%s %s on %s"
                .formatted(
                        System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));
        if (PLATFORMS.contains(platform())) {
            return Finding.ok("system", system);
        }
        return Finding.fail(
                "system",
                system + ": libtorch for Java is published for Linux x86-64, macOS arm64 and Windows x86-64 only");
    }

    private static String platform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "macosx" : name.startsWith("windows") ? "windows" : name;
        String architecture = System.getProperty("os.arch");
        return system + "-"
                + switch (architecture) {
                    case "amd64" -> "x86_64";
                    case "aarch64" -> "arm64";
                    default -> architecture;
                };
    }

    /** Cores that this process may use, and how many the machine has where it says so. */
    static Finding cores() throws IOException {
        int usable = Runtime.getRuntime().availableProcessors();
        Path list = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(list)) {
            return Finding.ok("cores", Integer.toString(usable));
        }
        long all;
        try (Stream<String> lines = Files.lines(list)) {
            all = lines.filter(line -> line.startsWith("processor")).count();
        }
        if (usable < all) {
            return Finding.warn(
                    "cores",
                    "%d of the machine's %d; a container or CPU set holds back the rest".formatted(usable, all));
        }
        return Finding.ok("cores", "%d, all of the machine's".formatted(usable));
    }

    /** Memory that this process may use (a container's limit, if there is one); tensors live outside Java's heap. */
    static Finding memory() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long total = system.getTotalMemorySize();
        String text = "%s, of which %s free; Java's heap may take %s"
                .formatted(
                        gib(total),
                        gib(system.getFreeMemorySize()),
                        gib(Runtime.getRuntime().maxMemory()));
        if (total < COMFORTABLE_MEMORY) {
            return Finding.warn("memory", text + "; little for fine-tuning: use smaller batches or encoders");
        }
        return Finding.ok("memory", text);
    }

    /** Space where a folder lies or would be made, and whether it may be written to. */
    static Finding disk(String subject, Path folder, String remedy) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.fail(subject, folder + ": " + existing + " is no folder that can be written to; " + remedy);
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        String text = "%s, %s free".formatted(folder.toAbsolutePath().normalize(), gib(free));
        return free < COMFORTABLE_DISK
                ? Finding.warn(subject, text + "; little for large datasets and their features; " + remedy)
                : Finding.ok(subject, text);
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }
}
