package org.osler.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osler.InputException;
import org.osler.nn.Parameters;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.weights.SafeTensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a weight file's values into an encoder, tensor by tensor, and accepts nothing that does not fit. */
public final class EncoderWeights {

    private static final Logger LOG = LoggerFactory.getLogger(EncoderWeights.class);

    /** What timm calls a model's classifier; a benchmark trains its own. */
    private static final Pattern CLASSIFIER =
            Pattern.compile("(head|fc|classifier|head_dist|head\\.fc)\\.(weight|bias)");

    private static final int NAMED_IN_MESSAGE = 4;

    /** Random encoders that are not trained are the same in every trial and every study. */
    private static final long RANDOM_SEED = 0;

    private EncoderWeights() {}

    /**
     * Builds an encoder with its values.
     *
     * @param input side in pixels of its images
     * @param file its weights; empty for random ones, the same every time
     * @throws InputException if the architecture cannot take the size, or the file does not fit
     */
    public static Encoder open(EncoderCard card, int input, Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return drawn(card, input, RANDOM_SEED);
        }
        Encoder encoder = card.build(input);
        try {
            load(encoder, file.get());
            return encoder;
        } catch (IOException | RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /**
     * Builds an encoder with random values.
     *
     * @param input side in pixels of its images
     * @param seed decides them; each tensor's depend on the seed and its name alone
     * @throws InputException if the architecture cannot take the size
     */
    public static Encoder drawn(EncoderCard card, int input, long seed) {
        Encoder encoder = card.build(input);
        try {
            encoder.parameters().initialise(seed);
            return encoder;
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    /**
     * Builds an encoder that is never trained, with parameters in the type that the arithmetic asks for.
     *
     * @param precision {@link Precision#BF16}: everything in bfloat16 but what norms do inside
     * @throws InputException if the architecture cannot take the size, or the file does not fit
     */
    public static Encoder openFrozen(EncoderCard card, int input, Optional<Path> file, Precision precision)
            throws IOException {
        return openFrozen(card, input, file, precision, Device.CPU);
    }

    /** The same on a device. */
    public static Encoder openFrozen(
            EncoderCard card, int input, Optional<Path> file, Precision precision, Device device) throws IOException {
        Encoder encoder = open(card, input, file);
        try {
            encoder.parameters().freeze(precision.type(), device);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
        return encoder;
    }

    /**
     * Loads a file. Half-precision values become float32; a classifier, and what belongs to other parts of a larger
     * model, is left out.
     *
     * @throws InputException if tensors are missing, unexpected or of another shape; the message names them
     */
    public static void load(Encoder encoder, Path file) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            WeightLayout layout = WeightLayout.of(tensors.entries().keySet());
            Map<String, Parameters.Entry> wanted = encoder.parameters().entries();
            Set<String> missing = new LinkedHashSet<>(wanted.keySet());
            // Counters steer nothing, and files of old PyTorch versions lack them.
            missing.removeIf(name -> wanted.get(name).tensor().dtype() == DType.INT64);
            List<String> unexpected = new ArrayList<>();
            List<String> misshapen = new ArrayList<>();
            for (SafeTensors.Entry entry : tensors.entries().values()) {
                Optional<String> name = layout.timmName(entry.name());
                if (name.filter(wanted::containsKey).isPresent()) {
                    missing.remove(name.get());
                    copy(encoder, name.get(), tensors, entry, misshapen);
                } else if (name.isEmpty() || CLASSIFIER.matcher(name.get()).matches()) {
                    LOG.debug("{}: {} is no part of the encoder and not used", file, entry.name());
                } else {
                    unexpected.add(entry.name());
                }
            }
            requireFit(encoder, file, List.copyOf(missing), unexpected, misshapen);
        }
    }

    private static void copy(
            Encoder encoder, String name, SafeTensors tensors, SafeTensors.Entry entry, List<String> misshapen)
            throws IOException {
        Tensor target = encoder.parameters().entries().get(name).tensor();
        DType type = dtype(entry);
        try (Scope scope = Scope.open()) {
            if (type == target.dtype() && Arrays.equals(entry.shape(), target.shape())) {
                // Read to where it stays: mapped pages would count as this process's memory a second time.
                tensors.read(entry.name(), target.bytes());
                return;
            }
            Tensor stored = Tensors.zeros(type, entry.shape());
            tensors.read(entry.name(), stored.bytes());
            Tensor value = encoder.adapt(name, stored.to(target.dtype()));
            if (Arrays.equals(value.shape(), target.shape())) {
                target.detach().copyInPlace(value);
            } else if (isMatrixOf(value, target)) {
                target.detach().copyInPlace(value.view(target.shape()));
            } else {
                misshapen.add(entry.name() + " " + Arrays.toString(entry.shape()) + " instead of "
                        + Arrays.toString(target.shape()));
            }
        }
    }

    /** Whether a linear layer's weight [out, in] is that of a convolution [out, c, k, k] in another shape. */
    private static boolean isMatrixOf(Tensor value, Tensor convolution) {
        return value.shape().length == 2
                && convolution.shape().length == 4
                && value.size(0) == convolution.size(0)
                && value.count() == convolution.count();
    }

    private static DType dtype(SafeTensors.Entry entry) {
        return switch (entry.type()) {
            case F32 -> DType.FLOAT32;
            case F64 -> DType.FLOAT64;
            case F16 -> DType.FLOAT16;
            case BF16 -> DType.BFLOAT16;
            case I64 -> DType.INT64;
            case I32 -> DType.INT32;
            default ->
                throw new InputException("tensor \"" + entry.name() + "\" is of type " + entry.type()
                        + "; weights are F32, F16, BF16 or F64");
        };
    }

    private static void requireFit(
            Encoder encoder, Path file, List<String> missing, List<String> unexpected, List<String> misshapen) {
        List<String> complaints = new ArrayList<>();
        complain(complaints, "missing", missing);
        complain(complaints, "unexpected", unexpected);
        complain(complaints, "misshapen", misshapen);
        if (!complaints.isEmpty()) {
            throw new InputException(file + " does not fit " + encoder.card().id() + ": "
                    + String.join("; ", complaints)
                    + ". It needs that model's tensors under timm's names.");
        }
    }

    private static void complain(List<String> complaints, String what, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        String shown = String.join(", ", names.subList(0, Math.min(NAMED_IN_MESSAGE, names.size())));
        int more = names.size() - NAMED_IN_MESSAGE;
        complaints.add(names.size() + " " + what + " (" + shown + (more > 0 ? ", and " + more + " more" : "") + ")");
    }
}
