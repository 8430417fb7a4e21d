package org.osler.recommend;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * An encoder that was not tried.
 *
 * @param encoder timm's id
 * @param name for reading
 * @param reason why, as the end of a sentence
 * @param outOfTime whether want of time is the reason
 * @param seconds how long it would take, if that is known
 */
public record Untried(String encoder, String name, String reason, boolean outOfTime, OptionalDouble seconds) {

    public Untried {
        Stream.of(encoder, name, reason, seconds).forEach(Objects::requireNonNull);
    }
}
