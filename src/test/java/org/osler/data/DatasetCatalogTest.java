package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.weights.Home;

/** Expected values: medmnist.com and the MedMNIST package's info.py, v3.0.2. */
class DatasetCatalogTest {

    @TempDir
    private Path folder;

    @Test
    void allTwelveAreThere() {
        assertThat(DatasetCatalog.cards())
                .extracting(DatasetCard::name)
                .containsExactly(
                        "pathmnist",
                        "chestmnist",
                        "dermamnist",
                        "octmnist",
                        "pneumoniamnist",
                        "retinamnist",
                        "breastmnist",
                        "bloodmnist",
                        "tissuemnist",
                        "organamnist",
                        "organcmnist",
                        "organsmnist");
        assertThat(DatasetCatalog.cards().stream()
                        .mapToInt(card -> card.samples().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .sum())
                .as("708,069 in MedMNIST v2, less the 107 that v3 left out of OrganA, OrganC and OrganS")
                .isEqualTo(707_962);
        assertThat(DatasetCatalog.cards())
                .allSatisfy(card -> assertThat(card.files().keySet()).containsExactly(28, 64, 128, 224))
                .allSatisfy(card -> assertThat(card.files().values())
                        .allSatisfy(file -> assertThat(file.md5()).matches("[0-9a-f]{32}")));
    }

    @Test
    void tasksAndClassesAreMedMnists() {
        DatasetCard chest = DatasetCatalog.find("chestmnist").orElseThrow();
        assertThat(chest.task()).isEqualTo(Task.MULTI_LABEL);
        assertThat(chest.labelNames()).hasSize(14).startsWith("atelectasis").endsWith("hernia");
        DatasetCard breast = DatasetCatalog.find("breastmnist").orElseThrow();
        assertThat(breast.task()).isEqualTo(Task.BINARY);
        assertThat(breast.title()).isEqualTo("BreastMNIST");
        assertThat(breast.labelNames()).containsExactly("malignant", "normal, benign");
        assertThat(breast.samples()).isEqualTo(Map.of(Split.TRAIN, 546, Split.VAL, 78, Split.TEST, 156));
        assertThat(DatasetCatalog.find("retinamnist").orElseThrow().task()).isEqualTo(Task.ORDINAL);
        assertThat(DatasetCatalog.find("organamnist").orElseThrow().labelNames())
                .hasSize(11);
        assertThat(DatasetCatalog.find("dermamnist").orElseThrow().license()).isEqualTo("CC BY-NC 4.0");
        assertThat(DatasetCatalog.find("nomnist")).isEmpty();
    }

    @Test
    void filesAreLookedForInOrder() throws IOException {
        DatasetCard card = DatasetCatalog.find("breastmnist").orElseThrow();
        Path home = Files.createDirectories(folder.resolve("osler/datasets"));
        Path given = Files.createDirectories(folder.resolve("given"));
        Path own = Files.createFile(home.resolve("breastmnist_224.npz"));
        var files = DatasetFiles.of(new Home(folder.resolve("osler"), folder), Optional.of(given));
        assertThat(files.find(card, 224).npz()).isEqualTo(own);
        Path preferred = Files.createFile(given.resolve("breastmnist_224.npz"));
        DatasetSource source = files.find(card, 224);
        assertThat(source.npz()).isEqualTo(preferred);
        assertThat(source.task()).contains(Task.BINARY);
        assertThat(source.md5()).contains(card.files().get(224).md5());
    }

    @Test
    void absentFileSaysWhereItWasLookedForAndWhereItIsToBeHad() {
        DatasetCard card = DatasetCatalog.find("breastmnist").orElseThrow();
        var files = new DatasetFiles(List.of(folder.resolve("a"), folder.resolve("b")));
        assertThatThrownBy(() -> files.find(card, 28))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(
                        "no breastmnist.npz in " + folder.resolve("a") + ", " + folder.resolve("b"),
                        "https://zenodo.org/records/10519652/files/breastmnist.npz",
                        "750601b1f35ba3300ea97c75c52ff8f6");
        assertThatThrownBy(() -> files.find(card, 32)).hasMessageContaining("no images of size 32");
    }

    @Test
    void dataDirThatIsNoFolderIsRefused() {
        Home home = new Home(folder, folder);
        assertThatThrownBy(() -> DatasetFiles.of(home, Optional.of(folder.resolve("absent"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("absent is not a folder");
    }
}
