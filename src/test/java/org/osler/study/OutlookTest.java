package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.osler.train.Progress;

class OutlookTest {

    private Instant now = Instant.EPOCH;
    private final Outlook outlook = new Outlook(() -> now);

    private void add(String key, PlanCost.Kind kind, String encoder, double work) {
        outlook.add(key, new Outlook.Part(kind, encoder, work));
    }

    private Progress.Bar begin(long steps, String... keys) {
        return outlook.of(Progress.SILENT, List.of(keys)).begin("work", steps);
    }

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void nothingIsKnownBeforeAnythingWasMeasured() {
        add("a", PlanCost.Kind.ENCODER, "vit", 10);
        assertThat(outlook.secondsLeft()).isEmpty();
        Progress.Bar bar = begin(100, "a");
        pass(1);
        bar.step(1);
        assertThat(outlook.secondsLeft()).as("after one second").isEmpty();
        pass(1);
        assertThat(outlook.secondsLeft()).hasValue(2 * 99);
    }

    @Test
    void aRunWithNothingLeftHasNoTimeLeft() {
        assertThat(outlook.secondsLeft()).isEqualTo(OptionalDouble.of(0));
    }

    @Test
    void workIsReckonedAtThePaceOfTheSameEncoderElseOfAll() {
        add("a", PlanCost.Kind.ENCODER, "vit", 10);
        add("b", PlanCost.Kind.ENCODER, "vit", 20);
        add("c", PlanCost.Kind.ENCODER, "resnet", 5);
        begin(4, "a").step(4);
        pass(100); // evaluation on test included
        outlook.pause(true);
        assertThat(outlook.secondsLeft()).hasValue(200 + 50);
        begin(1, "c").step(1);
        pass(150);
        outlook.pause(true);
        assertThat(outlook.secondsLeft()).hasValue(200);
    }

    @Test
    void aKindThatWasNotMeasuredMakesTheWholeUnknown() {
        add("pass", PlanCost.Kind.FEATURES, "vit", 10);
        add("tune", PlanCost.Kind.ENCODER, "vit", 10);
        begin(1, "pass").step(1);
        pass(5);
        outlook.pause(true);
        assertThat(outlook.secondsLeft()).isEmpty();
        outlook.end(List.of("tune"));
        assertThat(outlook.secondsLeft()).hasValue(0);
    }

    @Test
    void stepsOfAnEarlierRunTookNoTimeOfThisOne() {
        add("a", PlanCost.Kind.ENCODER, "vit", 100);
        add("b", PlanCost.Kind.ENCODER, "vit", 100);
        Progress.Bar bar = begin(100, "a");
        bar.before(90);
        pass(10);
        assertThat(outlook.secondsLeft()).isEmpty();
        bar.step(5);
        assertThat(outlook.secondsLeft().orElseThrow())
                .isCloseTo(2 * (5 + 100), org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void whatWasGivenUpCountsAsFarAsItCame() {
        add("a", PlanCost.Kind.ENCODER, "vit", 100);
        add("b", PlanCost.Kind.ENCODER, "vit", 100);
        begin(100, "a").step(20);
        pass(40);
        outlook.pause(false);
        assertThat(outlook.secondsLeft()).hasValue(200);
    }

    @Test
    void whatWasPassedOverIsAnotherRuns() {
        add("a", PlanCost.Kind.ENCODER, "vit", 10);
        add("b", PlanCost.Kind.ENCODER, "vit", 10);
        add("c", PlanCost.Kind.ENCODER, "vit", 10);
        outlook.reach(List.of("b"));
        begin(1, "b").step(1);
        pass(7);
        outlook.pause(true);
        assertThat(outlook.secondsLeft()).hasValue(7);
        outlook.reach(List.of("a")); // it comes back, since the other run has died
        assertThat(outlook.secondsLeft()).hasValue(7);
    }
}
