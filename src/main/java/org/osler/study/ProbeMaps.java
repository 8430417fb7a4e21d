package org.osler.study;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osler.AtomicFile;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.encoder.GradCam;
import org.osler.model.ClassMap;
import org.osler.model.EvidenceMap;
import org.osler.model.HeadFile;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.train.Progress;
import org.osler.weights.Home;

/**
 * What probes' predictions of some test images rest on, kept as {@code explanations/<trial>.json}, so that reports can
 * show it without the encoder. Of each image a square of {@link #SIDE} × {@link #SIDE} percents (the strongest place
 * 100), row by row, over the image as the dataset has it.
 */
public final class ProbeMaps {

    /** The folder in a study's results. */
    public static final String FOLDER = "explanations";

    /** Places along a side of a kept map. */
    public static final int SIDE = 16;

    private static final int PERCENT = 100;

    private final Sources sources;
    private final ProbeHeads heads;
    private final Path results;
    private final Progress progress;

    private ProbeMaps(Study study, Home home, Progress progress) {
        this.sources = new Sources(study, home, progress);
        this.heads = new ProbeHeads(study.out());
        this.results = study.out();
        this.progress = progress;
    }

    /**
     * What is wanted of a trial.
     *
     * @param trial a linear probe on a frozen encoder
     * @param classes by test image the class (or label) whose map is wanted
     */
    public record Wanted(Trial trial, Map<Integer, Integer> classes) {}

    /** Where a trial's maps lie. */
    static Path file(Path results, String trial) {
        return results.resolve(FOLDER).resolve(trial + ".json");
    }

    /** Makes what is wanted and not there yet; trials whose heads were not kept go without. */
    public static void write(Study study, Home home, List<Wanted> wanted, Progress progress) throws IOException {
        ProbeMaps maps = new ProbeMaps(study, home, progress);
        for (Wanted each : wanted) {
            if (Files.exists(maps.heads.file(each.trial())) && !maps.has(each)) {
                maps.write(each);
            }
        }
    }

    private boolean has(Wanted wanted) throws IOException {
        Path file = file(results, wanted.trial().id());
        if (!Files.exists(file)) {
            return false;
        }
        var images = new JsonMapper().readTree(Files.readString(file)).path("images");
        return wanted.classes().keySet().stream().allMatch(index -> images.has(index.toString()));
    }

    private void write(Wanted wanted) throws IOException {
        Trial trial = wanted.trial();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("method", "grad-cam").put("side", SIDE);
        ObjectNode images = json.putObject("images");
        try (Scope scope = Scope.open();
                Dataset dataset = sources.dataset(trial);
                Encoder encoder = sources.frozenEncoder(trial, sources.weights(trial));
                Progress.Bar bar = progress.begin(
                        dataset.name() + " · maps for the report",
                        wanted.classes().size())) {
            HeadFile.Head head =
                    HeadFile.read(heads.file(trial)).on(encoder.parameters().device());
            Preprocessing preprocessing = encoder.card().preprocessing(trial.input(), trial.resize());
            for (Map.Entry<Integer, Integer> entry : wanted.classes().entrySet()) {
                try (Scope one = Scope.open()) {
                    Tensor input = preprocessing.batch(
                            encoder.parameters().device(), dataset.images(Split.TEST), entry.getKey());
                    String label = dataset.labelNames().get(entry.getValue());
                    EvidenceMap map = ClassMap.of(
                            GradCam.of(encoder, input), head::logits, dataset.task(), entry.getValue(), label);
                    ObjectNode image = images.putObject(entry.getKey().toString());
                    image.put("label", label);
                    put(image.putArray("values"), map, trial, dataset.images(Split.TEST));
                }
                bar.step(1);
            }
        }
        AtomicFile.write(file(results, trial.id()), json.toString());
    }

    /** The percents of places over the stored image, of which a padded input has only the middle. */
    private static void put(ArrayNode values, EvidenceMap map, Trial trial, Images images) {
        int input = trial.input();
        float[] pixels = map.resized(input, input);
        boolean padded = trial.resize() == Resize.PAD;
        int width = padded ? images.width() : input;
        int height = padded ? images.height() : input;
        int left = (input - width) / 2;
        int top = (input - height) / 2;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                int y = top + (2 * row + 1) * height / (2 * SIDE);
                int x = left + (2 * column + 1) * width / (2 * SIDE);
                values.add(Math.round(PERCENT * pixels[y * input + x]));
            }
        }
    }
}
