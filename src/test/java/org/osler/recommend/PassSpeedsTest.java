package org.osler.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.osler.encoder.Architecture.Family;

class PassSpeedsTest {

    @Test
    void nothingIsKnownBeforeTheFirstPass() {
        assertThat(new PassSpeeds().seconds(Family.CNN, 1e9)).isEmpty();
    }

    @Test
    void timeGrowsWithWorkAndTheOwnFamilyTellsFirst() {
        var speeds = new PassSpeeds();
        speeds.made(Family.CNN, 100, 10);
        assertThat(speeds.seconds(Family.CNN, 300)).hasValue(30);
        assertThat(speeds.seconds(Family.VIT, 300)).hasValue(30);
        speeds.made(Family.VIT, 100, 5);
        assertThat(speeds.seconds(Family.VIT, 300)).hasValue(15);
        assertThat(speeds.seconds(Family.CNN, 300)).hasValue(30);
    }
}
