package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osler.report.SettingFixture;

class ConditionTest {

    private static final Strategy PROBE = new Strategy.LinearProbe(1e-3);

    private static List<Condition> conditions(SettingFixture... settings) {
        List<TrialResult> results = new ArrayList<>();
        for (SettingFixture setting : settings) {
            results.addAll(setting.results());
        }
        return Condition.all(Summary.of(results));
    }

    @Test
    void whatOnlyEncodersDifferInTellsNoConditionsApart() {
        List<Condition> conditions = conditions(
                SettingFixture.of("breastmnist", "resnet18.a1_in1k", PROBE, 0.8),
                SettingFixture.of("breastmnist", "vit_base_patch14_dinov2.lvd142m", PROBE, 0.8)
                        .withInput(518));
        assertThat(conditions).extracting(Condition::settings).containsExactly("");
        assertThat(conditions.get(0).rows()).hasSize(2);
    }

    @Test
    void whatVariesWithinAnEncoderAndDatasetDoes() {
        List<Condition> conditions = conditions(
                SettingFixture.of("breastmnist", "resnet18.a1_in1k", PROBE, 0.8),
                SettingFixture.of("breastmnist", "resnet18.a1_in1k", PROBE, 0.8).withInput(112),
                SettingFixture.of("retinamnist", "resnet18.a1_in1k", PROBE, 0.8).withInput(112));
        assertThat(conditions).extracting(Condition::settings).containsExactly("input 112", "input 224");
        assertThat(conditions).extracting(condition -> condition.rows().size()).containsExactly(2, 1);
    }

    @Test
    void onlyTheSelectedLearningRateStands() {
        List<Condition> conditions = conditions(
                SettingFixture.of("breastmnist", "resnet18.a1_in1k", new Strategy.FineTune(1e-3, 1e-5), 0.8),
                SettingFixture.of("breastmnist", "resnet18.a1_in1k", new Strategy.FineTune(1e-3, 1e-4), 0.9));
        assertThat(conditions).hasSize(1);
        assertThat(conditions.get(0).rows())
                .extracting(row -> row.setting().strategy())
                .containsExactly(new Strategy.FineTune(1e-3, 1e-4));
    }
}
