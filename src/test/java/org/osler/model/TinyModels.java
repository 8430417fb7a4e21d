package org.osler.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.SeededRandom;
import org.osler.data.Resize;
import org.osler.data.image.Fit;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.EncoderWeights;
import org.osler.metric.Task;
import org.osler.metric.Units;
import org.osler.tensor.Precision;
import org.osler.train.TrainedHead;

/** Models of a random ViT-Tiny at 32 pixels and a random head, to try reading and predicting on. */
public final class TinyModels {

    private static final int INPUT = 32;

    private TinyModels() {}

    /** Writes a model for grey images of 28 pixels. */
    public static void write(Path folder, Task task, int classes) throws IOException {
        write(folder, task, classes, 192, task.logits(classes));
    }

    /** The same with a head of any shape. */
    static void write(Path folder, Task task, int classes, int features, int logits) throws IOException {
        try (Encoder encoder = EncoderWeights.open(
                EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow(), INPUT, Optional.empty())) {
            List<String> labels = IntStream.range(0, classes)
                    .mapToObj(c -> c == 1 ? "benign, \"or so\"" : "class " + c)
                    .toList();
            ModelDescription model = new ModelDescription(
                    task,
                    labels,
                    encoder.card(),
                    new ImageForm(28, 28, 1, Fit.STRETCH, Optional.empty()),
                    INPUT,
                    Resize.SCALE,
                    Precision.FP32,
                    1.5,
                    true);
            ModelFolder.write(folder, model, encoder.parameters(), head(features, logits), story(task, labels, logits));
        }
    }

    static TrainedHead head(int features, int logits) {
        SeededRandom random = SeededRandom.of(1, "head");
        float[] weight = new float[logits * features];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.normal();
        }
        return new TrainedHead(features, weight, new float[logits], logits(logits), logits(logits));
    }

    private static ModelFolder.Story story(Task task, List<String> labels, int logits) {
        int[][] truth = new int[40][];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = task == Task.MULTI_LABEL
                    ? IntStream.range(0, labels.size()).map(new Parity(i)::of).toArray()
                    : new int[] {i % labels.size()};
        }
        SplitMetrics metrics = SplitMetrics.of(task, labels, truth, Units.alone(truth.length), logits(logits), 1.5);
        ModelOrigin origin = new ModelOrigin(
                "linear-probe",
                Map.of("head-lr", 1e-3),
                "wu2025",
                0,
                JsonNodeFactory.instance.objectNode(),
                1,
                new ModelOrigin.Data("phantom", "0", 40, 40, 40),
                ModelOrigin.RANDOM,
                new ModelOrigin.Software("0", "0", "0", "0", "0", "0", 1, "cpu"),
                Instant.EPOCH);
        return new ModelFolder.Story(origin, metrics, metrics, List.of("1 of 5 test images was seen."));
    }

    private record Parity(int i) {
        int of(int label) {
            return (i + label) % 2;
        }
    }

    private static double[][] logits(int width) {
        SeededRandom random = SeededRandom.of(2, "logits");
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double[] row = new double[width];
            for (int c = 0; c < width; c++) {
                row[c] = (float) random.normal();
            }
            rows.add(row);
        }
        return rows.toArray(new double[0][]);
    }
}
