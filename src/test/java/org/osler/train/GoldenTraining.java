package org.osler.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.FormulaWeights;
import org.osler.nn.Parameters;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** Where the trainings begin that the goldens tell of: weights, images and batches as train_goldens.py makes them. */
final class GoldenTraining {

    /** The order of batches. */
    static final BatchOrder ORDER = (epoch, samples) -> {
        int[] order = new int[samples];
        for (int i = 0; i < samples; i++) {
            order[i] = (i * 7 + epoch * 13) % samples;
        }
        return order;
    };

    private GoldenTraining() {}

    /** What PyTorch or scikit-learn gave. */
    static JsonNode golden(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new ObjectMapper().readTree(in);
        }
    }

    /** 41 training, 9 validation and 9 test images of three classes. */
    static Dataset dataset(Path folder) throws IOException {
        Path npz = folder.resolve("tiny.npz");
        if (!Files.exists(npz)) {
            try (InputStream in = resource("tiny.npz")) {
                Files.copy(in, npz);
            }
        }
        return SmallTraining.open(folder, DatasetSource.of(npz));
    }

    /** An encoder whose weights a formula gives. */
    static Encoder encoder(String name, int input) {
        Encoder encoder = EncoderCatalog.find(name).orElseThrow().build(input);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        encoder.parameters()
                .entries()
                .forEach((key, entry) -> shapes.put(key, entry.tensor().shape()));
        FormulaWeights.fill(encoder, shapes, 1);
        return encoder;
    }

    /** Gives the head of a run the formula's weights. */
    static void fillHead(FineTune run) {
        fill(run.headParameters());
    }

    /** Gives a head the formula's weights. */
    static void fill(Parameters parameters) {
        parameters.entries().forEach((name, entry) -> {
            try (Scope scope = Scope.open()) {
                Tensor tensor = entry.tensor();
                tensor.detach().copyInPlace(FormulaWeights.tensor(name, tensor.shape()));
            }
        });
    }

    private static InputStream resource(String name) {
        return GoldenTraining.class.getResourceAsStream("/golden/train/" + name);
    }
}
