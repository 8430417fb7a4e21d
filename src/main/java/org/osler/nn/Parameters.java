package org.osler.nn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osler.SeededRandom;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Packed;
import org.osler.tensor.Placement;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * The named parameters and buffers of a network, in the order in which its layers declare them, under timm's names.
 *
 * <p>A layer declares what it needs and keeps the tensor; values come later, from {@link #initialise} or a weight file,
 * into that same tensor. Owns its tensors until closed.
 */
public final class Parameters implements AutoCloseable {

    /** Numbers that are drawn at a time. */
    private static final int PIECE = 1 << 16;

    /**
     * One entry.
     *
     * @param tensor the values; the same tensor for the network's whole life
     * @param trained whether an optimiser changes it (a parameter) or not (a buffer)
     * @param part of which kind of layer it is
     * @param init how it starts without a weight file
     */
    public record Entry(Tensor tensor, boolean trained, Part part, Init init) {}

    /** Kinds of layers, by how exactly they have to compute. */
    public enum Part {
        /** A linear layer or a convolution, where most of the computing is done. */
        PRODUCT,
        /** A norm: its statistics and what it multiplies by stay in float32. */
        NORM,
        /** Tokens, positions, factors: what is added to activations or scales them. */
        OTHER
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Tensor> constants = new ArrayList<>();
    private final List<Runnable> foldings = new ArrayList<>();
    private final Map<String, Packing> packings = new LinkedHashMap<>();
    private final List<Packed> packed = new ArrayList<>();
    private DType products = DType.FLOAT32;
    private Device device = Device.CPU;

    /** Makes a layer's packed form, which {@link Parameters} then owns. */
    @FunctionalInterface
    interface Packing {
        Packed pack();
    }

    /** The names and entries, in order of declaration. */
    public Map<String, Entry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** The tensors that are trained, in order of declaration. */
    public List<Tensor> trained() {
        List<Tensor> trained = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.trained()) {
                trained.add(entry.tensor());
            }
        }
        return trained;
    }

    /** How many numbers are trained. */
    public long count() {
        return trained().stream().mapToLong(Tensor::count).sum();
    }

    /** The root of the names; layers go down with {@link Names#in}. */
    public Names names() {
        return new Names(this, "");
    }

    /**
     * Draws every value anew; an entry's draws depend on the seed and its name alone. Before {@link #convert} and
     * {@link #moveTo}.
     */
    public void initialise(long seed) {
        List<Runnable> draws = new ArrayList<>();
        entries.forEach((name, entry) -> {
            SeededRandom random = SeededRandom.of(seed, "init/" + name);
            if (entry.tensor().dtype() == DType.FLOAT32) {
                FloatBuffer place = entry.tensor().bytes().asFloatBuffer();
                draws.add(() -> draw(entry.init(), random, place));
            } else {
                float[] values = new float[Math.toIntExact(entry.tensor().count())];
                entry.init().fill(values, random);
                try (Scope scope = Scope.open()) {
                    entry.tensor().copyInPlace(Tensors.of(values, entry.tensor().shape()));
                }
            }
        });
        draws.parallelStream().forEach(Runnable::run);
    }

    /** In pieces: a layer of VGG16's alone has 400 MB, which Java's heap need not hold. */
    private static void draw(Init init, SeededRandom random, FloatBuffer place) {
        while (place.hasRemaining()) {
            float[] piece = new float[Math.min(PIECE, place.remaining())];
            init.fill(piece, random);
            place.put(piece);
        }
    }

    /**
     * Turns parameters and buffers into another floating-point type; counters stay whole numbers.
     *
     * @param other float32, float64, float16 or bfloat16
     */
    public void convert(DType other) {
        for (Entry entry : entries.values()) {
            if (entry.tensor().dtype() != DType.INT64) {
                Placement.convert(entry.tensor(), other);
            }
        }
        constants.forEach(constant -> Placement.convert(constant, other));
    }

    /** Where the parameters are. */
    public Device device() {
        return device;
    }

    /** Moves parameters, buffers and tables to a device. */
    public void moveTo(Device other) {
        entries.values().forEach(entry -> Placement.move(entry.tensor(), other));
        constants.forEach(constant -> Placement.move(constant, other));
        device = other;
    }

    /** Freezes a network on the processor, see {@link #freeze(DType, Device)}. */
    public void freeze(DType type) {
        freeze(type, Device.CPU);
    }

    /**
     * Prepares a network that will never be trained: batch norms and layer scales are folded into the layers before them,
     * and the parameters of linear layers and convolutions are packed for the processor's kernels where there are such.
     * Packed parameters are no longer among the {@link #entries}. Training mode must not be used any more. What is folded
     * is the same on every device, for that happens on the processor, where the parameters still have to be.
     *
     * @param type the type that everything computes in, but for what norms do inside: float32 or bfloat16
     * @param target where it is to compute
     */
    public void freeze(DType type, Device target) {
        try (Scope scope = Scope.open()) {
            foldings.forEach(Runnable::run);
        }
        for (Entry entry : entries.values()) {
            if (entry.part() != Part.NORM) {
                Placement.convert(entry.tensor(), type);
            }
        }
        if (!target.isCpu()) {
            moveTo(target);
            layForCard(type);
        } else if (Packed.available(type)) {
            packings.forEach(this::pack);
        }
    }

    /** What a layer keeps as it was declared goes at once: never more than one layer is in memory twice. */
    private void pack(String prefix, Packing packing) {
        try (Scope scope = Scope.open()) {
            packed.add(packing.pack());
        }
        for (String name : List.of("weight", "bias")) {
            Entry entry = entries.get(prefix + name);
            if (entry != null && entry.part() == Part.PRODUCT) {
                entries.remove(prefix + name).tensor().close();
            }
        }
    }

    /** Convolutions in bfloat16 run with channels innermost; their weights lie so from now on. */
    private void layForCard(DType type) {
        if (type == DType.BFLOAT16) {
            entries.values().stream()
                    .filter(entry ->
                            entry.part() == Part.PRODUCT && entry.tensor().shape().length == 4)
                    .forEach(entry -> Placement.layChannelsLast(entry.tensor()));
        }
    }

    /**
     * Says in which type linear layers and convolutions compute, while the parameters stay in float32: products read
     * copies of them in that type, and what comes back to the parameters as gradients is float32 again.
     *
     * @param type float32 or bfloat16
     */
    public void computeIn(DType type) {
        products = type;
    }

    DType products() {
        return products;
    }

    /** Marks all trained tensors as ones that gradients are asked for. */
    public void requireGradients() {
        trained().forEach(Tensor::requireGradient);
    }

    @Override
    public void close() {
        packed.forEach(Packed::close);
        packed.clear();
        entries.values().forEach(entry -> entry.tensor().close());
        entries.clear();
        constants.forEach(Tensor::close);
        constants.clear();
    }

    /** Says how a layer that declares its {@code weight} and {@code bias} under a prefix is packed. */
    void packs(String prefix, Packing packing) {
        packings.put(prefix, packing);
    }

    void leavesUnpacked(String prefix) {
        packings.remove(prefix);
    }

    void folds(Runnable folding) {
        foldings.add(folding);
    }

    Tensor constant(float[] values, long... shape) {
        try (Scope scope = Scope.open()) {
            Tensor constant = scope.keep(Tensors.of(values, shape));
            constants.add(constant);
            return constant;
        }
    }

    Tensor declare(String name, DType type, boolean trained, Part part, Init init, long... shape) {
        try (Scope scope = Scope.open()) {
            Tensor tensor = scope.keep(Tensors.zeros(type, shape));
            if (entries.put(name, new Entry(tensor, trained, part, init)) != null) {
                throw new IllegalStateException("declared twice: " + name);
            }
            return tensor;
        }
    }
}
