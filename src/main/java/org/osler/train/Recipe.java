package org.osler.train;

import java.util.List;
import java.util.OptionalInt;

/**
 * Everything about training that does not vary within a study.
 *
 * @param name the recipe's name, e.g. {@code wu2025}
 * @param length how long a run lasts at most
 * @param batch images a step; a smaller training set is one batch
 * @param lastBatch what becomes of the images that do not fill an epoch's last batch
 * @param optimiser for head and encoder
 * @param schedule how the head's learning rate changes
 * @param encoderFollows whether the encoder's learning rate changes with the head's; else it is constant
 * @param validation when a run is validated, and what follows from it
 * @param binaryOutput how a head answers a binary task
 */
public record Recipe(
        String name,
        Length length,
        int batch,
        LastBatch lastBatch,
        Optimiser optimiser,
        LearningRateSchedule schedule,
        boolean encoderFollows,
        Validation validation,
        BinaryOutput binaryOutput) {

    /** What becomes of the images that do not fill an epoch's last batch. */
    public enum LastBatch {
        /** They are left out; which they are differs from epoch to epoch. */
        DROP,
        /** They make a smaller batch. */
        KEEP
    }

    /** How a head answers a binary task. */
    public enum BinaryOutput {
        /** One logit, and binary cross-entropy. */
        ONE_LOGIT,
        /** A logit for each of the two classes, and cross-entropy. */
        TWO_LOGITS
    }

    /** The protocol of Wu and Papież 2025 (arXiv 2501.14685), as their code (FupingWu90/FMMIC) has it. */
    public static Recipe wu2025() {
        return new Recipe(
                "wu2025",
                new Length.Iterations(15_000),
                64,
                LastBatch.DROP,
                new Optimiser(Optimiser.Kind.ADAMW, 1e-2, 0.9, 0.999, 1e-8),
                new LearningRateSchedule.Exponential(0.9, 200),
                false,
                new Validation(OptionalInt.of(10), Validation.Best.ACC, OptionalInt.empty()),
                BinaryOutput.ONE_LOGIT);
    }

    /**
     * The protocol of Doerrich et al. 2024 (arXiv 2404.15786), as their code
     * (sdoerrich97/rethinking-model-prototyping-MedMNISTPlus) has it; weight decay is the default of timm's AdamW.
     */
    public static Recipe doerrich2024() {
        return new Recipe(
                "doerrich2024",
                new Length.Epochs(100),
                64,
                LastBatch.KEEP,
                new Optimiser(Optimiser.Kind.ADAMW, 1e-2, 0.9, 0.999, 1e-8),
                new LearningRateSchedule.Cosine(1),
                true,
                new Validation(OptionalInt.empty(), Validation.Best.LOSS, OptionalInt.of(5)),
                BinaryOutput.TWO_LOGITS);
    }

    /** The protocol of Yang et al. 2023 (MedMNIST v2, arXiv 2110.14795), as their code (MedMNIST/experiments) has it. */
    public static Recipe medmnist2023() {
        return new Recipe(
                "medmnist2023",
                new Length.Epochs(100),
                128,
                LastBatch.KEEP,
                new Optimiser(Optimiser.Kind.ADAM, 0, 0.9, 0.999, 1e-8),
                new LearningRateSchedule.Steps(0.1, List.of(0.5, 0.75)),
                true,
                new Validation(OptionalInt.empty(), Validation.Best.AUC, OptionalInt.empty()),
                BinaryOutput.TWO_LOGITS);
    }

    /** The same with other batches. */
    public Recipe withBatch(int images) {
        return new Recipe(
                name, length, images, lastBatch, optimiser, schedule, encoderFollows, validation, binaryOutput);
    }
}
