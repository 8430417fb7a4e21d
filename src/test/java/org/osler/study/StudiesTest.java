package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The studies that come with Osler make the trials that their first comments say. */
class StudiesTest {

    @Test
    void quickstartMakesTwentyFourTrials() {
        Plan plan = Plan.of(StudyFile.read(Path.of("studies/quickstart.yaml"), Map.of()));
        assertThat(plan.trials()).hasSize(24).allMatch(trial -> trial.weights() == WeightsKind.RANDOM);
    }

    @Test
    void breastRetinaMakesTwelveTrials() {
        Plan plan = Plan.of(StudyFile.read(Path.of("studies/breast-retina.yaml"), Map.of()));
        assertThat(plan.trials()).hasSize(12).allMatch(trial -> trial.recipe().iterations() == 15_000);
    }
}
