package org.osler.recommend;

import java.util.OptionalDouble;

/**
 * An encoder that was not tried.
 *
 * @param encoder timm's id
 * @param name for reading
 * @param reason why, as the end of a sentence
 * @param seconds how long it would take, where want of time is the reason
 */
public record Untried(String encoder, String name, String reason, OptionalDouble seconds) {}
