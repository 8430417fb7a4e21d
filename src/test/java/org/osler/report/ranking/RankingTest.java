package org.osler.report.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osler.metric.Metric;
import org.osler.metric.compare.DeLong;
import org.osler.report.SettingFixture;
import org.osler.report.ranking.OverDatasets.Pair;
import org.osler.report.ranking.OverDatasets.Standing;
import org.osler.study.Strategy;
import org.osler.study.Summary;
import org.osler.study.SummaryRow;
import org.osler.study.TrialResult;

class RankingTest {

    private static final Strategy PROBE = new Strategy.LinearProbe(1e-3);
    private static final List<String> ENCODERS = List.of("resnet18.a1_in1k", "vgg16.tv_in1k", "densenet121.ra_in1k");

    /** Nothing is known of single images. */
    private static final TestSplits NONE = new TestSplits() {
        @Override
        public Optional<double[]> resampled(TrialResult result, Metric metric) {
            return Optional.empty();
        }

        @Override
        public Optional<Binary> binary(TrialResult result) {
            return Optional.empty();
        }
    };

    /** Accuracies by dataset, then encoder; NaN where there is no result. */
    private static List<SummaryRow> summary(double[][] accuracies) {
        List<TrialResult> results = new ArrayList<>();
        for (int d = 0; d < accuracies.length; d++) {
            for (int e = 0; e < accuracies[d].length; e++) {
                double[] block = accuracies[d];
                if (!Double.isNaN(block[e])) {
                    results.addAll(SettingFixture.of("data" + d, ENCODERS.get(e), PROBE, block[e], block[e] + 0.01)
                            .results());
                }
            }
        }
        return Summary.of(results);
    }

    private static double[][] blocks(int n, double... accuracies) {
        double[][] blocks = new double[n][];
        for (int d = 0; d < n; d++) {
            blocks[d] = accuracies.clone();
            blocks[d][d % accuracies.length] += 0.001 * d; // no two blocks alike, the order as before
        }
        return blocks;
    }

    private static OverDatasets ranked(double[][] accuracies) {
        return Ranking.all(summary(accuracies), NONE).get(0).overDatasets();
    }

    @Test
    void theBestIsFirstAndPairsAreTestedFromItsSide() {
        OverDatasets over = ranked(blocks(9, 0.7, 0.9, 0.8));
        assertThat(over.standings())
                .containsExactly(
                        new Standing("VGG16", 1, 9),
                        new Standing("DenseNet-121", 2, 0),
                        new Standing("ResNet-18", 3, 0));
        // All nine agree: 2^(1-9), three pairs.
        assertThat(over.pairs()).hasSize(3).allSatisfy(pair -> {
            assertThat(pair.p()).isEqualTo(3.0 / 256);
            assertThat(pair.better()).isNegative();
        });
        assertThat(over.friedman().orElseThrow().chiSquare()).isCloseTo(18, within(1e-9));
        // CD = 2.3437 √(3 · 4 / 54) = 1.105: neighbours are joined, the ends are not.
        assertThat(over.criticalDifference().orElseThrow()).isCloseTo(1.105, within(0.001));
        assertThat(over.cliques()).containsExactly(List.of(0, 1), List.of(1, 2));
    }

    @Test
    void aHoleLeavesOutWhatLacksMost() {
        double[][] accuracies = blocks(6, 0.7, 0.9, 0.8);
        for (int d = 0; d < 5; d++) {
            double[] block = accuracies[d];
            block[2] = Double.NaN;
        }
        OverDatasets over = ranked(accuracies);
        assertThat(over.leftOut()).containsExactly("DenseNet-121");
        assertThat(over.datasets()).hasSize(6);
        assertThat(over.words()).containsExactly("Wilcoxon's signed-rank test: p\u00a0=\u00a00.031. VGG16 is better.");
        assertThat(over.pairs()).containsExactly(new Pair(0, 1, 1.0 / 32, -1));
    }

    @Test
    void fewDatasetsAreSaidToTellNothing() {
        OverDatasets over = ranked(blocks(4, 0.7, 0.9, 0.8));
        assertThat(over.friedman()).isEmpty();
        assertThat(over.pairs()).isEmpty();
        assertThat(over.words())
                .containsExactly(
                        "Ranks over 4 datasets describe; they cannot tell which encoder is better: rank tests need at"
                                + " least 5 datasets.",
                        "Wilcoxon's signed-rank test of each pair, with Holm's correction, cannot tell any two encoders"
                                + " apart over 4 datasets, even if one were better on all of them: the smallest p it"
                                + " can give is 0.38 for 3 pairs. It takes 7 datasets.");
    }

    @Test
    void noDifferenceLeavesOneBarOverAll() {
        OverDatasets over = ranked(new double[][] {
            {0.7, 0.8, 0.9}, {0.8, 0.9, 0.7}, {0.9, 0.7, 0.8}, {0.7, 0.8, 0.9}, {0.8, 0.9, 0.7}, {0.9, 0.7, 0.8}
        });
        assertThat(over.cliques()).containsExactly(List.of(0, 2));
        assertThat(over.words()).anyMatch(words -> words.startsWith("So Nemenyi's test has nothing to part"));
        assertThat(ranked(blocks(1, 0.7, 0.7)).standings())
                .extracting(Standing::averageRank)
                .containsExactly(1.5, 1.5);
    }

    @Test
    void binaryAucsOfTwoSeedsAreComparedAsTheContrastOfTheirMeans() {
        boolean[] positive = {true, true, true, false, false, false};
        double[][] scores = {
            {0.9, 0.8, 0.4, 0.5, 0.2, 0.1}, {0.8, 0.7, 0.6, 0.3, 0.65, 0.2},
            {0.6, 0.3, 0.7, 0.5, 0.4, 0.2}, {0.2, 0.7, 0.6, 0.5, 0.4, 0.3}
        };
        TestSplits splits = new TestSplits() {
            @Override
            public Optional<double[]> resampled(TrialResult result, Metric metric) {
                double shift = result.trial().encoder().startsWith("vgg") ? 0.1 : 0;
                long seed = result.trial().seed();
                return Optional.of(new double[] {0.5 + shift + seed, 0.6 - seed, 0.7 + shift});
            }

            @Override
            public Optional<Binary> binary(TrialResult result) {
                int first = result.trial().encoder().startsWith("vgg") ? 0 : 2;
                return Optional.of(
                        new Binary(positive, scores[first + (int) result.trial().seed()]));
            }
        };
        List<Ranking> rankings = Ranking.all(summary(new double[][] {{0.7, 0.9}}), splits);
        Duel byAuc = rankings.get(0).duels().get(0);
        DeLong expected = DeLong.of(positive, scores, new double[] {0.5, 0.5, -0.5, -0.5});
        assertThat(byAuc.best()).isEqualTo("VGG16");
        assertThat(byAuc.test().orElseThrow().method()).isEqualTo("DeLong");
        assertThat(byAuc.test().orElseThrow().p()).isEqualTo(expected.p());
        Duel byAccuracy = rankings.get(1).duels().get(0);
        assertThat(byAccuracy.difference()).isCloseTo(0.2, within(1e-12));
        // Means over seeds 0 and 1 on the resamples differ by 0.1, 0 and 0.1.
        Duel.OverImages test = byAccuracy.test().orElseThrow();
        assertThat(test.method()).isEqualTo("bootstrap");
        assertThat(test.low()).isCloseTo(0.005, within(1e-12));
        assertThat(test.high()).isCloseTo(0.1, within(1e-12));
    }
}
