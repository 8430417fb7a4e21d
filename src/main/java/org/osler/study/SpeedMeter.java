package org.osler.study;

import java.util.OptionalDouble;
import org.osler.train.HeadSpeed;

/** What a machine's speeds are measured with. */
interface SpeedMeter {

    /** Seconds on a clock that only goes on. */
    double clock();

    /**
     * How fast an encoder is.
     *
     * @param most seconds after which no batch begins any more
     * @param atAnyRate whether even the first batch, which is slower than others, tells the speed if there is no time for
     *     another
     * @return images a second; empty if there was not enough time
     */
    OptionalDouble imagesPerSecond(SpeedTable.Key key, double most, boolean atAnyRate);

    /** How fast work on features is. */
    HeadSpeed heads();

    /** Does nothing for a while. */
    void pause(double seconds);

    /** Begins to watch what other programs do. */
    void watchOthers();

    /**
     * How many processors other programs took away since then, on average: those that they used but for those that were
     * idle beside Osler's threads anyway. 0 where the system does not tell.
     */
    double takenByOthers();
}
