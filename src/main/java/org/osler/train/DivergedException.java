package org.osler.train;

/** A training run whose loss stopped being a number; a smaller learning rate is what helps. */
public final class DivergedException extends RuntimeException {

    DivergedException(int iteration, double learningRate) {
        super("the training loss was no longer finite by iteration " + iteration + " at learning rate " + learningRate);
    }
}
