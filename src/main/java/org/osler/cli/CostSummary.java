package org.osler.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
        say(
                "order     features first, the smallest dataset before the others: all encoders on %s after about %s",
                lines.get(0).dataset(), Amounts.time(firstDataset()));
        say("speeds    of %s, images a second:", cost.origin());
        cost.speeds().stream()
                .collect(Collectors.groupingBy(
                        speed -> speed.encoder() + " at " + speed.input(),
                        java.util.LinkedHashMap::new,
                        Collectors.toList()))
                .forEach((encoder, speeds) -> say(
                        "          %s: %s",
                        encoder, speeds.stream().map(CostSummary::speed).collect(Collectors.joining(", "))));
        PlanSpace space = cost.space();
        say(
                "disk      %s of features, %s of unpacked images (both in $OSLER_HOME), %s of results",
                Amounts.bytes(space.features()), Amounts.bytes(space.images()), Amounts.bytes(space.results()));
        if (space.checkpoint() > 0) {
            say(
                    "          and up to %s of a checkpoint while an encoder is trained",
                    Amounts.bytes(space.checkpoint()));
        }
        say("memory    %s", memory(space));
        say("          activations come on top: 'osler bench' tells how much memory an encoder takes in all");
    }

    private static String memory(PlanSpace space) {
        String features = Amounts.bytes(space.featureMemory()) + " for parameters or features";
        String training =
                Amounts.bytes(space.trainingMemory()) + " for parameters, gradients and moments of the largest encoder";
        return space.trainingMemory() == 0
                ? features
                : space.featureMemory() == 0 ? training : features + ", then " + training;
    }

    /** Until all work on features of the first dataset is done; where there is none, until its first piece is. */
    private double firstDataset() {
        String first = cost.lines().get(0).dataset();
        return cost.lines().stream()
                .takeWhile(line -> line.dataset().equals(first))
                .mapToDouble(Line::seconds)
                .sum();
    }

    private static String speed(EncoderSpeed speed) {
        String mode = speed.mode() == Throughput.Mode.INFER ? "features" : "training";
        String scaled = speed.scaledFrom()
                .map(from -> " (from " + from + ", by multiply-adds)")
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%s %." + (speed.imagesPerSecond() < 10 ? 1 : 0) + "f%s",
                mode,
                speed.imagesPerSecond(),
                scaled);
    }

    private void say(String format, Object... values) {
        terminal.out().println(String.format(Locale.ROOT, format, values));
    }
}
