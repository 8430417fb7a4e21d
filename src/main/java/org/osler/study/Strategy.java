package org.osler.study;

import java.util.Map;
import org.osler.encoder.Architecture;

/** How an encoder is put to work on a dataset, with the values that a study can vary. */
public sealed interface Strategy {

    /** The name used in study files and tables, e.g. {@code linear-probe}. */
    String id();

    /**
     * The learning rates by the names that study files use; empty if there are none. Which of them is best is decided
     * on validation.
     */
    Map<String, Double> learningRates();

    /** Whether it works on features of the frozen encoder, which are computed once, and never runs the encoder itself. */
    boolean onFeatures();

    /** What it comes to on an encoder of some architecture, where some settings may not matter. */
    default Strategy on(Architecture architecture) {
        return this;
    }

    /** The settings for people, e.g. {@code head lr 0.001}. */
    String settings();

    /**
     * A linear head trained on features of the frozen encoder.
     *
     * @param headLr initial learning rate of the head, above 0
     * @param batchNorm what becomes of the encoder's batch-norm statistics; {@link BatchNorm#FROZEN} where it has none
     */
    record LinearProbe(double headLr, BatchNorm batchNorm) implements Strategy {
        public static final String ID = "linear-probe";

        /** A probe of an encoder that is wholly frozen. */
        public LinearProbe(double headLr) {
            this(headLr, BatchNorm.FROZEN);
        }

        /** Whether batch norm drifts, so that every step passes its batch through the encoder. */
        public boolean drifts() {
            return batchNorm == BatchNorm.DRIFT;
        }

        @Override
        public boolean onFeatures() {
            return !drifts();
        }

        @Override
        public Strategy on(Architecture architecture) {
            return architecture.batchNorm() ? this : new LinearProbe(headLr);
        }

        @Override
        public String id() {
            return ID;
        }

        @Override
        public Map<String, Double> learningRates() {
            return Map.of("head-lr", headLr);
        }

        @Override
        public String settings() {
            return "head lr " + CanonicalJson.number(headLr) + (drifts() ? ", batch norm drift" : "");
        }
    }

    /**
     * Head and encoder trained together.
     *
     * @param headLr initial learning rate of the head, above 0
     * @param encoderLr constant learning rate of the encoder, above 0
     */
    record FineTune(double headLr, double encoderLr) implements Strategy {
        public static final String ID = "fine-tune";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean onFeatures() {
            return false;
        }

        @Override
        public Map<String, Double> learningRates() {
            return Map.of("head-lr", headLr, "encoder-lr", encoderLr);
        }

        @Override
        public String settings() {
            return "encoder lr " + CanonicalJson.number(encoderLr) + ", head lr " + CanonicalJson.number(headLr);
        }
    }

    /**
     * A vote of the nearest training features; nothing is trained and nothing is drawn.
     *
     * @param k neighbours that vote, from 1
     */
    record NearestNeighbours(int k) implements Strategy {
        public static final String ID = "nearest-neighbours";

        @Override
        public String id() {
            return ID;
        }

        @Override
        public boolean onFeatures() {
            return true;
        }

        @Override
        public Map<String, Double> learningRates() {
            return Map.of();
        }

        @Override
        public String settings() {
            return "k " + k;
        }
    }
}
