package org.osler.study;

import java.nio.file.Path;
import org.osler.model.ModelDescription;
import org.osler.model.ModelFolder;

/**
 * A model that was trained, tested and written.
 *
 * @param folder where it is
 * @param model how to use it
 * @param story where it comes from and what it is worth
 * @param testScores its calibrated probabilities on the test split, {@code [N, C]}
 */
public record TrainedModel(Path folder, ModelDescription model, ModelFolder.Story story, double[][] testScores) {}
