package org.osler.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.osler.AtomicFile;
import org.osler.InputException;
import org.osler.nn.Parameters;
import org.osler.train.TrainedHead;
import org.osler.weights.Hashes;

/**
 * A model as a folder: {@code model.safetensors}, {@code model.json} and, for people, {@code README.md}. It appears whole
 * or not at all.
 */
public final class ModelFolder {

    static final String PARAMETERS = "model.safetensors";
    static final String DESCRIPTION = "model.json";
    static final String CARD = "README.md";

    private ModelFolder() {}

    /**
     * What is told of a model beside how to use it.
     *
     * @param origin how it came to be
     * @param val what it is worth on validation, where the checkpoint and the temperature were chosen
     * @param test what it is worth on test
     * @param remarks what has to be known of that, in whole sentences
     */
    public record Story(ModelOrigin origin, SplitMetrics val, SplitMetrics test, List<String> remarks) {
        public Story {
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * Refuses a place where something is already.
     *
     * @throws InputException if there is
     */
    public static void requireFree(Path folder) {
        if (Files.exists(folder)) {
            throw new InputException(folder + " is there already; remove it, or name another folder with --out");
        }
    }

    /**
     * Writes a model.
     *
     * @param folder where nothing is yet; the folders above are made if need be
     * @throws InputException if something is there
     * @throws IOException if it cannot be written
     */
    public static void write(Path folder, ModelDescription model, Parameters encoder, TrainedHead head, Story story)
            throws IOException {
        requireFree(folder);
        Path parent = folder.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path temporary =
                Files.createDirectory(parent.resolve("." + folder.getFileName() + "." + UUID.randomUUID() + ".tmp"));
        try {
            Path parameters = temporary.resolve(PARAMETERS);
            ModelParameters.write(parameters, encoder, head);
            ObjectNode json = ModelJson.write(model, Hashes.sha256(parameters));
            tell(json, story);
            AtomicFile.write(temporary.resolve(DESCRIPTION), ModelJson.text(json));
            AtomicFile.write(temporary.resolve(CARD), new ModelCard(model, story, encoder.count()).text(folder));
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            remove(temporary);
        }
    }

    private static void remove(Path temporary) throws IOException {
        if (Files.isDirectory(temporary)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(temporary);
        }
    }

    private static void tell(ObjectNode json, Story story) {
        ModelOrigin origin = story.origin();
        ObjectNode training = json.putObject("training");
        training.put("strategy", origin.strategy());
        ObjectNode rates = training.putObject("learning-rates");
        new TreeMap<>(origin.learningRates()).forEach(rates::put);
        training.put("recipe", origin.recipe()).put("seed", origin.seed()).put("seconds", origin.seconds());
        training.set("trial", origin.trial());
        ObjectNode metrics = json.putObject("metrics");
        metrics.put("interval", Measured.LEVEL).put("resamples", Measured.RESAMPLES);
        tell(metrics.putObject("val"), story.val());
        tell(metrics.putObject("test"), story.test());
        ObjectNode provenance = json.putObject("provenance");
        provenance
                .putObject("data")
                .put("name", origin.data().name())
                .put("hash", origin.data().hash())
                .put("train", origin.data().train())
                .put("val", origin.data().val())
                .put("test", origin.data().test());
        provenance.put("weights", origin.weights());
        ModelOrigin.Software software = origin.software();
        Map<String, String> texts = new TreeMap<>(Map.of(
                "osler", software.osler(),
                "commit", software.commit(),
                "libtorch", software.libtorch(),
                "jvm", software.jvm(),
                "os", software.os(),
                "cpu", software.cpu(),
                "device", software.device()));
        texts.forEach(provenance::put);
        provenance.put("threads", software.threads());
        provenance.put("finished", origin.finished().toString());
    }

    private static void tell(ObjectNode json, SplitMetrics metrics) {
        json.put("images", metrics.images()).put("units", metrics.units());
        tell(json, "acc", metrics.accuracy());
        tell(json, "auc", metrics.auc());
        json.putObject("ece").put("before", metrics.errorBefore()).put("after", metrics.errorAfter());
        json.putObject("nll").put("before", metrics.lossBefore()).put("after", metrics.lossAfter());
        ArrayNode classes = json.putArray("classes");
        for (SplitMetrics.ClassMetrics each : metrics.classes()) {
            ObjectNode one = classes.addObject().put("label", each.label()).put("images", each.images());
            tell(one, "sensitivity", each.sensitivity());
            tell(one, "specificity", each.specificity());
            tell(one, "auc", each.auc());
        }
    }

    private static void tell(ObjectNode json, String name, Measured measured) {
        ObjectNode node = json.putObject(name);
        put(node, "value", measured.value());
        put(node, "low", measured.low());
        put(node, "high", measured.high());
    }

    /** JSON has no NaN: what has no value is null. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }
}
