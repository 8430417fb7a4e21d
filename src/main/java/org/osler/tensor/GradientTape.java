package org.osler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Gradients of a step in which convolutions are left out of libtorch's graph where their weights' gradients are computed
 * quicker {@linkplain ConvolutionGradient by products}: the tape notes what they saw, and asks for the gradient of what they
 * gave.
 *
 * <p>Such gradients are as large as what the layers gave, so the graph is cut where many have come together, {@linkplain
 * Scope#chain between two steps of a chain}, and gone through stretch by stretch, from the last to the first; what a stretch
 * needed is freed when it is done.
 *
 * <pre>{@code
 * try (GradientTape tape = GradientTape.open()) {
 *     Tensor loss = ...;
 *     List<Tensor> gradients = tape.gradients(loss, parameters);
 * }
 * }</pre>
 *
 * <p>On the thread that opened it, one at a time.
 */
public final class GradientTape implements AutoCloseable {

    /** What the convolutions of a stretch may give, in bytes, before it ends at the next step of a chain. */
    private static final long STRETCH = 128L << 20;

    /** With fewer, laying windows out takes what the product saves; so it does for smaller kernels than 3 × 3. */
    private static final long FEWEST_IN = 16;

    private static final long FEWEST_OUT = 64;
    private static final long SMALLEST_KERNEL = 3;

    private static final ThreadLocal<GradientTape> OPEN = new ThreadLocal<>();

    private final boolean takesConvolutions;
    private final long mostBytes;
    private final List<Stretch> stretches = new ArrayList<>();

    GradientTape(boolean takesConvolutions, long mostBytes) {
        this.takesConvolutions = takesConvolutions;
        this.mostBytes = mostBytes;
        stretches.add(new Stretch(null));
    }

    /** Starts a tape. Where this processor gains nothing by it, it leaves everything to libtorch. */
    public static GradientTape open() {
        return open(new GradientTape(Libtorch.cpuCapability().equals("AVX2"), STRETCH));
    }

    /** Starts this tape. */
    static GradientTape open(GradientTape tape) {
        if (OPEN.get() != null) {
            throw new IllegalStateException("a tape is open already");
        }
        OPEN.set(tape);
        return tape;
    }

    /**
     * A convolution that was left out of the graph; tensors are handles of its own.
     *
     * @param y what it gave, after ReLU if that follows: libtorch keeps that anyway, and not what ReLU saw
     */
    private record Taken(
            Tensor x, Tensor y, boolean relu, Tensor weight, Optional<Tensor> bias, ConvolutionGradient gradient) {

        /** The gradient with respect to what the convolution itself gave. A new tensor: others may share {@code dy}. */
        Tensor before(Tensor dy) {
            return relu
                    ? new Tensor(
                            torch.threshold_backward(dy.handle(), y.detach().handle(), new Scalar(0)))
                    : dy;
        }

        void close() {
            List.of(x, y, weight).forEach(Tensor::close);
            bias.ifPresent(Tensor::close);
        }
    }

    /** A part of the graph that libtorch knows as one. */
    private static final class Stretch {

        private final List<Taken> taken = new ArrayList<>();
        /** Null for the first. */
        private final Tensor start;

        private Tensor end;
        private long bytes;

        Stretch(Tensor start) {
            this.start = start;
        }

        void close() {
            taken.forEach(Taken::close);
            GradientTape.close(start);
            GradientTape.close(end);
        }
    }

    // --- forwards ---

    /** Whether there is a tape and the convolution goes on it. */
    static boolean takes(Tensor x, Tensor weight, Tensor bias, long padding, long groups) {
        GradientTape tape = OPEN.get();
        return tape != null
                && tape.takesConvolutions
                && groups == 1
                && weight.size(2) >= SMALLEST_KERNEL
                && weight.size(1) >= FEWEST_IN
                && weight.size(0) >= FEWEST_OUT
                && x.dtype() == DType.FLOAT32
                && x.handle().is_cpu()
                && isParameter(weight)
                && (bias == null || isParameter(bias))
                && !Convolution.isOneWindow(x, weight, padding, groups);
    }

    private static boolean isParameter(Tensor tensor) {
        return tensor.followsGradient() && tensor.handle().is_leaf();
    }

    /** A convolution that the tape takes. */
    static Tensor record(Tensor x, Tensor weight, Tensor bias, long stride, long padding, Activation activation) {
        Tensor given = Convolution.plain(x, weight.detach(), bias == null ? null : bias.detach(), stride, padding, 1);
        if (!given.followsGradient()) {
            given.requireGradient();
        }
        boolean relu = activation == Activation.RELU;
        Tensor y = relu ? given.relu() : given;
        Stretch stretch = OPEN.get().last();
        stretch.taken.add(new Taken(
                Scope.share(x),
                Scope.share(y),
                relu,
                Scope.share(weight),
                Optional.ofNullable(bias).map(Scope::share),
                new ConvolutionGradient(weight.size(2), stride, padding)));
        stretch.bytes += y.count() * Float.BYTES;
        return relu ? y : activation.of(y);
    }

    /**
     * Cuts the graph at what one step of a chain gives to the next, if there is a tape and its stretch is long enough.
     *
     * @param between nothing else that was computed before is used after it
     * @return what the next step is to be given
     */
    static Tensor cut(Tensor between) {
        GradientTape tape = OPEN.get();
        if (tape == null || tape.last().bytes < tape.mostBytes || !between.followsGradient()) {
            return between;
        }
        Tensor start = between.detach().requireGradient();
        tape.last().end = Scope.share(between);
        tape.stretches.add(new Stretch(Scope.share(start)));
        return start;
    }

    int cuts() {
        return stretches.size() - 1;
    }

    private Stretch last() {
        return stretches.get(stretches.size() - 1);
    }

    // --- backwards ---

    /**
     * The gradients of a scalar with respect to parameters, in their order, in the innermost scope. Ends the tape.
     *
     * @throws IllegalArgumentException if the scalar does not depend on one of them
     */
    public List<Tensor> gradients(Tensor scalar, List<Tensor> parameters) {
        OPEN.remove();
        try (FoundGradients found = new FoundGradients(parameters)) {
            last().end = Scope.share(scalar);
            backwards(found);
            return found.takeOut();
        }
    }

    private void backwards(FoundGradients found) {
        Tensor gradient = null;
        try {
            while (!stretches.isEmpty()) {
                Stretch stretch = stretches.remove(stretches.size() - 1);
                Tensor after = gradient;
                gradient = null; // it is the stretch's to close
                try {
                    gradient = back(stretch, after, found);
                } finally {
                    stretch.close();
                }
            }
        } finally {
            close(gradient);
        }
    }

    private static void close(Tensor tensor) {
        if (tensor != null) {
            tensor.close();
        }
    }

    /**
     * Goes through a stretch.
     *
     * @param gradient with respect to its end, which it closes; null for the last, which ends in a scalar
     * @return the gradient with respect to its start, which belongs to no scope; null for the first
     */
    private static Tensor back(Stretch stretch, Tensor gradient, FoundGradients found) {
        try (Scope scope = Scope.open()) {
            List<Tensor> wanted = new ArrayList<>(found.parameters());
            stretch.taken.forEach(taken -> wanted.add(taken.y()));
            if (stretch.start != null) {
                wanted.add(stretch.start);
            }
            TensorVector got = gradients(stretch.end, wanted, gradient);
            int place = 0;
            for (Tensor parameter : found.parameters()) {
                if (got.get(place).defined()) {
                    Tensor value = element(got, place);
                    found.add(parameter, () -> value);
                }
                place++;
            }
            for (Taken taken : stretch.taken) {
                Tensor dy = taken.before(element(got, place++));
                found.add(taken.weight(), () -> taken.gradient().ofWeight(taken.x(), dy));
                taken.bias().ifPresent(bias -> found.add(bias, () -> dy.sum(false, 0, 2, 3)));
            }
            return stretch.start == null ? null : Scope.share(element(got, place));
        }
    }

    /** Closes the gradient that it is given as soon as it is used: it is as large as a layer's output. */
    private static TensorVector gradients(Tensor end, List<Tensor> wanted, Tensor gradient) {
        TensorVector given = gradient == null ? new TensorVector() : new TensorVector(gradient.handle());
        try {
            TensorVector ends = new TensorVector(end.handle());
            return torch.grad(ends, Autograd.vector(wanted), given, new BoolOptional(false), false, true);
        } finally {
            given.deallocate();
            close(gradient);
        }
    }

    /** A handle of its own: a vector's elements die with it. */
    private static Tensor element(TensorVector vector, long place) {
        return new Tensor(new org.bytedeco.pytorch.Tensor(vector.get(place)));
    }

    /** Frees what the tape holds. */
    @Override
    public void close() {
        OPEN.remove();
        stretches.forEach(Stretch::close);
        stretches.clear();
    }
}
