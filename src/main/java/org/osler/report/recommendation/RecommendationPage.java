package org.osler.report.recommendation;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.osler.Amounts;
import org.osler.metric.Interval;
import org.osler.recommend.FineTuning;
import org.osler.recommend.Recommendation;
import org.osler.recommend.Standing;
import org.osler.recommend.Untried;

/**
 * A recommendation as the page shows it: texts, and places for its plot of intervals.
 *
 * @param words what it says
 * @param how how it came about, in sentences
 * @param lines best first
 * @param ticks of the plot's scale
 * @param untried in a line each
 * @param costs of fine-tuning, in a line each
 * @param next command lines that go on from here
 */
public record RecommendationPage(
        String words,
        String how,
        List<Line> lines,
        List<Tick> ticks,
        List<String> untried,
        List<String> costs,
        List<Recommendation.Next> next) {

    private static final double GIGA = 1e9;
    private static final double SMALLEST_P = 0.001;

    /**
     * One encoder.
     *
     * @param level whether the images do not tell it from the first
     * @param bar where its interval lies in the plot; null if it has none
     */
    public record Line(
            int rank,
            String name,
            String id,
            boolean untrained,
            boolean level,
            String auc,
            String interval,
            Bar bar,
            String behind,
            String behindInterval,
            String p,
            String accuracy,
            String neighbours,
            String logMe,
            String testAuc,
            String testAccuracy,
            String work) {}

    /** Ends and middle of an interval, in hundredths of the plot's width. */
    public record Bar(String from, String to, String at) {}

    /** A number on the scale, and where it stands in hundredths of the plot's width. */
    public record Tick(String label, String at) {}

    /** The page of a recommendation. */
    public static RecommendationPage of(Recommendation found) {
        Scale scale = Scale.of(found.standings());
        return new RecommendationPage(
                found.inWords(),
                how(found),
                IntStream.range(0, found.standings().size())
                        .mapToObj(i -> line(i + 1, found.standings().get(i), scale))
                        .toList(),
                scale.ticks().stream()
                        .map(tick -> new Tick(String.format(Locale.ROOT, scale.format(), tick), scale.at(tick / 100)))
                        .toList(),
                found.untried().stream().map(RecommendationPage::untried).toList(),
                found.fineTuning().stream().map(RecommendationPage::cost).toList(),
                found.next());
    }

    private static String how(Recommendation found) {
        return String.format(
                Locale.ROOT,
                "Each encoder's features of the %,d training images were divided into %d folds, by class%s; linear probes"
                        + " and %d nearest neighbours trained on the others scored each fold. Validation chose"
                        + " checkpoints; test took no part.",
                found.images(),
                found.folds(),
                found.groupColumn()
                        .map(column -> String.format(
                                Locale.ROOT, " and with the images of each %s together (%,d)", column, found.groups()))
                        .orElse(""),
                found.k());
    }

    private static Line line(int rank, Standing standing, Scale scale) {
        Interval interval = standing.aucInterval();
        boolean has = !Double.isNaN(interval.low());
        var behind = standing.behind();
        return new Line(
                rank,
                standing.name(),
                standing.encoder(),
                standing.untrained(),
                behind.map(each -> !each.isReal()).orElse(true),
                percent(standing.auc()),
                range(interval),
                has ? new Bar(scale.at(interval.low()), scale.at(interval.high()), scale.at(standing.auc())) : null,
                behind.map(each -> percent(-each.difference())).orElse(""),
                behind.map(each -> range(new Interval(
                                -each.interval().high(), -each.interval().low())))
                        .orElse(""),
                behind.map(each -> p(each.p())).orElse(""),
                percent(standing.accuracy()),
                percent(standing.neighboursAuc()),
                String.format(Locale.ROOT, "%.3f", standing.logMe()),
                standing.test().map(test -> spread(test.auc(), test.aucStd())).orElse("–"),
                standing.test()
                        .map(test -> spread(test.accuracy(), test.accuracyStd()))
                        .orElse("–"),
                String.format(Locale.ROOT, "%.1f", standing.multiplyAdds() / GIGA));
    }

    private static String untried(Untried each) {
        return each.name() + " (" + each.encoder() + "): " + each.reason()
                + (each.seconds().isPresent()
                        ? "; about " + Amounts.time(each.seconds().getAsDouble())
                        : "");
    }

    private static String cost(FineTuning each) {
        return String.format(
                Locale.ROOT,
                "%s: about %s on this machine (%,d iterations, one seed, one learning rate)",
                each.name(),
                Amounts.time(each.seconds()),
                each.iterations());
    }

    private static String percent(double fraction) {
        // A whole number of tenths has no negative zero.
        return Double.isNaN(fraction) ? "–" : String.format(Locale.ROOT, "%.1f", Math.round(1000 * fraction) / 10.0);
    }

    private static String spread(double mean, double std) {
        return Double.isNaN(mean) ? "–" : percent(mean) + " ± " + percent(std);
    }

    private static String range(Interval interval) {
        return Double.isNaN(interval.low()) ? "" : percent(interval.low()) + "–" + percent(interval.high());
    }

    private static String p(double p) {
        if (Double.isNaN(p)) {
            return "–";
        }
        return p < SMALLEST_P ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }
}
