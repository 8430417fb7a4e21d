package org.osler.recommend;

import org.osler.train.CrossValidation;

/**
 * What came of an encoder on the training images.
 *
 * @param scores what probes and neighbours say of images that they have not seen
 * @param logMe see {@link org.osler.train.LogMe}
 */
record Tried(CrossValidation.OutOfFold scores, double logMe) {}
