package org.osler.recommend;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.osler.encoder.Architecture.Family;

/**
 * How long encoder passes will take, told from those made so far: by multiply-adds, from the last pass of an encoder of the
 * same family, or else of any.
 */
final class PassSpeeds {

    private final Map<Family, Double> perSecond = new EnumMap<>(Family.class);
    private Family last;

    /**
     * A pass was made.
     *
     * @param work multiply-adds of all of it
     */
    void made(Family family, double work, double seconds) {
        perSecond.put(family, work / seconds);
        last = family;
    }

    /** The seconds that a pass will take; empty if nothing is known yet. */
    OptionalDouble seconds(Family family, double work) {
        return last == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(work / perSecond.getOrDefault(family, perSecond.get(last)));
    }
}
