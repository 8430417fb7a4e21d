package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osler.InputException;
import org.osler.model.Classifier;
import org.osler.model.MapMethod;
import org.osler.report.ExplanationFolder;
import org.osler.report.ExplanationHeader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code predict} is told about explaining. */
final class ExplainOptions {

    @Option(
            names = "--explain",
            paramLabel = "DIR",
            description =
                    "Also say why: write a page (DIR/index.html) that shows on each image which places speak for its"
                            + " label, and the same as PNG files.")
    private Path folder;

    @Option(
            names = "--map",
            paramLabel = "METHOD",
            converter = Method.class,
            defaultValue = "grad-cam",
            description = "grad-cam, which tells classes apart, or attention, of transformers without windows"
                    + " (default: ${DEFAULT-VALUE}).")
    private MapMethod method;

    @Option(
            names = "--neighbours",
            paramLabel = "NAME|FILE|DIR",
            description = "Show on that page the nearest training images, too, from the dataset given here.")
    private String neighbours;

    /** Reads a method's name. */
    static final class Method implements ITypeConverter<MapMethod> {

        @Override
        public MapMethod convert(String value) {
            return Arrays.stream(MapMethod.values())
                    .filter(method -> method.id().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("\"" + value + "\" is no map; valid: "
                            + Arrays.stream(MapMethod.values())
                                    .map(MapMethod::id)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** The dataset whose training images are to be shown. */
    Optional<String> neighbours() {
        return Optional.ofNullable(neighbours);
    }

    /**
     * Refuses what does not go together.
     *
     * @throws InputException if so
     */
    void check() {
        if (folder == null && neighbours != null) {
            throw new InputException(
                    "--neighbours says what the page of --explain shows; name a folder with --explain");
        }
    }

    /**
     * Begins to explain.
     *
     * @param near training images, if they are asked for
     * @return empty if nothing is to be explained
     */
    Optional<Explaining> begin(Classifier classifier, Path model, Optional<NearImages> near) throws IOException {
        if (folder == null) {
            return Optional.empty();
        }
        classifier.requireMaps(method);
        ExplanationHeader header = new ExplanationHeader(
                model.toString(),
                classifier.description().encoder().id(),
                method,
                near.map(NearImages::name),
                Instant.now());
        return Optional.of(new Explaining(classifier, method, ExplanationFolder.of(folder, header), near));
    }
}
