package org.osler.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.osler.SeededRandom;
import org.osler.encoder.EncoderCatalog;
import org.osler.metric.Task;
import org.osler.metric.Units;
import org.osler.study.EncoderChoice;
import org.osler.study.Plan;
import org.osler.study.StudyOptions;
import org.osler.study.WeightsKind;
import org.osler.train.CrossValidation.OutOfFold;

class StandingsTest {

    private static final int IMAGES = 400;
    private static final int[][] LABELS = new int[IMAGES][1];

    static {
        for (int i = 0; i < IMAGES; i++) {
            LABELS[i][0] = i % 2;
        }
    }

    @Test
    void theBestComesFirstAndWhatIsAsGoodIsNotToldFromIt() {
        double[][] good = scores(2, "a");
        Map<Candidate, Tried> tried = new LinkedHashMap<>();
        tried.put(candidate("resnet18"), tried(scores(0, "c")));
        tried.put(candidate("resnet34"), tried(good));
        tried.put(candidate("resnet50"), tried(good));
        List<Standing> standings = standings(tried, Units.alone(IMAGES));
        assertThat(standings)
                .extracting(standing -> standing.encoder().replaceFirst("\\..*", ""))
                .as("of equals the one with less work first")
                .containsExactly("resnet34", "resnet50", "resnet18");
        assertThat(standings.get(0).behind()).isEmpty();
        Standing.Behind equal = standings.get(1).behind().orElseThrow();
        assertThat(equal.difference()).isZero();
        assertThat(equal.p()).isEqualTo(1);
        assertThat(equal.isReal()).isFalse();
        Standing.Behind chance = standings.get(2).behind().orElseThrow();
        assertThat(chance.difference()).isCloseTo(-0.42, within(0.1));
        assertThat(chance.interval().high()).isLessThan(0);
        assertThat(chance.isReal()).isTrue();
        assertThat(chance.p()).as("2/2001, times two comparisons").isCloseTo(2 * 2 / 2001.0, within(1e-12));
        assertThat(standings.get(0).auc())
                .isBetween(
                        standings.get(0).aucInterval().low(),
                        standings.get(0).aucInterval().high());
    }

    /** Large datasets get fewer resamples, yet enough for the smallest p to pass the correction for all comparisons. */
    @Test
    void aDifferenceCanBeToldHoweverManyEncodersThereAre() {
        Map<Candidate, Tried> tried = new LinkedHashMap<>();
        tried.put(candidate("resnet18"), tried(scores(3, "a")));
        List<String> others = EncoderCatalog.cards().stream()
                .map(card -> card.id())
                .filter(id -> !id.startsWith("resnet18"))
                .toList();
        others.forEach(id -> tried.put(candidate(id), tried(scores(0, id))));
        assertThat(new Standings(Task.BINARY, LABELS, 2_000_000, Units.alone(IMAGES)).of(tried, Map.of()))
                .filteredOn(standing -> standing.behind().isPresent())
                .hasSize(others.size())
                .allSatisfy(standing ->
                        assertThat(standing.behind().orElseThrow().isReal()).isTrue());
    }

    /** Ten images of each patient, scored alike, tell no more than one of each. */
    @Test
    void groupsMakeIntervalsAsWideAsTheyAre() {
        double[][] scores = scores(1, "a");
        int[] tens = IntStream.range(0, IMAGES).map(i -> i % 40).toArray();
        for (int i = 0; i < IMAGES; i++) {
            scores[i] = scores[i % 40];
        }
        Map<Candidate, Tried> one = Map.of(candidate("resnet18"), tried(scores));
        double grouped = width(standings(one, new Units(tens)).get(0));
        double ungrouped = width(standings(one, Units.alone(IMAGES)).get(0));
        assertThat(grouped / ungrouped).isCloseTo(Math.sqrt(10), within(0.6));
    }

    private static double width(Standing standing) {
        return standing.aucInterval().high() - standing.aucInterval().low();
    }

    private static List<Standing> standings(Map<Candidate, Tried> tried, Units groups) {
        return new Standings(Task.BINARY, LABELS, 2, groups).of(tried, Map.of());
    }

    private static Tried tried(double[][] scores) {
        return new Tried(new OutOfFold(scores, scores), -0.5);
    }

    static Candidate candidate(String encoder) {
        var choice =
                new EncoderChoice(EncoderCatalog.find(encoder).orElseThrow(), WeightsKind.RANDOM, Optional.empty());
        var options = new StudyOptions()
                .say("study", List.of("study"), List.of("s"))
                .say("data", List.of("datasets"), List.of("breastmnist"))
                .say("encoders", List.of("encoders"), List.of(encoder))
                .say("strategies", List.of("strategies"), List.of("linear-probe"));
        return new Candidate(choice, Plan.of(options.study(Map.of())).trials().get(0));
    }

    /** Scores of the second class that lie so many standard deviations apart. */
    private static double[][] scores(double apart, String purpose) {
        SeededRandom random = SeededRandom.of(3, purpose);
        double[][] scores = new double[IMAGES][2];
        for (int i = 0; i < IMAGES; i++) {
            double p = 1 / (1 + Math.exp(-(random.normal() + apart * (LABELS[i][0] - 0.5))));
            scores[i] = new double[] {1 - p, p};
        }
        return scores;
    }
}
