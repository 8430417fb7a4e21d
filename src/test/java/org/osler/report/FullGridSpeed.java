package org.osler.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.SeededRandom;
import org.osler.data.BlankNpz;
import org.osler.data.Dataset;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.metric.Evaluation;
import org.osler.metric.Task;
import org.osler.study.DataFacts;
import org.osler.study.Provenance;
import org.osler.study.ResultStore;
import org.osler.study.Strategy;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.train.CurvePoint;
import org.osler.train.Fit;
import org.osler.weights.Home;

/**
 * Measures, by hand, how long the report of the paper's whole grid takes: 2,160 made-up results on test splits as large
 * as MedMNIST's. The first start fills the folder (2 GB, some minutes):
 * {@code java -cp target/classes:target/test-classes:… org.osler.report.FullGridSpeed FOLDER [ROUNDS]}. Remove
 * {@code report.cache} from it to measure a first report again.
 */
final class FullGridSpeed {

    private static final int SEEDS = 3;
    private static final int FEW = 20;
    private static final List<Double> RATES = List.of(1e-3, 1e-4, 1e-5, 1e-6);

    private final Path folder;
    private final DatasetStore datasets;

    private FullGridSpeed(Path folder) {
        this.folder = folder;
        this.datasets = new DatasetStore(new Home(folder.resolve("home"), folder.resolve("hub")));
    }

    public static void main(String[] arguments) throws IOException {
        var grid = new FullGridSpeed(Path.of(arguments[0]));
        if (!Files.exists(grid.folder.resolve("filled"))) {
            grid.fill();
            Files.writeString(grid.folder.resolve("filled"), "");
        }
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            long processor = processorNanos();
            Path report = Report.write(grid.folder, trial -> Optional.of(grid.open(trial.dataset())));
            System.out.printf(
                    "report: %.1f s, %.1f s of processor time, %d bytes%n",
                    (System.nanoTime() - start) / 1e9, (processorNanos() - processor) / 1e9, Files.size(report));
        }
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private Dataset open(String name) throws IOException {
        DatasetCard card = DatasetCatalog.find(name).orElseThrow();
        Path npz = folder.resolve(name + ".npz");
        if (!Files.exists(npz)) {
            BlankNpz.write(
                    npz,
                    card.task(),
                    card.labelNames().size(),
                    FEW,
                    FEW,
                    card.samples().get(Split.TEST));
        }
        return datasets.open(new DatasetSource(name, npz, Optional.of(card.task()), List.of(), Optional.empty()));
    }

    private void fill() throws IOException {
        try (ResultStore store = ResultStore.open(folder)) {
            for (DatasetCard card : DatasetCatalog.cards()) {
                try (Dataset dataset = open(card.name())) {
                    for (String encoder : DemoGrid.ENCODERS) {
                        fill(store, dataset, encoder);
                    }
                }
            }
        }
    }

    private static void fill(ResultStore store, Dataset dataset, String encoder) {
        for (long seed = 0; seed < SEEDS; seed++) {
            store.commit(outcome(dataset, encoder, new Strategy.LinearProbe(1e-3), seed));
            for (double rate : RATES) {
                store.commit(outcome(dataset, encoder, new Strategy.FineTune(1e-3, rate), seed));
            }
        }
    }

    private static TrialOutcome outcome(Dataset dataset, String encoder, Strategy strategy, long seed) {
        Trial trial = SettingFixture.of(dataset.name(), encoder, strategy)
                .with(OptionalInt.of(224), Resize.SCALE)
                .trial(seed);
        var random = SeededRandom.of(seed, dataset.name() + encoder + strategy);
        int[][] val = dataset.labels(Split.VAL);
        int[][] test = dataset.labels(Split.TEST);
        double[][] valScores = scores(dataset, val, random);
        double[][] testScores = scores(dataset, test, random);
        Evaluation valEvaluation = Evaluation.of(dataset.task(), val, valScores);
        var point = new CurvePoint(1, 10, 0.5, valEvaluation.accuracy(), valEvaluation.auc(), 0.5);
        return new TrialOutcome(
                trial,
                new DataFacts(dataset.task(), dataset.labelNames(), 1, 28, 28, FEW, val.length, test.length),
                new Fit(point, List.of(point, point, point, point, point), valScores, testScores, 60),
                valEvaluation,
                Evaluation.of(dataset.task(), test, testScores),
                new Provenance(
                        "0.1.0",
                        "abc",
                        "2.10.0",
                        "JVM",
                        "Linux",
                        "cpu",
                        2,
                        "cpu",
                        "0",
                        dataset.hash(),
                        Instant.EPOCH,
                        Instant.EPOCH));
    }

    /** As float32, as heads give them. */
    private static double[][] scores(Dataset dataset, int[][] labels, SeededRandom random) {
        boolean several = dataset.task() == Task.MULTI_LABEL;
        double lean = 0.1 + 0.2 * random.uniform();
        double[][] scores = new double[labels.length][dataset.labelNames().size()];
        for (int i = 0; i < labels.length; i++) {
            double sum = 0;
            for (int c = 0; c < scores[i].length; c++) {
                boolean there = several ? labels[i][c] == 1 : labels[i][0] == c;
                scores[i][c] = (float) (0.6 * random.uniform() + (there ? lean : 0));
                sum += scores[i][c];
            }
            for (int c = 0; c < scores[i].length && !several; c++) {
                scores[i][c] = (float) (scores[i][c] / sum);
            }
        }
        return scores;
    }
}
