package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.encoder.Encoder;
import org.osler.tensor.Scope;
import org.osler.train.Progress;
import org.osler.weights.Home;

/** Where untrained encoders start: by seed where they are trained, the same for all trials where they are not. */
class UntrainedStartTest {

    @TempDir
    private Path scratch;

    private final Study study = StudyFile.read(
            Path.of("studies/quickstart.yaml"), Map.of("strategies", "[linear-probe, fine-tune]", "seeds", "[0, 1]"));

    private List<Trial> trials(Predicate<Strategy> wanted) {
        return Plan.of(study).trials().stream()
                .filter(trial -> trial.encoder().startsWith("resnet18")
                        && trial.dataset().equals(study.datasets().get(0).name()))
                .filter(trial -> wanted.test(trial.strategy()))
                .toList();
    }

    /** Every value of a trial's encoder, in one row. */
    private double[] start(Trial trial) throws IOException {
        var sources = new Sources(study, new Home(scratch, scratch.resolve("hub")), Progress.SILENT);
        try (Encoder encoder = sources.encoder(trial, sources.weights(trial));
                Scope scope = Scope.open()) {
            return encoder.parameters().trained().stream()
                    .flatMapToDouble(tensor -> Arrays.stream(tensor.detach().toDoubles()))
                    .toArray();
        }
    }

    @Test
    void fineTuningStartsBySeed() throws IOException {
        List<Trial> trials = trials(strategy -> strategy instanceof Strategy.FineTune);
        assertThat(trials).hasSize(2).allMatch(trial -> trial.weights() == WeightsKind.SEEDED);
        double[] first = start(trials.get(0));
        assertThat(start(trials.get(0))).isEqualTo(first);
        double[] second = start(trials.get(1));
        long equal = java.util.stream.IntStream.range(0, first.length)
                .filter(i -> first[i] == second[i])
                .count();
        // Norms start with ones and zeros whatever the seed; these are less than a hundredth of a ResNet's values.
        assertThat(equal / (double) first.length).isLessThan(0.01);
    }

    @Test
    void frozenEncodersAreTheSameForAllSeedsSoThatTheyShareAPass() throws IOException {
        List<Trial> trials = trials(strategy -> strategy instanceof Strategy.LinearProbe);
        assertThat(trials).hasSize(2).allMatch(trial -> trial.weights() == WeightsKind.RANDOM);
        assertThat(start(trials.get(1))).isEqualTo(start(trials.get(0)));
    }
}
