package org.osler.cli;

import java.util.Locale;
import org.osler.Amounts;
import org.osler.metric.Interval;
import org.osler.recommend.FineTuning;
import org.osler.recommend.Recommendation;
import org.osler.recommend.Standing;
import org.osler.recommend.Untried;

/** Prints which encoder fits, and what to do with that. */
final class RecommendationView {

    private static final double GIGA = 1e9;
    private static final double SMALLEST_P = 0.001;

    private final Terminal terminal;

    RecommendationView(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(Recommendation found) {
        terminal.out().println();
        table(found);
        terminal.out().println();
        say(found.inWords());
        for (Untried each : found.untried()) {
            say("Not tried: " + each.encoder() + ", " + each.reason()
                    + (each.seconds().isPresent()
                            ? " (about " + Amounts.time(each.seconds().getAsDouble()) + ")"
                            : "")
                    + ".");
        }
        for (FineTuning each : found.fineTuning()) {
            say(String.format(
                    Locale.ROOT,
                    "Fine-tuning %s would take about %s here (%,d iterations, one seed).",
                    each.name(),
                    Amounts.time(each.seconds()),
                    each.iterations()));
        }
        for (Recommendation.Next next : found.next()) {
            terminal.out().println();
            terminal.out().println(next.what() + ":");
            terminal.out().println("  " + next.command());
        }
    }

    private void table(Recommendation found) {
        TextTable table = new TextTable()
                .text("Encoder")
                .number("GMAC")
                .number("AUC (95 %)")
                .number("behind (95 %)")
                .number("p")
                .number("ACC")
                .number("k-NN AUC")
                .number("LogME")
                .number("Test AUC")
                .number("Test ACC");
        for (Standing each : found.standings()) {
            table.row(
                    each.name() + (each.untrained() ? " (untrained)" : ""),
                    String.format(Locale.ROOT, "%.1f", each.multiplyAdds() / GIGA),
                    percent(each.auc()) + range(each.aucInterval()),
                    each.behind()
                            .map(behind -> percent(-behind.difference()) + range(opposite(behind.interval())))
                            .orElse("best"),
                    each.behind().map(behind -> p(behind.p())).orElse(""),
                    percent(each.accuracy()),
                    percent(each.neighboursAuc()),
                    String.format(Locale.ROOT, "%.3f", each.logMe()),
                    each.test().map(test -> percent(test.auc())).orElse("–"),
                    each.test().map(test -> percent(test.accuracy())).orElse("–"));
        }
        table.print(terminal);
    }

    private void say(String text) {
        terminal.out().println(text);
    }

    private static Interval opposite(Interval interval) {
        return new Interval(-interval.high(), -interval.low());
    }

    private static String percent(double fraction) {
        // A whole number of tenths has no negative zero.
        return Double.isNaN(fraction) ? "–" : String.format(Locale.ROOT, "%.1f", Math.round(1000 * fraction) / 10.0);
    }

    private static String range(Interval interval) {
        return Double.isNaN(interval.low())
                ? ""
                : " (" + percent(interval.low()) + "–" + percent(interval.high()) + ")";
    }

    private static String p(double p) {
        if (Double.isNaN(p)) {
            return "–";
        }
        return p < SMALLEST_P ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
