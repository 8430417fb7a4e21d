package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.train.Recipe;

/** The studies that come with Osler make the trials that their first comments say. */
class StudiesTest {

    @Test
    void quickstartMakesTwentyFourTrials() {
        Plan plan = Plan.of(StudyFile.read(Path.of("studies/quickstart.yaml"), Map.of()));
        assertThat(plan.trials()).hasSize(24).allMatch(trial -> trial.weights().isRandom());
    }

    @Test
    void breastRetinaMakesTwelveTrials() {
        Plan plan = Plan.of(StudyFile.read(Path.of("studies/breast-retina.yaml"), Map.of()));
        assertThat(plan.trials()).hasSize(12).allMatch(trial -> trial.recipe().equals(Recipe.wu2025()));
    }

    /** Counted by hand in each file's first comment; encoder passes are what probing with frozen batch norm needs. */
    @ParameterizedTest
    @CsvSource({
        "wu2025, 2160, 144",
        "wu2025-learning-rate, 1728, 144",
        "wu2025-sizes, 1275, 85",
        "wu2025-few-shot, 5184, 144",
        "beyond-sizes, 6120, 1020",
        "beyond-medical, 144, 48",
        "doerrich2024, 2688, 384",
        "medmnist2023, 72, 24",
    })
    void theStudyMakesTheTrialsThatItsFirstCommentCounts(String name, int trials, int passes) throws IOException {
        Path file = Path.of("studies", name + ".yaml");
        Plan plan = Plan.of(StudyFile.read(file, Map.of()));
        assertThat(plan.trials()).hasSize(trials).doesNotHaveDuplicates();
        assertThat(plan.groups()).hasSize(passes);
        assertThat(Files.readString(file)).contains(String.format(Locale.ROOT, "%,d", trials));
    }

    @Test
    void learningRatesOfTheirOwnStudyAreThoseOfTheWhole() {
        Plan whole = Plan.of(StudyFile.read(Path.of("studies/wu2025.yaml"), Map.of()));
        Plan rates = Plan.of(StudyFile.read(Path.of("studies/wu2025-learning-rate.yaml"), Map.of()));
        assertThat(whole.trials()).containsAll(rates.trials());
    }
}
