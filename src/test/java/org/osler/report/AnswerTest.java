package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osler.report.ReportModel.Range;
import org.osler.report.ReportModel.Row;
import org.osler.report.ReportModel.Run;
import org.osler.report.ReportModel.Scores;

class AnswerTest {

    private static final double NONE = Double.NaN;

    @Test
    void theHighestMeanAucWins() {
        Answer answer = Answer.of("d", List.of(row("a", 0.5, 0.70, 0.72), row("b", 0.6, 0.80, 0.82)));
        assertThat(answer.winner()).isEqualTo("b, linear-probe");
        assertThat(plain(answer.finding()))
                .isEqualTo("is best, with AUC 81.00 ± 1.00 % and ACC 60.00 ± 0.00 % (2 seeds).");
        assertThat(answer.caveats()).isEmpty();
    }

    @Test
    void aLeadNoLargerThanTheSpreadIsSaid() {
        Answer answer = Answer.of("d", List.of(row("a", 0.5, 0.70, 0.78), row("b", 0.6, 0.72, 0.80)));
        assertThat(answer.caveats()).singleElement().asString().contains("no larger than the spread over seeds");
    }

    @Test
    void anotherWinnerByAccuracyIsNamed() {
        Answer answer = Answer.of("d", List.of(row("a", 0.9, 0.70, 0.72), row("b", 0.6, 0.80, 0.82)));
        assertThat(answer.caveats()).anyMatch(text -> text.startsWith("By ACC it is a, linear-probe"));
    }

    @Test
    void accuracyDecidesWhereNoRowHasAnAuc() {
        Answer answer = Answer.of("d", List.of(row("a", 0.9, NONE, NONE), row("b", 0.6, NONE, NONE)));
        assertThat(answer.winner()).startsWith("a,");
        assertThat(plain(answer.finding())).startsWith("is best, with ACC 90.00");
        assertThat(answer.caveats()).contains("The AUC is not defined here, so accuracy decides.");
    }

    @Test
    void theChoiceOfValidationDataIsNamedWhereItDiffers() {
        Row bestOnTest = row("a", false, List.of(run(0.6, 0.90, 0.70)));
        Row bestOnValidation = row("b", false, List.of(run(0.6, 0.80, 0.75)));
        Answer answer = Answer.of("d", List.of(bestOnTest, bestOnValidation));
        assertThat(answer.winner()).startsWith("a,");
        assertThat(answer.caveats()).anyMatch(text -> text.contains("it would have been b, linear-probe"));
    }

    @Test
    void untrainedWinnersAndSingleSeedsAreCautionedAgainst() {
        Answer answer = Answer.of("d", List.of(row("a", true, List.of(run(0.6, 0.9, 0.9)))));
        assertThat(answer.winner()).contains("(untrained)");
        assertThat(answer.caveats()).anyMatch(text -> text.startsWith("Untrained:"));
        assertThat(answer.caveats()).anyMatch(text -> text.startsWith("One seed only"));
    }

    @Test
    void tooFewTestImagesToTellTheFirstTwoApartAreSaid() {
        Row best = row("a", false, List.of(run(0.6, 0.90, 0.90, 0.85, 0.95), run(0.6, 0.90, 0.90, 0.83, 0.95)));
        assertThat(Answer.of("d", List.of(best, row("b", 0.6, 0.845, 0.845))).caveats())
                .anyMatch(text -> text.contains("too few") && text.contains("84.00 to 95.00"));
        assertThat(Answer.of("d", List.of(best, row("b", 0.6, 0.835, 0.835))).caveats())
                .noneMatch(text -> text.contains("too few"));
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }

    private static Row row(String encoder, double accuracy, double... aucs) {
        var runs = new ArrayList<Run>();
        for (double auc : aucs) {
            runs.add(run(accuracy, auc, auc));
        }
        return row(encoder, false, runs);
    }

    private static Row row(String encoder, boolean untrained, List<Run> runs) {
        return new Row(
                "d",
                encoder,
                encoder,
                untrained,
                "linear-probe",
                "",
                List.of(),
                true,
                List.of(),
                runs,
                Optional.empty(),
                List.of());
    }

    private static Run run(double accuracy, double auc, double valAuc) {
        return run(accuracy, auc, valAuc, NONE, NONE);
    }

    private static Run run(double accuracy, double auc, double valAuc, double low, double high) {
        return new Run(
                "0",
                0,
                "",
                new Scores(accuracy, valAuc),
                new Scores(accuracy, auc),
                Optional.empty(),
                Double.isNaN(low) ? Optional.empty() : Optional.of(new Range(low, high)),
                List.of(),
                -1,
                Optional.empty(),
                1,
                Map.of());
    }
}
