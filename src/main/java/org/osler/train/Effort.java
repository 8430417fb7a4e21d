package org.osler.train;

/**
 * How long a recipe trains on a training split.
 *
 * @param iterations optimiser steps
 * @param batch images in each
 * @param validations how often it is validated
 */
public record Effort(long iterations, int batch, int validations) {

    /**
     * The effort of one run.
     *
     * @param samples training images, from 1
     */
    public static Effort of(Recipe recipe, int samples) {
        Schedule schedule = Schedule.of(recipe, samples);
        return new Effort(schedule.iterations(), schedule.batch(), schedule.validations());
    }

    /** Training images that go through the network, each as often as it does. */
    public long images() {
        return iterations * batch;
    }
}
