package org.osler.data.own;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osler.data.image.Fit;
import org.osler.data.image.Levels;
import org.osler.metric.Task;

/**
 * A dataset of a user's own images, as the user describes it.
 *
 * @param name what it is called in tables and messages
 * @param path a folder of class folders, or a manifest
 * @param images the folder that a manifest's images are relative to and must lie in; empty: the manifest's own
 * @param task what is to be predicted; empty: inferred from the labels
 * @param labels names of the classes, in order; empty: as they are found, sorted
 * @param columns of a manifest
 * @param splits how images are shared out; empty: splits are taken as given, and drawn with {@link Shares#USUAL} where none
 *     are
 * @param seed decides which images are drawn
 * @param fit how an image becomes a square
 * @param window black and white of images with more than 8 bits; empty: their format's full range, in DICOM files the
 *     window they name
 * @param skipBroken whether broken images are left out; otherwise they are an error
 */
public record ImageSettings(
        String name,
        Path path,
        Optional<Path> images,
        Optional<Task> task,
        List<String> labels,
        Columns columns,
        Optional<Shares> splits,
        long seed,
        Fit fit,
        Optional<Levels> window,
        boolean skipBroken) {

    public ImageSettings {
        labels = List.copyOf(labels);
    }

    /** The same images, become squares in another way. */
    public ImageSettings as(Fit otherFit, Optional<Levels> otherWindow) {
        return new ImageSettings(
                name, path, images, task, labels, columns, splits, seed, otherFit, otherWindow, skipBroken);
    }

    /** The same images with labels taken for another task, or in another order. */
    public ImageSettings as(Optional<Task> otherTask, List<String> otherLabels) {
        return new ImageSettings(
                name, path, images, otherTask, otherLabels, columns, splits, seed, fit, window, skipBroken);
    }
}
