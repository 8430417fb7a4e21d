package org.osler.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osler.SeededRandom;
import org.osler.encoder.Encoder.HeadInit;
import org.osler.tensor.Adam;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.TensorList;
import org.osler.tensor.Tensors;
import org.osler.train.LinearProbe.Head;

/**
 * Linear heads trained side by side: one batched product for all, and gradients by formula instead of a graph.
 *
 * <p>Each head has parameters and optimiser entries of its own, so its numbers do not depend on its company, bit for
 * bit. H heads, B images a batch, D features, C logits.
 */
final class HeadGroup implements AutoCloseable {

    /** In float32 numbers. */
    private static final int CACHE_LINE = 16;

    private final Objective objective;
    private final int size;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor weightGradients;
    private final Tensor biasGradients;
    private final Map<Double, Adam> optimisers = new LinkedHashMap<>();
    private final Map<Double, TensorList> gradients = new LinkedHashMap<>();
    private final List<Tensor> views = new ArrayList<>();

    /** Draws the heads' first values; they are trained on a device. */
    HeadGroup(Objective objective, int dimensions, List<Head> heads, HeadInit init, Recipe recipe, Device device) {
        this.objective = objective;
        this.size = heads.size();
        int logits = objective.logits();
        try (Scope scope = Scope.open()) {
            this.weight = scope.keep(alignedZeros(device, size, dimensions, logits));
            this.bias = scope.keep(Tensors.zeros(DType.FLOAT32, size, 1, logits).to(device));
            this.weightGradients = scope.keep(
                    Tensors.zeros(DType.FLOAT32, size, dimensions, logits).to(device));
            this.biasGradients =
                    scope.keep(Tensors.zeros(DType.FLOAT32, size, 1, logits).to(device));
            Map<Double, List<Integer>> members = new LinkedHashMap<>();
            for (int h = 0; h < size; h++) {
                initialise(h, heads.get(h).seed(), dimensions, init);
                members.computeIfAbsent(heads.get(h).learningRate(), rate -> new ArrayList<>())
                        .add(h);
            }
            members.forEach((rate, of) -> {
                List<Tensor> parameters = new ArrayList<>();
                List<Tensor> theirGradients = new ArrayList<>();
                for (int h : of) {
                    parameters.add(scope.keep(weight.select(0, h)));
                    parameters.add(scope.keep(bias.select(0, h)));
                    theirGradients.add(weightGradients.select(0, h));
                    theirGradients.add(biasGradients.select(0, h));
                }
                views.addAll(parameters);
                gradients.put(rate, TensorList.of(theirGradients));
                optimisers.put(rate, new Adam(parameters, recipe.optimiser().settings()));
            });
        }
    }

    /** Zeros [H, D, C] with every head's matrix at the start of a cache line: MKL's last bits depend on alignment. */
    private static Tensor alignedZeros(Device device, int heads, int dimensions, int logits) {
        int length = dimensions * logits;
        int padded = (length + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
        return Tensors.zeros(DType.FLOAT32, heads, padded)
                .to(device)
                .narrow(1, 0, length)
                .view(heads, dimensions, logits);
    }

    private void initialise(int head, long seed, int dimensions, HeadInit init) {
        int logits = objective.logits();
        float[] weights = new float[logits * dimensions];
        float[] biases = new float[logits];
        init.weight().fill(weights, SeededRandom.of(seed, "head/weight"));
        init.bias().fill(biases, SeededRandom.of(seed, "head/bias"));
        // Drawn as timm stores a classifier, [C, D]; kept as [D, C].
        weight.select(0, head)
                .copyInPlace(Tensors.of(weights, logits, dimensions).transpose(0, 1));
        bias.select(0, head).copyInPlace(Tensors.of(biases, 1, logits));
    }

    /** Whether heads may share batches: batched products of matrices would have to copy them for each. */
    static boolean sharesBatches(Objective objective) {
        return objective.logits() == 1;
    }

    /**
     * One optimiser step of every head. Where heads share batches, the first S of them have one each, the next S the same
     * again, and so on; else S is H.
     *
     * @param x features [S, B, D]
     * @param y targets [S, B, C]
     * @param factor what initial learning rates are multiplied by
     * @return the mean loss of each head before the step, [H]
     */
    Tensor step(Tensor x, Tensor y, double factor) {
        Tensor logits = forward(x);
        Tensor own = ofEach(y);
        Tensor gradient = objective.gradientOfEach(logits, own);
        weightGradients.copyInPlace(weightGradient(x, gradient));
        biasGradients.copyInPlace(gradient.sum(true, 1));
        optimisers.forEach((rate, optimiser) -> optimiser.step(gradients.get(rate), rate * factor));
        return objective.lossOfEach(logits, own);
    }

    /** What heads share [S, B, C], for each of them: [H, B, C]. */
    private Tensor ofEach(Tensor shared) {
        long rounds = size / shared.size(0);
        return rounds == 1
                ? shared
                : shared.expand(rounds, shared.size(0), shared.size(1), shared.size(2))
                        .reshape(size, shared.size(1), shared.size(2));
    }

    /**
     * With a single logit, products of matrices and vectors would be MKL's, whose last bits depend on where in memory a
     * head's part lies, and so on its company; products and sums element by element do not. They let heads share x, too:
     * [S, B, D] against [H / S, S, …].
     */
    private Tensor forward(Tensor x) {
        if (objective.logits() > 1) {
            return Functions.baddbmm(bias, x, weight);
        }
        Tensor rows = weight.transpose(1, 2).view(-1, x.size(0), 1, x.size(2));
        return x.mul(rows).sum(true, 3).view(size, x.size(1), 1).add(bias);
    }

    private Tensor weightGradient(Tensor x, Tensor gradient) {
        if (objective.logits() > 1) {
            return x.transpose(1, 2).matmul(gradient);
        }
        Tensor columns = gradient.view(-1, x.size(0), x.size(1), 1);
        return x.mul(columns).sum(true, 2).view(size, x.size(2), 1);
    }

    /** The logits [N, C] of one head on features [N, D]. */
    Tensor logits(int head, Tensor x) {
        return x.matmul(weight.select(0, head)).add(bias.select(0, head));
    }

    /** The weight [C, D], row-major, of one head. */
    float[] weight(int head) {
        try (Scope scope = Scope.open()) {
            return weight.select(0, head).transpose(0, 1).toFloats();
        }
    }

    /** The bias [C] of one head. */
    float[] bias(int head) {
        try (Scope scope = Scope.open()) {
            return bias.select(0, head).toFloats();
        }
    }

    /** Copies one head's parameters to another group's, at the same place. */
    void copyTo(HeadGroup other, int head) {
        other.weight.select(0, head).copyInPlace(weight.select(0, head));
        other.bias.select(0, head).copyInPlace(bias.select(0, head));
    }

    @Override
    public void close() {
        optimisers.values().forEach(Adam::close);
        gradients.values().forEach(TensorList::close);
        views.forEach(Tensor::close);
        List.of(weight, bias, weightGradients, biasGradients).forEach(Tensor::close);
    }
}
