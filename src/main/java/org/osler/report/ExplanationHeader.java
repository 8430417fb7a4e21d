package org.osler.report;

import java.time.Instant;
import java.util.Optional;
import org.osler.model.MapMethod;

/**
 * What stands above explained images.
 *
 * @param model the model's folder
 * @param encoder its encoder's id
 * @param method how maps are made
 * @param neighbours the dataset that nearest training images come from, if they are shown
 * @param written when the page is made
 */
public record ExplanationHeader(
        String model, String encoder, MapMethod method, Optional<String> neighbours, Instant written) {}
