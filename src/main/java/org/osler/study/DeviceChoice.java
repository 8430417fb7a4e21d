package org.osler.study;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osler.InputException;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;

/**
 * What a study, or an option, says about the device.
 *
 * @param id the word for it: {@code cpu}, {@code cuda}, {@code cuda:1} or {@code auto}
 */
public record DeviceChoice(String id) {

    /** The processor, even where there is a graphics card. */
    public static final DeviceChoice CPU = new DeviceChoice("cpu");

    /** A graphics card where there is one, else the processor. */
    public static final DeviceChoice AUTO = new DeviceChoice("auto");

    private static final String FIRST_CARD = "cuda";
    private static final Pattern NUMBERED_CARD = Pattern.compile("cuda:\\d{1,2}");

    /** The words, but for those with a number. */
    static final List<String> WORDS = List.of(CPU.id, FIRST_CARD, AUTO.id);

    /** What a word says; empty if it is none. */
    static Optional<DeviceChoice> find(String word) {
        return WORDS.contains(word) || NUMBERED_CARD.matcher(word).matches()
                ? Optional.of(new DeviceChoice(word))
                : Optional.empty();
    }

    /**
     * What an option says.
     *
     * @param option its name, for the message
     * @throws InputException if it is no such word
     */
    public static DeviceChoice of(String option, String word) {
        return find(word)
                .orElseThrow(() ->
                        new InputException(option + ": unknown device \"" + word + "\"; " + Nearest.hint(word, WORDS)));
    }

    /** The kind of device that it comes to, whether a card that is asked for is there or not. */
    public Device.Kind kind() {
        if (id.startsWith(FIRST_CARD)) {
            return Device.Kind.CUDA;
        }
        return equals(AUTO) && Cuda.isAvailable() ? Device.Kind.CUDA : Device.Kind.CPU;
    }

    /**
     * The device that it comes to, ready to compute.
     *
     * @throws InputException if it is not there; the message says what is missing
     */
    public Device device() {
        if (kind() == Device.Kind.CPU) {
            Cuda.requireLibraries();
            return Device.CPU;
        }
        int colon = id.indexOf(':');
        return Cuda.require(Device.cuda(colon < 0 ? 0 : Integer.parseInt(id.substring(colon + 1))));
    }
}
