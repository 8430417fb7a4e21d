package org.osler.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * How many threads are worth while: one a physical core. Two on one core share its arithmetic units, which products of
 * matrices keep busy by themselves.
 */
final class Cores {

    private static final String ALLOWED = "Cpus_allowed_list:";

    private final Path status;
    private final Path processors;

    /**
     * Where Linux tells about processors.
     *
     * @param status {@code /proc/self/status}, which lists those that this process may use
     * @param processors {@code /sys/devices/system/cpu}, which tells the core of each
     */
    Cores(Path status, Path processors) {
        this.status = status;
        this.processors = processors;
    }

    static Cores ofThisMachine() {
        return new Cores(Path.of("/proc/self/status"), Path.of("/sys/devices/system/cpu"));
    }

    /**
     * The threads to use.
     *
     * @param asked what the variable {@code OMP_NUM_THREADS} says, which users of clusters set, or null; used if it is a
     *     number from 1
     * @param processors how many Java may use at a time, a container's limit included
     */
    int threads(String asked, int processors) {
        if (asked != null && asked.strip().matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(asked.strip());
        }
        return Math.min(processors, physical(processors));
    }

    /** The cores of the processors that this process may use, or the given number where the system does not tell. */
    private int physical(int otherwise) {
        Set<String> cores = new HashSet<>();
        try {
            for (int processor : allowed()) {
                Path siblings = this.processors.resolve("cpu" + processor + "/topology/thread_siblings_list");
                if (Files.isReadable(siblings)) { // processors that are switched off have none
                    cores.add(Files.readString(siblings).strip());
                }
            }
        } catch (IOException e) {
            return otherwise; // a faster default is not worth an error
        }
        return cores.isEmpty() ? otherwise : cores.size();
    }

    /** The numbers in a list such as {@code 0-3,8}; none where there is no such list. */
    private Set<Integer> allowed() throws IOException {
        Set<Integer> numbers = new HashSet<>();
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(ALLOWED)) {
                    addRanges(line.substring(ALLOWED.length()).strip(), numbers);
                }
            }
        }
        return numbers;
    }

    private static void addRanges(String list, Set<Integer> numbers) {
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int number = Integer.parseInt(ends[0]); number <= last; number++) {
                numbers.add(number);
            }
        }
    }
}
