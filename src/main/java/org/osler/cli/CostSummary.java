package org.osler.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.osler.Amounts;
import org.osler.study.PlanCost;
import org.osler.study.PlanCost.EncoderSpeed;
import org.osler.study.PlanCost.Kind;
import org.osler.study.PlanCost.Line;
import org.osler.study.PlanSpace;
import org.osler.train.Throughput;

/** What a plan costs in all, in a few lines, and how that is known. */
final class CostSummary {

    private final Terminal terminal;
    private final PlanCost cost;

    CostSummary(Terminal terminal, PlanCost cost) {
        this.terminal = terminal;
        this.cost = cost;
    }

    void print() {
        if (cost.passesAtHand() > 0) {
            say("at hand   features of %d passes, made before", cost.passesAtHand());
        }
        List<Line> lines = cost.lines();
        if (lines.isEmpty()) {
            return;
        }
        double tuning = lines.stream()
                .filter(line -> line.kind() == Kind.ENCODER)
                .mapToDouble(Line::seconds)
                .sum();
        String parts = tuning == 0
                ? ""
                : ": %s for features and heads, then %s for what runs the encoder at every step"
                        .formatted(Amounts.time(cost.seconds() - tuning), Amounts.time(tuning));
        say("time      about %s%s", Amounts.time(cost.seconds()), parts);
        if (lines.get(0).kind() != Kind.ENCODER) {
            say(
                    "order     features first, the smallest dataset before the others: all encoders on %s after about %s",
                    lines.get(0).dataset(), Amounts.time(firstDataset()));
        }
        printSpeeds();
        printSpace(cost.space());
    }

    private void printSpeeds() {
        if (cost.speeds().isEmpty()) {
            return;
        }
        say("speeds    of %s, images a second:", cost.origin());
        cost.speeds().stream()
                .collect(Collectors.groupingBy(
                        speed -> speed.encoder() + " at " + speed.input(),
                        java.util.LinkedHashMap::new,
                        Collectors.toList()))
                .forEach((encoder, speeds) -> say(
                        "          %s: %s",
                        encoder, speeds.stream().map(CostSummary::speed).collect(Collectors.joining(", "))));
        if (cost.speeds().stream().anyMatch(speed -> speed.scaledFrom().isPresent())) {
            say("          from another one: scaled by multiply-adds");
        }
        if (cost.speeds().stream().anyMatch(EncoderSpeed::postponed)) {
            say("          * not measured in the seconds that a plan has for it; the next plan goes on measuring");
        }
        cost.disturbance().ifPresent(what -> {
            say("          NOT KEPT, and too slow: %s", what);
            say("          while this machine was measured. Plan again when it is idle");
        });
    }

    private void printSpace(PlanSpace space) {
        String images = Amounts.bytes(space.images()) + " of unpacked images";
        String home = space.features() == 0
                ? images + " (in $OSLER_HOME)"
                : Amounts.bytes(space.features()) + " of features, " + images + " (both in $OSLER_HOME)";
        say("disk      %s, %s of results", home, Amounts.bytes(space.results()));
        if (space.checkpoint() > 0) {
            say("          and up to %s of checkpoints while an encoder is trained", Amounts.bytes(space.checkpoint()));
        }
        say("memory    %s", memory(space));
        say("          activations come on top: 'osler bench' tells how much memory an encoder takes in all");
    }

    private static String memory(PlanSpace space) {
        String features = Amounts.bytes(space.featureMemory()) + " for parameters or features";
        String training = Amounts.bytes(space.trainingMemory()) + " while the largest encoder is trained";
        return space.trainingMemory() == 0
                ? features
                : space.featureMemory() == 0 ? training : features + ", then " + training;
    }

    /** Until all work on features of the first dataset is done. */
    private double firstDataset() {
        String first = cost.lines().get(0).dataset();
        return cost.lines().stream()
                .takeWhile(line -> line.dataset().equals(first) && line.kind() != Kind.ENCODER)
                .mapToDouble(Line::seconds)
                .sum();
    }

    private static String speed(EncoderSpeed speed) {
        String mode = speed.mode() == Throughput.Mode.INFER ? "features" : "training";
        String scaled = speed.scaledFrom()
                .map(from -> " (from " + from + ")" + (speed.postponed() ? "*" : ""))
                .orElse("");
        return String.format(
                Locale.ROOT, "%s %." + digits(speed.imagesPerSecond()) + "f%s", mode, speed.imagesPerSecond(), scaled);
    }

    private static int digits(double imagesPerSecond) {
        if (imagesPerSecond < 1) {
            return 2;
        }
        return imagesPerSecond < 10 ? 1 : 0;
    }

    private void say(String format, Object... values) {
        terminal.out().println(String.format(Locale.ROOT, format, values));
    }
}
