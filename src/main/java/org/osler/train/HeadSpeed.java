package org.osler.train;

import java.util.List;
import java.util.stream.IntStream;
import org.osler.encoder.Encoder;
import org.osler.metric.Task;
import org.osler.nn.Init;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * How fast work on features is on this machine, measured in a moment: it is a small part of any study.
 *
 * @param headStep seconds of one head's part in an optimiser step, for each feature
 * @param pair seconds to compare a query with a training image, for each feature
 */
public record HeadSpeed(double headStep, double pair) {

    private static final int FEATURES = 768;
    private static final int CLASSES = 8;
    private static final int HEADS = 3;
    private static final int BATCH = 64;
    private static final int WARM_UPS = 3;
    private static final int STEPS = 20;
    private static final int TRAIN = 2048;
    private static final int QUERIES = 512;
    private static final int NEIGHBOURS = 11;

    /** Measures a few steps of three heads and a few votes, on vectors of 768 features. */
    public static HeadSpeed measure() {
        return new HeadSpeed(steps() / (STEPS * HEADS * FEATURES), votes() / ((double) TRAIN * QUERIES * FEATURES));
    }

    private static double steps() {
        var objective = new Objective(Task.MULTI_CLASS, CLASSES, Recipe.BinaryOutput.ONE_LOGIT);
        Init init = Init.pytorchDefault(FEATURES);
        List<LinearProbe.Head> heads = IntStream.range(0, HEADS)
                .mapToObj(seed -> new LinearProbe.Head(seed, 1e-3))
                .toList();
        try (Scope scope = Scope.open();
                var group = new HeadGroup(
                        objective, FEATURES, heads, new Encoder.HeadInit(init, init), Recipe.wu2025(), Device.CPU)) {
            Tensor x = Tensors.full(0.5, DType.FLOAT32, HEADS, BATCH, FEATURES);
            Tensor y = Tensors.full(1.0 / CLASSES, DType.FLOAT32, HEADS, BATCH, CLASSES);
            long start = 0;
            for (int i = 0; i < WARM_UPS + STEPS; i++) {
                if (i == WARM_UPS) {
                    start = System.nanoTime();
                }
                try (Scope step = Scope.open()) {
                    group.step(x, y, 1);
                }
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static double votes() {
        try (Scope scope = Scope.open()) {
            Tensor train = Tensors.full(0.5, DType.FLOAT32, TRAIN, FEATURES);
            Tensor queries = Tensors.full(0.25, DType.FLOAT32, QUERIES, FEATURES);
            NearestNeighbours.nearest(train, queries, NEIGHBOURS); // warms up
            long start = System.nanoTime();
            NearestNeighbours.nearest(train, queries, NEIGHBOURS);
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
