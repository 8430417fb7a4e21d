package org.osler.data.own;

import java.util.List;
import java.util.Optional;

/**
 * Which columns of a manifest mean what. What is left empty is looked for under its usual name: {@code image}, {@code
 * label} or several that begin with {@code label:}, {@code split}, {@code group}.
 *
 * @param image image files, relative to the folder of images
 * @param label the class; several columns: one label each, 0 or 1
 * @param split {@code train}, {@code val} or {@code test}
 * @param group what keeps images together when splits are drawn: patients, lesions
 */
public record Columns(Optional<String> image, List<String> label, Optional<String> split, Optional<String> group) {

    /** Everything under its usual name. */
    public static final Columns USUAL = new Columns(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    public Columns {
        label = List.copyOf(label);
    }
}
