package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osler.study.Strategy;
import org.osler.study.SummaryRow;
import org.osler.study.WeightsKind;

class SummaryTableTest {

    private static final String VIT = "vit_tiny_patch16_224.augreg_in21k_ft_in1k";

    private static final List<SummaryRow> ROWS = List.of(
            DemoResults.row(
                    "breastmnist",
                    VIT,
                    WeightsKind.PRETRAINED,
                    new Strategy.LinearProbe(1e-3),
                    true,
                    Optional.of(DemoResults.PUBLISHED),
                    0.80,
                    0.82),
            DemoResults.row(
                    "breastmnist",
                    "resnet18.a1_in1k",
                    WeightsKind.SEEDED,
                    new Strategy.FineTune(1e-3, 1e-4),
                    true,
                    Optional.empty(),
                    0.70,
                    0.72),
            DemoResults.row(
                    "breastmnist",
                    "resnet18.a1_in1k",
                    WeightsKind.SEEDED,
                    new Strategy.FineTune(1e-3, 1e-5),
                    false,
                    Optional.empty(),
                    0.60,
                    0.62));

    @Test
    void aWideTerminalShowsEverything() {
        assertThat(SummaryTable.of(ROWS, 200)).isEqualTo("""
                        dataset      encoder                strategy             ACC %           AUC %    n  published ACC / AUC     difference
                        -----------------------------------------------------------------------------------------------------------------------
                        breastmnist  ViT-Ti/16              linear-probe  81.00 ± 1.00 *  86.00 ± 1.00 *  2        85.00 / 88.00  −4.00 / −2.00
                        breastmnist  ResNet-18 (untrained)  fine-tune     71.00 ± 1.00    76.00 ± 1.00    2
                        Test split, mean ± population standard deviation over n seeds; * highest of its dataset.
                        untrained: random weights, which say nothing about the encoder.
                        """);
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int width : new int[] {60, 79, 80, 100, 120}) {
            String table = SummaryTable.of(ROWS, width);
            assertThat(table.lines().filter(line -> line.contains(" ± ")))
                    .as("width " + width)
                    .allMatch(line -> line.length() <= width);
            assertThat(table).contains("81.00 ± 1.00").contains("71.00 ± 1.00").contains("(untrained)");
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThat(SummaryTable.of(ROWS, 90))
                .contains("Left out for width: published ACC / AUC, difference; summary.csv has them.")
                .doesNotContain("85.00 / 88.00");
    }

    @Test
    void aStudyWithoutResultsSaysSo() {
        assertThat(SummaryTable.of(List.of(), 80)).isEqualTo("no results yet\n");
    }

    @Test
    void learningRatesAreShownWhereSeveralWereTried() {
        var settings = new Settings(ROWS);
        assertThat(settings.of(ROWS.get(1).setting())).isEqualTo("encoder lr 0.0001");
        var without = new Settings(ROWS.subList(0, 2));
        assertThat(without.of(ROWS.get(1).setting())).isEmpty();
    }
}
