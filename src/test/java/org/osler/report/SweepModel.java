package org.osler.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.SeededRandom;
import org.osler.metric.Task;
import org.osler.report.ReportModel.Axis;
import org.osler.report.ReportModel.AxisKind;
import org.osler.report.ReportModel.Bin;
import org.osler.report.ReportModel.ClassResult;
import org.osler.report.ReportModel.DatasetView;
import org.osler.report.ReportModel.Detail;
import org.osler.report.ReportModel.Example;
import org.osler.report.ReportModel.Point;
import org.osler.report.ReportModel.Range;
import org.osler.report.ReportModel.Row;
import org.osler.report.ReportModel.Run;
import org.osler.report.ReportModel.Scores;

/** Made-up studies with many rows: the paper's grid, and one that varies every ordered setting. */
final class SweepModel {

    static final List<String> ENCODERS = List.of(
            "VGG16",
            "DenseNet-121",
            "ResNet-18",
            "EfficientNet-B4",
            "ViT-B/16",
            "CLIP ViT-B/16",
            "SAM-C ViT-B/16",
            "SAM ViT-B/16",
            "EVA-02 ViT-B/14",
            "OpenAI ViT-B/16",
            "DINO ViT-B/16",
            "DINOv2 ViT-B/14");

    /** Names and numbers of classes of the twelve. */
    private static final Map<String, Integer> DATASETS = datasets();

    private static final Axis ENCODER_LR =
            new Axis("encoder lr", "Encoder learning rate", "", "", AxisKind.LEARNING_RATE);
    private static final List<Axis> SWEPT = List.of(
            ENCODER_LR,
            new Axis("shots", "Few shots", "training images a class", "Images are drawn by seed.", AxisKind.NUMBER),
            new Axis("size", "Image size", "px", "", AxisKind.NUMBER),
            new Axis("resize", "resize", "", "", AxisKind.WORD));

    private final SeededRandom random = SeededRandom.of(7, "sweep");
    private final List<Row> rows = new ArrayList<>();

    private SweepModel() {}

    private static Map<String, Integer> datasets() {
        var datasets = new LinkedHashMap<String, Integer>();
        List<String> names = List.of(
                "pathmnist",
                "chestmnist",
                "dermamnist",
                "octmnist",
                "pneumoniamnist",
                "retinamnist",
                "breastmnist",
                "bloodmnist",
                "tissuemnist",
                "organamnist",
                "organcmnist",
                "organsmnist");
        int[] classes = {9, 14, 7, 4, 2, 5, 2, 8, 8, 11, 11, 11};
        IntStream.range(0, names.size()).forEach(i -> datasets.put(names.get(i), classes[i]));
        return datasets;
    }

    /**
     * The paper's grid: 12 encoders × 12 datasets × (linear probing + fine-tuning at 4 learning rates) × 3 seeds, 2160
     * trials; but for one encoder that lacks the last dataset. Kept is what a large study keeps.
     */
    static ReportModel paper() {
        return new SweepModel().paperModel();
    }

    /** 2 datasets × 3 encoders × 3 sizes × 2 ways of resizing × 3 numbers of shots × 3 learning rates × 2 seeds. */
    static ReportModel sweep() {
        return new SweepModel().sweepModel();
    }

    private ReportModel paperModel() {
        for (var dataset : DATASETS.entrySet()) {
            for (String encoder : ENCODERS) {
                if (encoder.equals("VGG16") && dataset.getKey().equals("organsmnist")) {
                    continue;
                }
                double level = 0.7 + 0.25 * random.uniform();
                add(dataset.getKey(), encoder, "linear-probe", List.of(""), level - 0.05, true, 3);
                boolean cnn = ENCODERS.indexOf(encoder) < 4;
                List<String> rates = cnn
                        ? List.of("0.001", "0.0001", "1e-05", "1e-06")
                        : List.of("0.0001", "1e-05", "1e-06", "1e-07");
                int best = random.below(4);
                for (int i = 0; i < 4; i++) {
                    double own = level - 0.04 * Math.abs(i - best);
                    add(dataset.getKey(), encoder, "fine-tune", List.of(rates.get(i)), own, i == best, 3);
                }
            }
        }
        return model("wu2025", List.of(ENCODER_LR), List.copyOf(DATASETS.keySet()));
    }

    private ReportModel sweepModel() {
        for (String dataset : List.of("dermamnist", "retinamnist")) {
            for (String encoder : ENCODERS.subList(2, 5)) {
                for (String resize : List.of("scale", "pad")) {
                    for (String size : List.of("28", "64", "128")) {
                        for (String shots : List.of("10", "50", "all")) {
                            tune(dataset, encoder, List.of(shots, size, resize));
                        }
                    }
                }
            }
        }
        return model("sweep", SWEPT, List.of("dermamnist", "retinamnist"));
    }

    private void tune(String dataset, String encoder, List<String> others) {
        double level = 0.6
                + (others.get(0).equals("all") ? 0.2 : Double.parseDouble(others.get(0)) / 500)
                + Double.parseDouble(others.get(1)) / 2000
                + 0.03 * random.uniform();
        List<String> rates = List.of("1e-05", "0.0001", "0.001");
        int best = random.below(3);
        for (int i = 0; i < 3; i++) {
            var values = new ArrayList<>(List.of(rates.get(i)));
            values.addAll(others);
            add(dataset, encoder, "fine-tune", values, level - 0.05 * Math.abs(i - best), i == best, 2);
        }
    }

    private void add(
            String dataset,
            String encoder,
            String strategy,
            List<String> values,
            double level,
            boolean selected,
            int seeds) {
        boolean edge = selected && List.of("0.001", "1e-07").contains(values.get(0));
        var runs = new ArrayList<Run>();
        for (int seed = 0; seed < seeds; seed++) {
            runs.add(run(DATASETS.get(dataset), seed, level + 0.01 * random.normal(), selected));
        }
        String settings = String.join(
                ", ", values.stream().filter(value -> !value.isEmpty()).toList());
        rows.add(new Row(
                dataset,
                encoder,
                encoder.toLowerCase(Locale.ROOT).replace(' ', '_') + ".demo",
                false,
                strategy,
                values.get(0).isEmpty() ? "" : "encoder lr " + settings,
                values,
                selected,
                edge ? List.of("encoder-lr") : List.of(),
                runs,
                Optional.empty(),
                selected ? examples(DATASETS.get(dataset)) : List.of()));
    }

    private Run run(int classes, int seed, double level, boolean selected) {
        var curve = new ArrayList<Point>();
        for (int i = 1; i <= 11; i++) {
            double reached = level * (1 - 0.35 * Math.exp(-0.5 * i)) + 0.006 * random.normal();
            curve.add(new Point(i * 10, i * 800, 0.75 * Math.exp(-0.25 * i), reached, reached + 0.03));
        }
        var provenance = new LinkedHashMap<String, String>();
        provenance.put("Osler", "0.1.0 (abc1234)");
        provenance.put("libtorch", "2.10.0");
        provenance.put("encoder", "vit_base_patch16_224.augreg2_in21k_ft_in1k");
        provenance.put("weights SHA-256", String.format("%064x", Math.round(1e15 * random.uniform())));
        provenance.put("data MD5", String.format("%032x", Math.round(1e15 * random.uniform())));
        provenance.put("finished", "24 November 2026, 11:0" + seed + " UTC");
        Optional<Range> interval = selected ? Optional.of(new Range(level - 0.02, level + 0.02)) : Optional.empty();
        return new Run(
                String.format("%016x", Math.round(1e18 * random.uniform())),
                seed,
                "encoder lr 0.0001, head lr 0.001",
                new Scores(level + 0.01, level + 0.04),
                new Scores(level, level + 0.03),
                interval,
                interval,
                curve,
                8,
                selected ? Optional.of(detail(classes, level)) : Optional.empty(),
                63.2,
                provenance);
    }

    private Detail detail(int count, double level) {
        var classes = new ArrayList<ClassResult>();
        double[][] confusion = new double[count == 14 ? 0 : count][count];
        for (int k = 0; k < count; k++) {
            double value = Math.min(1, level + 0.08 * random.normal());
            classes.add(new ClassResult(value, Math.min(1, value + 0.02), value, value - 0.02, 40 + 137 * k));
            for (int p = 0; p < count && confusion.length > 0; p++) {
                confusion[k][p] = k == p ? 400 + random.below(400) : random.below(55);
            }
        }
        var bins = new ArrayList<Bin>();
        for (int b = 0; b < 15; b++) {
            bins.add(new Bin(40 * b, (b + 0.5) / 15, Math.pow((b + 0.5) / 15, 1.3)));
        }
        return new Detail(classes, confusion, bins, 0.08, 0.21);
    }

    private List<Example> examples(int classes) {
        var examples = new ArrayList<Example>();
        for (int i = 0; i < 6; i++) {
            int truth = random.below(classes);
            boolean right = i >= 4;
            int guess = right ? truth : (truth + 1) % classes;
            examples.add(
                    new Example(random.below(60), "class " + truth, "class " + guess, 0.1, 0.9, right, right ? 0 : 3));
        }
        return examples;
    }

    private ReportModel model(String study, List<Axis> axes, List<String> datasets) {
        String image = noise();
        Gallery gallery = Gallery.of(rows, (dataset, index) -> Optional.of(image), 6_000_000);
        List<DatasetView> views = datasets.stream()
                .map(name -> new DatasetView(
                        name,
                        DATASETS.get(name) == 2 ? Task.BINARY : Task.MULTI_CLASS,
                        IntStream.range(0, DATASETS.get(name))
                                .mapToObj(k -> k == 1 ? "class 1, with a rather longer name" : "class " + k)
                                .toList(),
                        "7000 training, 1000 validation and 2000 test images of 224 × 224 pixels, colour",
                        gallery.images().get(name),
                        Optional.empty()))
                .toList();
        return new ReportModel(
                study,
                "Which of the encoders fits best?",
                "24 November 2026, 12:00 UTC",
                "./osler run studies/" + study + ".yaml",
                "study: " + study + "\n",
                axes,
                views,
                gallery.rows(),
                List.of(),
                List.of("Test images are kept for the best rows of each dataset only."));
    }

    /** What a coloured image of a large study takes, at its worst: nothing in it can be compressed. */
    private String noise() {
        byte[] pixels = new byte[112 * 112 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.below(256);
        }
        return PngImage.dataUri(pixels, 112, 112, 3);
    }
}
