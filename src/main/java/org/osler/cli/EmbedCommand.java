package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.osler.data.Dataset;
import org.osler.data.DatasetCatalog;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderWeights;
import org.osler.study.Needs;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.train.FeatureExtractor;
import org.osler.weights.HashMemory;
import org.osler.weights.Home;
import org.osler.weights.LockFile;
import org.osler.weights.WeightFiles;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an encoder's features of a dataset to a file. */
@Command(
        name = "embed",
        header = "Write an encoder's features of every image of a dataset to a safetensors file.",
        description = {
            "",
            "The file holds one float32 tensor [N, D] a split, named train, val and test, in the dataset's order."
        },
        footer = {
            "  osler embed --encoder vit_tiny_patch16_224 --data breastmnist --out features.safetensors",
            "  osler embed --encoder resnet18 --data scans/ --out features.safetensors",
            "  osler embed --encoder resnet18 --weights random --data my.npz --input 64 --out features.safetensors"
        })
final class EmbedCommand implements Callable<Integer> {

    private static final int DEFAULT_SIZE = 224;

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;

    @Mixin
    private final EncoderOptions chosen = new EncoderOptions();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "NAME|FILE|DIR",
            description =
                    "One of 'osler datasets', an .npz file of the MedMNIST layout, a folder of class folders, or a .csv"
                            + " manifest of images.")
    private String data;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description =
                    "Which MedMNIST file: 28, 64, 128 or 224 (default: 224); of image files the side of the squares"
                            + " that are stored (default: what the encoder sees).")
    private Integer size;

    @Mixin
    private final ImageOptions images = new ImageOptions();

    @Mixin
    private final SquareOptions square = new SquareOptions();

    @Option(names = "--input", paramLabel = "PIXELS", description = "What the encoder sees (default: its own size).")
    private Integer input;

    @Option(
            names = "--resize",
            paramLabel = "MODE",
            defaultValue = "scale",
            description = "scale or pad (default: ${DEFAULT-VALUE}).")
    private Resize resize;

    @Option(
            names = "--precision",
            paramLabel = "KIND",
            defaultValue = "fp32",
            description = "fp32, or bf16: faster where the processor has bfloat16, and a little less exact (default:"
                    + " ${DEFAULT-VALUE}).")
    private Precision precision;

    @Mixin
    private final DeviceOption where = new DeviceOption();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The safetensors file to write.")
    private Path out;

    EmbedCommand(Terminal terminal, Home home, NetworkSettings network) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
    }

    @Override
    public Integer call() throws IOException {
        EncoderCard card = chosen.card();
        Device device = where.device();
        fetchMissing(card);
        String weights = chosen.weights();
        Optional<Path> file = EncoderOptions.RANDOM.equals(weights)
                ? Optional.empty()
                : Optional.of(WeightFiles.find(
                        home,
                        card.id(),
                        card.source(),
                        Optional.ofNullable(weights).map(Path::of)));
        int side = input == null ? card.input() : input;
        long start = System.nanoTime();
        try (Dataset dataset = new DataOption(terminal, home, data, images)
                        .open(places.dataDir().orElse(null), officialSize(), size == null ? side : size, square);
                Encoder encoder = EncoderWeights.openFrozen(card, side, file, precision, device)) {
            FeatureExtractor.write(
                    encoder,
                    dataset,
                    card.preprocessing(side, resize),
                    out,
                    made(card, file, dataset, side, device),
                    new ConsoleProgress(terminal, InstantSource.system()));
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%s: train %d, val %d, test %d × %d features of %s%s, in %.1f s%n",
                            out,
                            dataset.count(Split.TRAIN),
                            dataset.count(Split.VAL),
                            dataset.count(Split.TEST),
                            card.features(),
                            card.id(),
                            file.isPresent() ? "" : " (untrained)",
                            (System.nanoTime() - start) / 1e9);
        }
        return ExitCode.DONE;
    }

    private void fetchMissing(EncoderCard card) throws IOException {
        boolean needsWeights = chosen.weights() == null && Needs.isMissing(home, card);
        List<Needs.OfficialFile> files = DatasetCatalog.find(data).stream()
                .filter(known -> Needs.isMissing(home, places.dataDir(), known, officialSize()))
                .map(known -> new Needs.OfficialFile(known, officialSize()))
                .toList();
        places.missing(terminal, home, network).fetch(new Needs(needsWeights ? List.of(card) : List.of(), files));
    }

    private int officialSize() {
        return size == null ? DEFAULT_SIZE : size;
    }

    private String sha256(EncoderCard card, Path file) throws IOException {
        String sha256 = new HashMemory(home).sha256(file);
        if (chosen.weights() == null) {
            LockFile.requireFound(home, card.source(), file, sha256);
        }
        return sha256;
    }

    private Map<String, String> made(EncoderCard card, Optional<Path> file, Dataset dataset, int side, Device device)
            throws IOException {
        Map<String, String> made = new TreeMap<>();
        made.put("encoder", card.id());
        made.put("weights", file.isPresent() ? sha256(card, file.get()) : EncoderOptions.RANDOM);
        made.put("dataset", dataset.name());
        made.put("data_md5", dataset.hash());
        made.put("input", Integer.toString(side));
        made.put("precision", precision.id());
        if (!device.isCpu()) {
            made.put("device", Cuda.describe(device));
        }
        made.put("resize", resize.id());
        return made;
    }
}
