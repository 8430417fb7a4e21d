/**
 * Linear probing, fine-tuning and nearest neighbours; learning-rate schedules and checkpoints. May import {@code encoder} and every room below it.
 */
package org.osler.train;
