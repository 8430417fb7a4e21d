package org.osler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.osler.InputException;
import org.osler.study.DeviceChoice;
import org.osler.study.Study;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;

/**
 * What {@code --device} of {@code run} says: one device, or several between commas, each for a process of its own.
 *
 * @param words one for each process, the same more than once where processes are to share a device
 */
record Devices(List<String> words) {

    /** Every card of the machine. */
    static final String ALL = "all";

    /**
     * Reads the option.
     *
     * @throws InputException if it says no device, or different kinds of them
     */
    static Devices of(String text) {
        if (text.equals(ALL)) {
            Cuda.require(Device.cuda(0));
            return new Devices(IntStream.range(0, Cuda.cards())
                    .mapToObj(card -> "cuda:" + card)
                    .toList());
        }
        List<String> words = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            words.add(DeviceChoice.of("--device", word.strip()).id());
        }
        if (words.stream().map(word -> new DeviceChoice(word).kind()).distinct().count() > 1) {
            throw new InputException("--device " + text
                    + ": processor and cards give different last digits, so one study" + " runs on one kind of them");
        }
        return new Devices(words);
    }

    /** The device of the process that starts the others. */
    String first() {
        return words.get(0);
    }

    /** Those of the others. */
    List<String> others() {
        return words.subList(1, words.size());
    }

    /**
     * Makes sure that every process has its device, and that they do not take the processor from each other.
     *
     * @throws InputException if a card is not there, or they would
     */
    void require(Study study) {
        others().forEach(word -> new DeviceChoice(word).device());
        boolean onProcessor = new DeviceChoice(first()).kind() == Device.Kind.CPU;
        if (!others().isEmpty() && onProcessor && study.threads().isEmpty()) {
            throw new InputException(
                    words.size() + " processes on the processor would each take all of it; say how many"
                            + " threads one has, as in --set threads=2");
        }
    }
}
