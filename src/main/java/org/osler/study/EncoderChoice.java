package org.osler.study;

import java.nio.file.Path;
import java.util.Optional;
import org.osler.encoder.EncoderCard;

/**
 * One encoder of a study.
 *
 * @param card what is known of it
 * @param weights pre-trained or random
 * @param file the weight file that the study names; empty: the usual places
 */
public record EncoderChoice(EncoderCard card, WeightsKind weights, Optional<Path> file) {}
