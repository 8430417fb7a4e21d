package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

    @TempDir
    private Path folder;

    private Plan plan(String rest) throws IOException {
        Path file = folder.resolve("s.yaml");
        Files.writeString(file, "study: s\nencoders: [resnet18, vit_tiny_patch16_224]\n" + rest);
        return Plan.of(StudyFile.read(file, Map.of()));
    }

    @Test
    void listsMultiply() throws IOException {
        Plan plan = plan("""
                datasets: [breastmnist, retinamnist, {phantom: {task: binary}}]
                size: [28, 64]
                resize: [scale, pad]
                input: [64, 96, 128]
                shots: [all, 10]
                seeds: [0, 1, 2, 3]
                strategies:
                  - linear-probe: {head-lr: [1e-3, 1e-2]}
                  - fine-tune: {encoder-lr: {cnn: [1e-3, 1e-4, 1e-5], vit: 1e-5}}
                  - nearest-neighbours
                """);
        // By hand. Ways to see images: (2 datasets × 2 sizes + 1 phantom) × 2 resizes × 3 inputs = 30, but 64 pixels as
        // an
        // input of 64 are the same scaled and padded, in 2 datasets: 28.
        // ResNet: 2 + 3 strategies × 2 shots × 4 seeds = 40, and 1 × 2 × 1 neighbours = 42. ViT: 3 × 8 + 2 = 26.
        assertThat(plan.trials()).hasSize(28 * (42 + 26));
        assertThat(new HashSet<>(plan.trials().stream().map(Trial::id).toList()))
                .hasSize(28 * (42 + 26));
        assertThat(plan.groups()).hasSize(56);
        assertThat(plan.table())
                .contains(
                        new Plan.Row("breastmnist", "resnet18.a1_in1k", "linear-probe", 11 * 16),
                        new Plan.Row("phantom-binary", "resnet18.a1_in1k", "fine-tune", 6 * 24),
                        new Plan.Row(
                                "retinamnist", "vit_tiny_patch16_224.augreg_in21k_ft_in1k", "nearest-neighbours", 22))
                .hasSize(18);
    }

    @Test
    void quickTrialsOfSharedFeaturesComeFirst() throws IOException {
        Plan plan = plan("""
                datasets: [breastmnist]
                seeds: [0, 1]
                strategies: [fine-tune, linear-probe, nearest-neighbours]
                """);
        List<String> one = List.of("nearest-neighbours", "linear-probe", "linear-probe", "fine-tune", "fine-tune");
        assertThat(plan.groups())
                .hasSize(2)
                .allSatisfy(group -> assertThat(
                                group.stream().map(trial -> trial.strategy().id()))
                        .isEqualTo(one));
        assertThat(plan.trials().subList(0, 5)).isEqualTo(plan.groups().get(0));
        assertThat(plan.trials().get(0).label())
                .isEqualTo("breastmnist 224 · ResNet-18 · nearest-neighbours (k 11) · seed 0");
    }

    @Test
    void driftIsATrialOfItsOwnWhereThereIsBatchNorm() throws IOException {
        Plan plan = plan("""
                datasets: [breastmnist]
                seeds: [0, 1]
                batch-norm: [drift, frozen]
                strategies: [fine-tune, linear-probe, nearest-neighbours]
                """);
        // ResNet: 1 vote, 2 + 2 probes, 2 fine-tunings; ViT: 1 + 2 + 2.
        assertThat(plan.trials()).hasSize(7 + 5).doesNotHaveDuplicates();
        assertThat(plan.trials().subList(1, 5).stream().map(Trial::label))
                .containsExactly(
                        "breastmnist 224 · ResNet-18 · linear-probe (head lr 0.001) · seed 0",
                        "breastmnist 224 · ResNet-18 · linear-probe (head lr 0.001) · seed 1",
                        "breastmnist 224 · ResNet-18 · linear-probe (head lr 0.001, batch norm drift) · seed 0",
                        "breastmnist 224 · ResNet-18 · linear-probe (head lr 0.001, batch norm drift) · seed 1");
        assertThat(plan("datasets: [breastmnist]\nbatch-norm: drift\nstrategies: linear-probe\n")
                        .groups()
                        .get(1))
                .isEqualTo(plan("datasets: [breastmnist]\nstrategies: linear-probe\n")
                        .groups()
                        .get(1));
    }

    @Test
    void untrainedEncodersAreCalledSo() throws IOException {
        Plan plan =
                plan("datasets: [breastmnist]\nstrategies: fine-tune\nshots: 5\nseeds: 7\nsize: 28\nweights: random\n");
        assertThat(plan.trials().get(0).label())
                .isEqualTo("breastmnist 28 · ResNet-18 (untrained) · fine-tune (encoder lr 0.0001, head lr 0.001)"
                        + " · 5 shots · seed 7");
    }

    @Test
    void aStudysPathsAreNoPartOfATrial() throws IOException {
        String rest = "datasets: [breastmnist]\nstrategies: fine-tune\nseeds: 7\n";
        assertThat(plan(rest + "out: there\ndata-dir: .\nthreads: 1\n")).isEqualTo(plan(rest));
    }

    @Test
    void drawsMultiplyFewShotTrialsOnly() throws IOException {
        Plan plan = plan("""
                datasets: [breastmnist]
                shots: [all, 10, 20]
                draw: [first, seeded]
                seeds: [0, 1, 2]
                strategies: [linear-probe, nearest-neighbours]
                """);
        // By hand, an encoder: probes 3 seeds × (all + 2 shots × 2 draws) = 15. Neighbours: 1 with
        // all images, 1 for each of the 2 first draws, 3 for each of the 2 seeded ones = 9.
        assertThat(plan.trials()).hasSize(2 * (15 + 9));
        assertThat(plan.trials().get(plan.trials().size() - 1).label())
                .isEqualTo(
                        "breastmnist 224 · ViT-Ti/16 · linear-probe (head lr 0.001) · 20 shots drawn by seed · seed 2");
    }
}
