package org.osler.study;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.osler.data.Resize;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.Precision;
import org.osler.train.Recipe;

/**
 * The published results of Wu and Papież 2025 (arXiv 2501.14685), tables 1, 2, C.2-C.4 and D, from the resources
 * {@code wu2025-published.csv} and {@code wu2025-medical-published.csv}. Those hold percentages; here they are fractions.
 */
public final class PublishedValues {

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setCommentMarker('#')
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();

    private static final Map<Key, PublishedCell> CELLS = cells("wu2025-published.csv");
    private static final List<Long> SEEDS = List.of(0L, 1L, 2L);
    private static final double HEAD_LR = 1e-3;

    private PublishedValues() {}

    /** What a published cell is about. */
    private record Key(String encoder, String dataset, int size, Resize resize, String strategy) {}

    /**
     * What is published for a setting: pre-trained encoders on all images of a MedMNIST dataset.
     *
     * @param setting a trial; its seed and learning rates do not matter to the look-up
     * @param seeds the seeds it was run with
     */
    public static Optional<Published> find(Trial setting, List<Long> seeds) {
        return cellOf(setting).map(cell -> cell.published(sameProtocol(setting, seeds)));
    }

    /** Everything that is published, in the paper's order: 432 cells. */
    public static List<PublishedCell> cells() {
        return List.copyOf(CELLS.values());
    }

    /** The cell that a setting's results belong into. */
    static Optional<PublishedCell> cellOf(Trial setting) {
        boolean comparable = setting.kind() == DatasetChoice.Kind.MEDMNIST
                && setting.weights() == WeightsKind.PRETRAINED
                && setting.shots().isEmpty()
                && setting.size().isPresent();
        return comparable
                ? Optional.ofNullable(CELLS.get(new Key(
                        setting.encoder(),
                        setting.dataset(),
                        setting.size().getAsInt(),
                        setting.resize(),
                        setting.strategy().id())))
                : Optional.empty();
    }

    /**
     * Accuracies, 0 to 1, that the paper quotes for models pre-trained on medical data, by model.
     *
     * @param dataset a MedMNIST dataset
     */
    public static Map<String, Double> medical(String dataset) {
        Map<String, Double> accuracies = new LinkedHashMap<>();
        for (CSVRecord row : read("wu2025-medical-published.csv")) {
            if (row.get("dataset").equals(dataset)) {
                accuracies.put(row.get("model"), fraction(row.get("acc")));
            }
        }
        return accuracies;
    }

    /**
     * Whether nothing departs from the paper's protocol. In the authors' linear probing the statistics of batch
     * normalisation drift to the target data, so frozen ones are a departure.
     */
    private static boolean sameProtocol(Trial setting, List<Long> seeds) {
        return EncoderCatalog.find(setting.encoder())
                .filter(card -> setting.input() == card.input())
                .filter(card -> setting.precision() == Precision.FP32 && seeds.equals(SEEDS))
                .filter(card ->
                        setting.recipe().equals(new RecipeChoice(Recipe.wu2025(), false).of(card, setting.strategy())))
                .filter(card -> setting.strategy().learningRates().get("head-lr") == HEAD_LR)
                .filter(card -> !(setting.strategy() instanceof Strategy.LinearProbe probe)
                        || probe.drifts() == card.architecture().batchNorm())
                .isPresent();
    }

    private static double fraction(String percent) {
        return new BigDecimal(percent).movePointLeft(2).doubleValue();
    }

    private static Map<Key, PublishedCell> cells(String resource) {
        Map<Key, PublishedCell> cells = new LinkedHashMap<>();
        for (CSVRecord row : read(resource)) {
            PublishedCell cell = new PublishedCell(
                    row.get("table"),
                    row.get("timm_id"),
                    row.get("dataset"),
                    Integer.parseInt(row.get("image_size")),
                    row.get("resize").equals("pad") ? Resize.PAD : Resize.SCALE,
                    row.get("strategy").equals("linear_probe") ? Strategy.LinearProbe.ID : Strategy.FineTune.ID,
                    fraction(row.get("acc_mean")),
                    fraction(row.get("acc_std")),
                    fraction(row.get("auc_mean")),
                    fraction(row.get("auc_std")));
            cells.put(new Key(cell.encoder(), cell.dataset(), cell.size(), cell.resize(), cell.strategy()), cell);
        }
        return Collections.unmodifiableMap(cells);
    }

    private static List<CSVRecord> read(String resource) {
        try (var in = new InputStreamReader(
                        PublishedValues.class.getResourceAsStream(resource), StandardCharsets.UTF_8);
                var parser = FORMAT.parse(in)) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
