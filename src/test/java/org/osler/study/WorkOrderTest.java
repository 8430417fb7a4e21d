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

class WorkOrderTest {

    @TempDir
    private Path folder;

    private List<List<Trial>> order(String text) throws IOException {
        Study study = StudyFile.read(Files.writeString(folder.resolve("s.yaml"), text), Map.of());
        Plan plan = Plan.of(study);
        List<List<Trial>> order = WorkOrder.of(study, plan);
        List<Trial> all = order.stream().flatMap(List::stream).toList();
        assertThat(all).containsExactlyInAnyOrderElementsOf(plan.trials());
        return order;
    }

    private static String name(List<Trial> piece) {
        Trial trial = piece.get(0);
        return trial.dataset() + " " + trial.encoder().replaceAll("[_.].*", "") + " " + piece.size();
    }

    @Test
    void allFeaturesComeBeforeAnyTrainingAndSmallDatasetsFirst() throws IOException {
        List<List<Trial>> order = order("""
                study: s
                datasets: [pathmnist, breastmnist, retinamnist]
                encoders: [vgg16, resnet18]
                strategies: [fine-tune: {encoder-lr: [1e-4, 1e-5]}, linear-probe, nearest-neighbours]
                seeds: [0, 1, 2]
                """);
        // BreastMNIST 780 images, RetinaMNIST 1,600, PathMNIST 107,180; ResNet-18 1.8 GMAC, VGG16 15.5. Fine-tuning
        // takes
        // about 15,000 iterations whatever the dataset.
        assertThat(order.stream().map(WorkOrderTest::name))
                .containsExactly(
                        "breastmnist resnet18 4",
                        "breastmnist vgg16 4",
                        "retinamnist resnet18 4",
                        "retinamnist vgg16 4",
                        "pathmnist resnet18 4",
                        "pathmnist vgg16 4",
                        "breastmnist resnet18 6",
                        "retinamnist resnet18 6",
                        "pathmnist resnet18 6",
                        "breastmnist vgg16 6",
                        "retinamnist vgg16 6",
                        "pathmnist vgg16 6");
        assertThat(order.subList(0, 6).stream().flatMap(List::stream))
                .allMatch(trial -> trial.strategy().onFeatures());
        assertThat(order.subList(6, 12)).allSatisfy(WorkOrderTest::isACell);
    }

    /** All seeds and learning rates of one encoder on one dataset. */
    private static void isACell(List<Trial> piece) {
        assertThat(new HashSet<>(piece.stream().map(Trial::seed).toList())).hasSize(3);
        assertThat(new HashSet<>(piece.stream().map(Trial::strategy).toList())).hasSize(2);
        assertThat(new HashSet<>(piece.stream().map(Plan.Features::of).toList()))
                .hasSize(1);
    }

    @Test
    void shotsShareFeaturesButEachIsACellOfItsOwn() throws IOException {
        List<List<Trial>> order = order("""
                study: s
                datasets: [breastmnist]
                encoders: [resnet18]
                strategies: [fine-tune, linear-probe]
                shots: [all, 10, 20]
                seeds: [0, 1]
                """);
        assertThat(order.stream().map(WorkOrderTest::name))
                .containsExactly(
                        "breastmnist resnet18 6",
                        "breastmnist resnet18 2",
                        "breastmnist resnet18 2",
                        "breastmnist resnet18 2");
    }
}
