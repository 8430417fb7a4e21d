package org.osler.study;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osler.data.DatasetSize;
import org.osler.data.Split;
import org.osler.encoder.Architecture;

/**
 * The disk and memory that what is left of a study takes, in bytes.
 *
 * @param features feature files that are still to be made, kept in Osler's home
 * @param images unpacked datasets, kept there too
 * @param results database and prediction files in the results folder, but for curves and settings
 * @param checkpoint the most that checkpoints of a training take, while one replaces the other; they go when it ends
 * @param featureMemory memory for the largest encoder's parameters, or the largest features as heads and neighbours hold
 *     them; activations come on top
 * @param trainingMemory memory for the largest encoder that runs at every step: parameters, and where it is trained
 *     gradients, optimiser's moments and the best parameters so far; activations come on top
 */
public record PlanSpace(
        long features, long images, long results, long checkpoint, long featureMemory, long trainingMemory) {

    private static final int FLOAT = Float.BYTES;

    /** Values and AdamW's two moments in one file, the best values so far in another, each twice while it is replaced. */
    private static final int CHECKPOINT_COPIES = 2 * (3 + 1);

    /** Values, gradients, AdamW's two moments, and the best values so far. */
    private static final int TRAINING_COPIES = 5;

    /** A score in a prediction file, about, and in the database. */
    private static final int SCORE = 20 + Double.BYTES;

    /** Queries whose distances to all training images are held at a time. */
    private static final int CHUNK = 1024;

    /**
     * Adds up.
     *
     * @param passed pieces whose features are there
     */
    static PlanSpace of(Study study, List<List<Trial>> pieces, Set<List<Trial>> passed) {
        var sizes = new DatasetSizes(study);
        Set<String> unpacked = new HashSet<>();
        var space = new PlanSpace(0, 0, 0, 0, 0, 0);
        for (List<Trial> piece : pieces) {
            Trial any = piece.get(0);
            DatasetSize size = sizes.of(any);
            long scores = size.classes()
                    * ((long) size.counts().get(Split.VAL) + size.counts().get(Split.TEST));
            Architecture architecture = study.encoder(any).card().architecture();
            boolean isNew = unpacked.add(any.dataset() + " " + any.size());
            space = space.plus(
                    isNew ? size.imageBytes() : 0,
                    piece.size() * scores * SCORE,
                    any.strategy().onFeatures()
                            ? features(architecture, size, piece, passed.contains(piece))
                            : training(architecture, any.strategy()));
        }
        return space;
    }

    private PlanSpace plus(long moreImages, long moreResults, PlanSpace piece) {
        return new PlanSpace(
                features + piece.features,
                images + moreImages,
                results + moreResults,
                Math.max(checkpoint, piece.checkpoint),
                Math.max(featureMemory, piece.featureMemory),
                Math.max(trainingMemory, piece.trainingMemory));
    }

    private static PlanSpace features(Architecture architecture, DatasetSize size, List<Trial> piece, boolean passed) {
        long file = size.images() * architecture.features() * FLOAT;
        boolean votes = piece.stream().anyMatch(trial -> trial.strategy() instanceof Strategy.NearestNeighbours);
        long train = size.counts().get(Split.TRAIN);
        long neighbours = votes ? train * (architecture.features() + CHUNK) * Double.BYTES : 0;
        long memory = Math.max(passed ? 0 : architecture.parameters() * FLOAT, file + neighbours);
        return new PlanSpace(passed ? 0 : file, 0, 0, 0, memory, 0);
    }

    private static PlanSpace training(Architecture architecture, Strategy strategy) {
        long parameters = architecture.parameters() * FLOAT;
        if (!(strategy instanceof Strategy.FineTune)) {
            return new PlanSpace(
                    0, 0, 0, 0, 0, parameters); // probing with drift: checkpoints hold a head and statistics
        }
        return new PlanSpace(0, 0, 0, CHECKPOINT_COPIES * parameters, 0, TRAINING_COPIES * parameters);
    }
}
