package org.osler.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.InputException;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderWeights;
import org.osler.tensor.Device;
import org.osler.tensor.Libtorch;
import org.osler.tensor.MatrixProduct;
import org.osler.tensor.Precision;
import org.osler.tensor.ResidentMemory;
import org.osler.train.Throughput;
import org.osler.weights.Home;
import org.osler.weights.WeightFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast an encoder is on this machine. */
@Command(
        name = "bench",
        header = "Measure how fast an encoder is on this machine.",
        description = {
            "",
            "Batches of noise go the way of a feature pass, or of a fine-tuning step, reading and resizing included: first"
                    + " some that are not counted, then as many as fit into --seconds. Without --weights the encoder's values"
                    + " are random, on which the speed does not depend; nothing is fetched.",
            "",
            "Beside it stands the fastest matrix product of the same run on the same machine: no encoder gets beyond."
                    + " docs/planning.md describes the output of --json."
        },
        footer = {
            "  osler bench --encoder vit_base_patch16_224",
            "  osler bench --encoder resnet18 --mode train --batch 16",
            "  osler bench --encoder vit_base_patch16_224 --precision bf16 --threads 1 --json"
        })
final class BenchCommand implements Callable<Integer> {

    private static final int INFER_BATCH = 32;
    private static final int TRAIN_BATCH = 16;
    private static final int LARGEST_BATCH = 1024;
    private static final int LARGEST_INPUT = 4096;
    private static final int MOST_THREADS = 4096;
    private static final double LONGEST_SECONDS = 86_400;
    private static final int WARM_UPS = 2;
    private static final int FEWEST_BATCHES = 3;

    private final Terminal terminal;
    private final Home home;

    @Option(names = "--encoder", required = true, paramLabel = "ID", description = "One of 'osler models'.")
    private String encoderName;

    @Option(names = "--weights", paramLabel = "FILE", description = "Its weights (default: random values).")
    private Path weights;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images in a batch (default: " + INFER_BATCH + ", with --mode train " + TRAIN_BATCH + ").")
    private Integer batch;

    @Option(names = "--input", paramLabel = "PIXELS", description = "What the encoder sees (default: its own size).")
    private Integer input;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "infer",
            description = "infer: features; train: fine-tuning steps (default: ${DEFAULT-VALUE}).")
    private Throughput.Mode mode;

    @Option(
            names = "--precision",
            paramLabel = "KIND",
            defaultValue = "fp32",
            description = "fp32 or bf16 (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    @Mixin
    private final DeviceOption where = new DeviceOption();

    @Option(names = "--threads", paramLabel = "N", description = "Processor threads (default: one a core).")
    private Integer threads;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "5",
            description = "How long the counted batches go on; at least " + FEWEST_BATCHES
                    + " are done (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "Print a JSON object instead.")
    private boolean json;

    @Option(
            names = "--turns",
            description = "Measure anew for every line of standard input, and print the seconds of each batch as a JSON"
                    + " list: to take turns with another program.")
    private boolean turns;

    BenchCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        EncoderCard card = EncoderOptions.card("--encoder", encoderName);
        int images = batch == null ? mode == Throughput.Mode.INFER ? INFER_BATCH : TRAIN_BATCH : batch;
        requireSense(images);
        Device device = where.device();
        Optional<Path> file = weights == null
                ? Optional.empty()
                : Optional.of(WeightFiles.find(home, card.id(), card.source(), Optional.of(weights)));
        if (threads != null) {
            Libtorch.threads(threads);
        }
        int side = input == null ? card.input() : input;
        Throughput speed;
        try (Encoder encoder = mode == Throughput.Mode.TRAIN
                        ? EncoderWeights.open(card, side, file)
                        : EncoderWeights.openFrozen(card, side, file, precision, device);
                Throughput.Work work = prepare(encoder, images, device)) {
            if (turns) {
                takeTurns(work, images);
                return ExitCode.DONE;
            }
            speed = Throughput.of(work, images, new Throughput.Budget(WARM_UPS, FEWEST_BATCHES, seconds));
        }
        var memory = ResidentMemory.peak(); // before the matrices, which are not the encoder's
        var bench = new BenchResult(
                card, file, mode, side, precision, device, speed, memory, MatrixProduct.measure(precision, device));
        if (json) {
            terminal.out().println(bench.json().toPrettyString());
        } else {
            bench.print(terminal);
        }
        return ExitCode.DONE;
    }

    private Throughput.Work prepare(Encoder encoder, int images, Device device) {
        if (mode == Throughput.Mode.TRAIN) {
            encoder.parameters().computeIn(precision.type());
            encoder.parameters().moveTo(device);
        }
        return Throughput.prepare(encoder, mode, images);
    }

    private void takeTurns(Throughput.Work work, int images) throws IOException {
        var turn = new Throughput.Budget(0, 1, seconds);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            terminal.out().println(Throughput.of(work, images, turn).seconds());
        }
    }

    private void requireSense(int images) {
        within("--batch", images, LARGEST_BATCH);
        if (input != null) {
            within("--input", input, LARGEST_INPUT);
        }
        if (threads != null) {
            within("--threads", threads, MOST_THREADS);
        }
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw new InputException("--seconds " + seconds + ": 0 to " + (long) LONGEST_SECONDS + " is right");
        }
    }

    private static void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new InputException(option + " " + value + ": 1 to " + most + " is right");
        }
    }
}
