package org.osler.train;

import java.util.List;

/** How a learning rate changes while training goes on. */
public sealed interface LearningRateSchedule {

    /** The name used in study files and tables. */
    String id();

    /**
     * What the initial learning rate is multiplied by.
     *
     * @param iteration optimiser steps done before this one
     * @param batchesPerEpoch optimiser steps an epoch
     * @param epochs how many epochs the run lasts at most
     */
    double factor(int iteration, int batchesPerEpoch, int epochs);

    /** It stays as it is. */
    record Constant() implements LearningRateSchedule {
        public static final String ID = "constant";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public double factor(int iteration, int batchesPerEpoch, int epochs) {
            return 1;
        }
    }

    /**
     * Multiplied by the same number again and again; PyTorch's {@code ExponentialLR}, stepped every so many iterations.
     *
     * @param decay the number, above 0
     * @param every optimiser steps from one time to the next
     */
    record Exponential(double decay, int every) implements LearningRateSchedule {
        public static final String ID = "exponential";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public double factor(int iteration, int batchesPerEpoch, int epochs) {
            return Math.pow(decay, Math.floorDiv(iteration, every));
        }
    }

    /**
     * Half a cosine from 1 to 0 over the epochs (Loshchilov and Hutter 2016, arXiv 1608.03983, without restarts), the
     * same within an epoch: {@code (1 + cos(π·max(0, epoch − delay)/epochs)) / 2}, epochs counted from 0.
     *
     * @param delay epochs by which it starts late: 0 is PyTorch's {@code CosineAnnealingLR}; 1 is timm's {@code
     *     CosineLRScheduler} told the epoch that has just ended, as Doerrich et al. 2024 do, so that the second epoch
     *     has the first one's rate
     */
    record Cosine(int delay) implements LearningRateSchedule {
        public static final String ID = "cosine";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public double factor(int iteration, int batchesPerEpoch, int epochs) {
            int epoch = Math.max(0, iteration / batchesPerEpoch - delay);
            return (1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2;
        }
    }

    /**
     * Multiplied by the same number at given points; PyTorch's {@code MultiStepLR}.
     *
     * @param decay the number, above 0
     * @param at the points, as fractions of all epochs, ascending
     */
    record Steps(double decay, List<Double> at) implements LearningRateSchedule {
        public static final String ID = "steps";

        public Steps {
            at = at.stream().sorted().toList();
        }

        @Override
        public String id() {
            return ID;
        }

        @Override
        public double factor(int iteration, int batchesPerEpoch, int epochs) {
            int epoch = iteration / batchesPerEpoch;
            long passed = at.stream().filter(point -> point * epochs <= epoch).count();
            return Math.pow(decay, (double) passed);
        }
    }
}
