package org.osler.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.SeededRandom;
import org.osler.metric.Task;
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
import org.osler.study.Published;

/** A made-up study that has one of everything a page may have to show, hostile names included. */
final class DemoModel {

    static final String HOSTILE = "</script><script>alert('x')</script><b>&bold";

    private static final Published PUBLISHED =
            new Published("Wu and Papież 2025, table 1", 0.8739, 0.0061, 0.8912, 0.0102, false);

    private final SeededRandom random = SeededRandom.of(1, "demo report");

    private DemoModel() {}

    static ReportModel make() {
        return new DemoModel().model();
    }

    private ReportModel model() {
        var breast = new DatasetView(
                "breastmnist",
                Task.BINARY,
                List.of("malignant", "normal, benign"),
                "546 train, 78 val, 156 test images of 28 × 28",
                images(1),
                Optional.empty());
        var retina = new DatasetView(
                "retinamnist",
                Task.ORDINAL,
                List.of("0", "1", "2", "3", HOSTILE),
                "1080 train, 120 val, 400 test images of 28 × 28",
                images(3),
                Optional.empty());
        var chest = new DatasetView(
                "chest-file",
                Task.MULTI_LABEL,
                List.of("atelectasis", "effusion", "hernia"),
                "200 train, 50 val, 50 test images of 64 × 64",
                Map.of(),
                Optional.of("the dataset's file was not found when this report was made"));
        var rows = new ArrayList<Row>();
        for (DatasetView dataset : List.of(breast, retina)) {
            double level = dataset.equals(breast) ? 0.86 : 0.53;
            rows.add(row(dataset, "ResNet-18", "linear-probe", level - 0.05, 3, true));
            rows.add(row(dataset, "ResNet-18", "fine-tune", level, 3, true));
            rows.add(row(dataset, "ViT-Ti/16", "nearest-neighbours", level - 0.06, 1, true));
            rows.add(row(dataset, "ViT-Ti/16", "linear-probe", level - 0.02, 3, true));
            rows.add(row(dataset, "ViT-Ti/16", "fine-tune", level + 0.01, 3, true));
            rows.add(row(dataset, "ViT-Ti/16", "fine-tune", level - 0.04, 3, false));
        }
        rows.add(row(chest, "ViT-S/16", "linear-probe", 0.93, 1, true));
        return new ReportModel(
                "demo & <study>",
                "Which of 3 encoders fits breastmnist, retinamnist and chest-file best?",
                "24 November 2026, 12:00 UTC",
                "./osler run studies/demo.yaml",
                "study: demo\ndatasets: [breastmnist] # " + HOSTILE + "\n",
                List.of(new ReportModel.Axis(
                        "encoder lr", "Encoder learning rate", "", "", ReportModel.AxisKind.LEARNING_RATE)),
                List.of(breast, retina, chest),
                rows,
                List.of(new ReportModel.Failure("chest-file · ResNet-18 · seed 1", "out of memory & <patience>")),
                List.of());
    }

    private Row row(DatasetView dataset, String encoder, String strategy, double level, int seeds, boolean selected) {
        var runs = new ArrayList<Run>();
        for (int seed = 0; seed < seeds; seed++) {
            runs.add(run(dataset, strategy, level + 0.012 * random.normal(), seed));
        }
        boolean published = encoder.startsWith("ViT-Ti") && strategy.equals("fine-tune") && selected;
        return new Row(
                dataset.name(),
                encoder,
                encoder.toLowerCase(java.util.Locale.ROOT) + ".demo",
                dataset.name().equals("chest-file"),
                strategy,
                selected ? "" : "encoder lr 0.001",
                List.of(strategy.equals("fine-tune") ? selected ? "0.0001" : "0.001" : ""),
                selected,
                published ? List.of("encoder lr") : List.of(),
                runs,
                published ? Optional.of(PUBLISHED) : Optional.empty(),
                dataset.images().isEmpty() ? List.of() : examples(dataset, seeds));
    }

    private Run run(DatasetView dataset, String strategy, double level, int seed) {
        boolean undefined = dataset.task() == Task.MULTI_LABEL;
        boolean trained = !strategy.equals("nearest-neighbours");
        double auc = undefined ? Double.NaN : level + 0.04;
        List<Point> curve = trained ? curve(level, undefined) : List.of();
        var provenance = new LinkedHashMap<String, String>();
        provenance.put("Osler", "0.1.0 (abc1234)");
        provenance.put("data", "breastmnist.npz, MD5 0123");
        provenance.put("JVM", "OpenJDK 17.0.15");
        provenance.put("finished", "2026-11-24 11:0" + seed);
        return new Run(
                String.format("%016x", Math.round(1e15 * random.uniform())),
                seed,
                trained ? "head 1e-3" : "",
                new Scores(level + 0.01, undefined ? Double.NaN : auc + 0.01),
                new Scores(level, auc),
                Optional.of(new Range(level - 0.05, level + 0.045)),
                undefined ? Optional.empty() : Optional.of(new Range(auc - 0.06, auc + 0.04)),
                curve,
                trained ? 7 : -1,
                Optional.of(detail(dataset, level)),
                trained ? 63.2 : 0.8,
                provenance);
    }

    private List<Point> curve(double level, boolean undefined) {
        var points = new ArrayList<Point>();
        for (int i = 1; i <= 11; i++) {
            double reached = level * (1 - 0.35 * Math.exp(-0.5 * i)) + 0.006 * random.normal();
            points.add(new Point(
                    i * 10, i * 80, 0.75 * Math.exp(-0.25 * i), reached, undefined ? Double.NaN : reached + 0.03));
        }
        return points;
    }

    private Detail detail(DatasetView dataset, double level) {
        int count = dataset.labels().size();
        var classes = new ArrayList<ClassResult>();
        double[][] confusion = new double[dataset.task() == Task.MULTI_LABEL ? 0 : count][count];
        for (int k = 0; k < count; k++) {
            boolean absent = k == 2 && dataset.task() == Task.MULTI_LABEL;
            double value = level + 0.05 * random.normal();
            classes.add(
                    absent
                            ? new ClassResult(Double.NaN, 0.99, Double.NaN, Double.NaN, 0)
                            : new ClassResult(value, value + 0.02, value + 0.03, value - 0.02, 40 + 37 * k));
            for (int p = 0; p < count && confusion.length > 0; p++) {
                confusion[k][p] = k == p ? 40 + random.below(40) : random.below(15);
            }
        }
        var bins = new ArrayList<Bin>();
        for (int b = 0; b < 15; b++) {
            double confidence = (b + 0.5) / 15;
            bins.add(b < 5 ? new Bin(0, 0, 0) : new Bin(4 * b, confidence, confidence * confidence + 0.1));
        }
        return new Detail(classes, confusion, bins, 0.08 + 0.01 * random.normal(), 0.21);
    }

    private List<Example> examples(DatasetView dataset, int seeds) {
        var examples = new ArrayList<Example>();
        List<String> labels = dataset.labels();
        for (int i = 0; i < 12; i++) {
            boolean right = i >= 8;
            int truth = i % labels.size();
            int predicted = right ? truth : (truth + 1) % labels.size();
            double score = right ? 0.99 - 0.001 * i : 0.01 + 0.03 * i;
            examples.add(new Example(
                    i * 7,
                    labels.get(truth),
                    labels.get(predicted),
                    score,
                    right ? score : 0.97 - score,
                    right,
                    right ? 0 : seeds));
        }
        return examples;
    }

    /** Twelve images of a bright disc on speckle. */
    private Map<Integer, String> images(int channels) {
        var images = new LinkedHashMap<Integer, String>();
        int side = 28;
        for (int i = 0; i < 12; i++) {
            byte[] pixels = new byte[side * side * channels];
            for (int p = 0; p < pixels.length; p++) {
                int y = p / channels / side - 14;
                int x = p / channels % side - 14;
                double radius = 5 + 0.5 * i;
                double light = x * x + y * y < radius * radius ? 40 : 130;
                pixels[p] =
                        (byte) Math.max(0, Math.min(255, light * (0.7 + 0.3 * random.normal()) + 25 * (p % channels)));
            }
            images.put(i * 7, PngImage.dataUri(pixels, side, side, channels));
        }
        return images;
    }
}
