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
    private final Map<Double, Adam> optimisers = new LinkedHashMap<>();
    private final Map<Double, List<Integer>> members = new LinkedHashMap<>();
    private final List<Tensor> views = new ArrayList<>();

    /** Draws the heads' first values; they are trained on a device. */
    HeadGroup(Objective objective, int dimensions, List<Head> heads, HeadInit init, Recipe recipe, Device device) {
        this.objective = objective;
        this.size = heads.size();
        int logits = objective.logits();
        try (Scope scope = Scope.open()) {
            this.weight = scope.keep(alignedZeros(device, size, dimensions, logits));
            this.bias = scope.keep(Tensors.zeros(DType.FLOAT32, size, 1, logits).to(device));
            for (int h = 0; h < size; h++) {
                initialise(h, heads.get(h).seed(), dimensions, init);
                members.computeIfAbsent(heads.get(h).learningRate(), rate -> new ArrayList<>())
                        .add(h);
            }
            members.forEach((rate, of) -> {
                List<Tensor> parameters = new ArrayList<>();
                for (int h : of) {
                    parameters.add(scope.keep(weight.select(0, h)));
                    parameters.add(scope.keep(bias.select(0, h)));
                }
                views.addAll(parameters);
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

    /**
     * One optimiser step of every head.
     *
     * @param x features [H, B, D], each head's own batch
     * @param y targets [H, B, C]
     * @param factor what initial learning rates are multiplied by
     * @return the mean loss of each head before the step, [H]
     */
    Tensor step(Tensor x, Tensor y, double factor) {
        Tensor logits = forward(x);
        Tensor gradient = objective.gradientOfEach(logits, y);
        Tensor weightGradient = weightGradient(x, gradient);
        Tensor biasGradient = gradient.sum(true, 1);
        optimisers.forEach((rate, optimiser) -> {
            List<Tensor> gradients = new ArrayList<>();
            for (int h : members.get(rate)) {
                gradients.add(weightGradient.select(0, h));
                gradients.add(biasGradient.select(0, h));
            }
            optimiser.step(gradients, rate * factor);
        });
        return objective.lossOfEach(logits, y);
    }

    /**
     * With a single logit, products of matrices and vectors would be MKL's, whose last bits depend on where in memory a
     * head's part lies, and so on its company; products and sums element by element do not.
     */
    private Tensor forward(Tensor x) {
        return objective.logits() == 1
                ? x.mul(weight.transpose(1, 2)).sum(true, 2).add(bias)
                : Functions.baddbmm(bias, x, weight);
    }

    private Tensor weightGradient(Tensor x, Tensor gradient) {
        return objective.logits() == 1
                ? x.mul(gradient).sum(true, 1).transpose(1, 2)
                : x.transpose(1, 2).matmul(gradient);
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
        views.forEach(Tensor::close);
        weight.close();
        bias.close();
    }
}
