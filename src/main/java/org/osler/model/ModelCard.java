package org.osler.model;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osler.metric.Task;
import org.osler.weights.HubFile;

/**
 * {@code README.md}: what a model is and is not, for people, in the sections of Mitchell et al. 2019 (arXiv 1810.03993)
 * and with the header that Hugging Face's model cards have.
 *
 * @param model the model
 * @param story where it comes from and what it is worth
 * @param parameters how many numbers its encoder has
 */
record ModelCard(ModelDescription model, ModelFolder.Story story, long parameters) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    String text(Path folder) {
        return header()
                + intro()
                + limits()
                + data()
                + metrics()
                + remarks()
                + calibration()
                + training()
                + use(folder);
    }

    private ModelOrigin origin() {
        return story.origin();
    }

    private String header() {
        String base = model.encoder()
                .source()
                .map(HubFile::repository)
                .map(repository -> "base_model: " + repository + "\n")
                .orElse("");
        return """
            ---
            library_name: osler
            pipeline_tag: image-classification
            tags: [medical-imaging]
            %s---
            """.formatted(base);
    }

    private String intro() {
        String kind = switch (model.task()) {
            case BINARY -> "one of two classes";
            case MULTI_CLASS -> "one of " + model.labels().size() + " classes";
            case ORDINAL -> "one of " + model.labels().size() + " ordered classes";
            case MULTI_LABEL -> "each of " + model.labels().size() + " labels, present or not";
        };
        String names = model.labels().stream().map(label -> "“" + label + "”").collect(Collectors.joining(", "));
        return """
            # %s, classified with %s

            Made with Osler %s on %s.

            ## What it predicts

            From one image %s: %s. It gives each a probability.

            ## Intended use

            Research on images like those of %s: the same kind of examination, taken and prepared in the same way. It
            is a benchmark's result and a starting point, for people who check it on data of their own.

            """.formatted(
                        origin().data().name(),
                        model.encoder().id(),
                        origin().software().osler(),
                        DATE.format(origin().finished()),
                        kind,
                        names,
                        origin().data().name());
    }

    private static String limits() {
        return """
            ## Limits

            - **Not a medical device.** Nobody has approved it for diagnosis, and it must not be used for that.
            - It was tested on the test split of one dataset. Images from other devices, sites and populations have not
              been checked.
            - Not checked, unless it is said below: whether it serves all groups of people (age, sex, origin) alike;
              whether patients occur in more than one split. Not checked: artefacts, rotations and image quality.
            - It answers on every image, also on one that shows none of its classes.
            - Its probabilities are calibrated for the share of classes in the validation split; where classes are more
              or less frequent, they are off.

            """;
    }

    private String data() {
        ImageForm form = model.images();
        return """
            ## Data

            %s (hash `%s`): %d training, %d validation and %d test images of %d × %d pixels, %s.

            """.formatted(
                        origin().data().name(),
                        origin().data().hash(),
                        origin().data().train(),
                        origin().data().val(),
                        origin().data().test(),
                        form.height(),
                        form.width(),
                        form.channels() == 1 ? "grey" : "colour");
    }

    private String metrics() {
        SplitMetrics test = story.test();
        String classes = test.classes().stream()
                .map(each -> "| %s | %d | %s | %s | %s |%n"
                        .formatted(
                                cell(each.label()),
                                each.images(),
                                percent(each.sensitivity()),
                                percent(each.specificity()),
                                percent(each.auc())))
                .collect(Collectors.joining());
        return """
            ## Metrics

            With 95 %% bootstrap intervals over %s (%d resamples). The checkpoint and the temperature were chosen on
            validation; test took no part in any choice.

            | split | images | ACC | AUC |
            |---|---|---|---|
            | test | %d | %s | %s |
            | validation | %d | %s | %s |

            Each %s against the others, on test:

            | %s | images | sensitivity | specificity | AUC |
            |---|---|---|---|---|
            %s
            """.formatted(
                        test.units() == test.images()
                                ? "images"
                                : "groups of images that belong together (%,d on test)".formatted(test.units()),
                        Measured.RESAMPLES,
                        test.images(),
                        percent(test.accuracy()),
                        percent(test.auc()),
                        story.val().images(),
                        percent(story.val().accuracy()),
                        percent(story.val().auc()),
                        noun(),
                        noun(),
                        classes);
    }

    private String remarks() {
        if (story.remarks().isEmpty()) {
            return "";
        }
        return "## Leaks between splits, and subgroups\n\n"
                + story.remarks().stream().map(each -> "- " + cell(each) + "\n").collect(Collectors.joining())
                + "\n";
    }

    private String noun() {
        return model.task() == Task.MULTI_LABEL ? "label" : "class";
    }

    private String calibration() {
        String how = model.calibrated()
                ? String.format(
                        Locale.ROOT,
                        "Logits are divided by the temperature %.3f, fitted on validation (Guo et al. 2017).",
                        model.temperature())
                : "No temperature could be fitted on validation: every image is answered rightly there, or answers are"
                        + " no better than chance. Probabilities are not calibrated.";
        return """
            ## Calibration

            %s

            | split | expected calibration error before | after | negative log-likelihood before | after |
            |---|---|---|---|---|
            %s%s
            """.formatted(how, calibration("test", story.test()), calibration("validation", story.val()));
    }

    private static String calibration(String split, SplitMetrics metrics) {
        return String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f | %.3f |\n",
                split,
                metrics.errorBefore(),
                metrics.errorAfter(),
                metrics.lossBefore(),
                metrics.lossAfter());
    }

    private String training() {
        String rates = new TreeMap<>(origin().learningRates())
                .entrySet().stream()
                        .map(rate -> rate.getKey() + " " + rate.getValue())
                        .collect(Collectors.joining(", "));
        return """
            ## Training

            - Encoder: %s, %,d parameters, licence of its weights: %s. %s
            - Strategy: %s (%s), recipe %s, seed %d, %s, inputs of %d × %d pixels (%s).
            - Made with Osler %s (%s), libtorch %s, %s, on %s, %s, %d threads.

            `model.json` holds every setting, hash and number.

            """.formatted(
                        model.encoder().id(),
                        parameters,
                        model.encoder().license(),
                        origin().isUntrained()
                                ? "It began with random values, not with pre-trained ones."
                                : "Pre-trained weights of SHA-256 `" + origin().weights() + "`.",
                        origin().strategy(),
                        rates,
                        origin().recipe(),
                        origin().seed(),
                        model.precision().id(),
                        model.input(),
                        model.input(),
                        model.resize().id(),
                        origin().software().osler(),
                        origin().software().commit(),
                        origin().software().libtorch(),
                        origin().software().jvm(),
                        origin().software().cpu(),
                        origin().software().os(),
                        origin().software().threads());
    }

    private static String use(Path folder) {
        return """
            ## How to use it

                ./osler predict %s IMAGES… --out predictions.csv

            or from Java

                try (var model = Classifier.load(Path.of("%s"))) {
                    Prediction prediction = model.predict(Path.of("scan.png"));
                }
            """.formatted(folder.getFileName(), folder.getFileName());
    }

    private static String percent(Measured measured) {
        if (Double.isNaN(measured.value())) {
            return "–";
        }
        String value = String.format(Locale.ROOT, "%.1f %%", 100 * measured.value());
        return Double.isNaN(measured.low())
                ? value
                : value + String.format(Locale.ROOT, " (%.1f–%.1f)", 100 * measured.low(), 100 * measured.high());
    }

    /** Text that breaks no table. */
    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
