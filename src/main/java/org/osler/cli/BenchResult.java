package org.osler.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.osler.Build;
import org.osler.encoder.EncoderCard;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;
import org.osler.tensor.Libtorch;
import org.osler.tensor.MatrixProduct;
import org.osler.tensor.Precision;
import org.osler.tensor.Processor;
import org.osler.train.Throughput;

/**
 * What {@code bench} found out.
 *
 * @param weights the weight file; empty: random values
 * @param input side in pixels of what the encoder saw
 * @param device where it computed
 * @param speed how fast it was
 * @param peakMemory the most bytes that the process took for it; empty where the system does not tell
 * @param product the machine's matrix product, for comparison
 */
record BenchResult(
        EncoderCard card,
        Optional<Path> weights,
        Throughput.Mode mode,
        int input,
        Precision precision,
        Device device,
        Throughput speed,
        OptionalLong peakMemory,
        MatrixProduct product) {

    private static final double GIGA = 1e9;
    private static final double MEBI = 1 << 20;
    private static final double LOWER_QUARTILE = 0.25;
    private static final double UPPER_QUARTILE = 0.75;

    /** A multiplication and an addition. */
    private static final int OPERATIONS = 2;

    /** Forward, then the gradients of activations and of weights: three times the products of a feature pass. */
    private static final int TRAINING = 3;

    /** GFLOP an image; known at the architecture's own input only. */
    private OptionalDouble gflopPerImage() {
        if (input != card.architecture().input()) {
            return OptionalDouble.empty();
        }
        int passes = mode == Throughput.Mode.TRAIN ? TRAINING : 1;
        return OptionalDouble.of(
                (double) OPERATIONS * passes * card.architecture().multiplyAdds() / GIGA);
    }

    void print(Terminal terminal) {
        var out = terminal.out();
        out.println(terminal.styled("@|bold " + card.id() + "|@")
                + weights.map(file -> ", " + file).orElse(", random values"));
        out.printf(
                Locale.ROOT,
                "%s of %d × %d pixels, batches of %d, %s, %d threads%n%s, libtorch %s%n%n",
                mode == Throughput.Mode.INFER ? "features of images" : "fine-tuning steps on images",
                input,
                input,
                speed.batch(),
                precision.id(),
                Libtorch.threads(),
                device.isCpu() ? Processor.name() : Cuda.describe(device),
                Libtorch.version());
        out.printf(
                Locale.ROOT,
                "%10.1f images/s: median of %d batches, the middle half of them %.1f to %.1f%n",
                speed.median(),
                speed.seconds().size(),
                speed.quantile(LOWER_QUARTILE),
                speed.quantile(UPPER_QUARTILE));
        gflopPerImage().ifPresent(each -> {
            double reached = each * speed.median();
            out.printf(
                    Locale.ROOT,
                    "%10.1f GFLOP/s, at %.1f GFLOP an image: %.0f %% of a plain matrix product%n",
                    reached,
                    each,
                    100 * reached / product.gflops());
        });
        out.printf(
                Locale.ROOT,
                "%10.1f GFLOP/s: matrix product %d × %d, by %s%n",
                product.gflops(),
                product.size(),
                product.size(),
                product.route());
        peakMemory.ifPresent(
                bytes -> out.printf(Locale.ROOT, "%10.0f MiB of memory at the peak, Java's included%n", bytes / MEBI));
    }

    ObjectNode json() {
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("encoder", card.id())
                .put("weights", weights.map(Path::toString).orElse(null))
                .put("mode", mode.id())
                .put("input", input)
                .put("batch", speed.batch())
                .put("precision", precision.id())
                .put("threads", Libtorch.threads())
                .put("processor", Processor.name())
                .put("device", Cuda.describe(device))
                .put("libtorch", Libtorch.version())
                .put("osler", Build.current().version())
                .put("commit", Build.current().commit())
                .put("batches", speed.seconds().size());
        json.putObject("imagesPerSecond")
                .put("median", speed.median())
                .put("lowerQuartile", speed.quantile(LOWER_QUARTILE))
                .put("upperQuartile", speed.quantile(UPPER_QUARTILE));
        OptionalDouble each = gflopPerImage();
        json.put("gflopPerImage", each.isPresent() ? each.getAsDouble() : null);
        json.put("gflops", each.isPresent() ? each.getAsDouble() * speed.median() : null);
        json.putObject("matrixProduct")
                .put("gflops", product.gflops())
                .put("size", product.size())
                .put("route", product.route());
        json.put("peakMemoryBytes", peakMemory.isPresent() ? peakMemory.getAsLong() : null);
        return json;
    }
}
