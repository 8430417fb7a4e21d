package org.osler.train;

/**
 * How long a recipe trains on a training split, if it does not stop early.
 *
 * @param iterations optimiser steps
 * @param batch images in each, but for a last partial batch
 * @param images training images that go through the network, each as often as it does
 * @param validations how often it is validated
 */
public record Effort(long iterations, int batch, long images, int validations) {

    /**
     * The effort of one run.
     *
     * @param samples training images, from 1
     */
    public static Effort of(Recipe recipe, int samples) {
        Schedule schedule = Schedule.of(recipe, samples);
        return new Effort(
                schedule.iterations(),
                schedule.batch(),
                (long) schedule.epochs() * schedule.imagesPerEpoch(),
                schedule.validations());
    }
}
