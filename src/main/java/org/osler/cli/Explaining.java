package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osler.model.Classifier;
import org.osler.model.Explanation;
import org.osler.model.MapMethod;
import org.osler.model.PreparedImage;
import org.osler.report.ExplainedImage;
import org.osler.report.ExplanationFolder;

/** Explains image after image into a folder. */
final class Explaining {

    private final Classifier classifier;
    private final MapMethod method;
    private final ExplanationFolder folder;
    private final Optional<NearImages> near;

    Explaining(Classifier classifier, MapMethod method, ExplanationFolder folder, Optional<NearImages> near) {
        this.classifier = classifier;
        this.method = method;
        this.folder = folder;
        this.near = near;
    }

    /** Explains one; {@code truth} in words, where it is known. */
    void image(String name, PreparedImage image, Optional<String> truth) throws IOException {
        Explanation explanation = classifier.explain(image, method);
        folder.add(new ExplainedImage(
                name,
                truth,
                explanation,
                near.map(all -> all.to(explanation.prediction())).orElse(List.of())));
    }

    /** Writes the page; empty if there was no image. */
    Optional<Path> finish() throws IOException {
        return folder.writePage();
    }
}
