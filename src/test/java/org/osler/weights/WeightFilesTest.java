package org.osler.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;

class WeightFilesTest {

    private static final String ID = "resnet18.a1_in1k";
    private static final Optional<HubFile> SOURCE = Optional.of(HubFile.model("timm/" + ID));

    @TempDir
    private Path folder;

    private Home home;
    private Path repository;

    @BeforeEach
    void home() {
        home = new Home(folder.resolve("osler"), folder.resolve("hub"));
        repository = folder.resolve("hub/models--timm--resnet18.a1_in1k");
    }

    @Test
    void homeFollowsTheEnvironment() {
        Path user = Path.of("/home/ada");
        assertThat(Home.from(Map.of(), user))
                .isEqualTo(new Home(Path.of("/home/ada/.cache/osler"), Path.of("/home/ada/.cache/huggingface/hub")));
        assertThat(Home.from(Map.of("OSLER_HOME", "/data/o", "HF_HOME", "~/hf"), user))
                .isEqualTo(new Home(Path.of("/data/o"), Path.of("/home/ada/hf/hub")));
        assertThat(Home.from(Map.of("HF_HOME", "/hf", "HF_HUB_CACHE", "/cache", "OSLER_HOME", ""), user))
                .isEqualTo(new Home(Path.of("/home/ada/.cache/osler"), Path.of("/cache")));
        assertThat(Home.from(Map.of("XDG_CACHE_HOME", "/xdg"), user).huggingFaceHub())
                .isEqualTo(Path.of("/xdg/huggingface/hub"));
    }

    @Test
    void givenFileIsTaken() throws IOException {
        Path file = touch(folder.resolve("mine.safetensors"));
        assertThat(find(file)).isEqualTo(file);
    }

    @Test
    void givenFolderIsSearched() throws IOException {
        Path given = folder.resolve("given");
        touch(given.resolve("resnet18d.ra2_in1k.safetensors"));
        Path other = touch(given.resolve("resnet18.mine.safetensors"));
        assertThat(find(given)).isEqualTo(other);
        Path model = touch(given.resolve("model.safetensors"));
        assertThat(find(given)).isEqualTo(model);
        Path exact = touch(given.resolve(ID + ".safetensors"));
        assertThat(find(given)).isEqualTo(exact);
    }

    @Test
    void givenPathThatLeadsNowhereIsAnErrorEvenWhereTheHomeHasTheFile() throws IOException {
        touch(home.weights().resolve(ID + ".safetensors"));
        assertThatThrownBy(() -> find(folder.resolve("absent")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("absent does not exist");
    }

    @Test
    void givenFolderWithNoneOrSeveralIsAnError() throws IOException {
        Path given = Files.createDirectory(folder.resolve("given"));
        assertThatThrownBy(() -> find(given)).isInstanceOf(InputException.class).hasMessageContaining("it has none");
        touch(given.resolve("resnet18.safetensors"));
        touch(given.resolve("resnet18.b.safetensors"));
        assertThatThrownBy(() -> find(given)).hasMessageContaining("it has several");
    }

    @Test
    void oslersOwnFolderComesBeforeTheHuggingFaceCache() throws IOException {
        Path cached = touch(repository.resolve("snapshots/abc/model.safetensors"));
        assertThat(WeightFiles.find(home, ID, SOURCE, Optional.empty())).isEqualTo(cached);
        Path own = touch(home.weights().resolve(ID + ".safetensors"));
        assertThat(WeightFiles.find(home, ID, SOURCE, Optional.empty())).isEqualTo(own);
    }

    @Test
    void snapshotThatMainPointsToComesFirst() throws IOException {
        touch(repository.resolve("snapshots/aaa/model.safetensors"));
        Path main = touch(repository.resolve("snapshots/bbb/model.safetensors"));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), "bbb");
        assertThat(WeightFiles.atHand(home, ID, SOURCE)).contains(main);
    }

    @Test
    void errorSaysWhereItLookedAndHowToGetThem() {
        assertThatThrownBy(() -> WeightFiles.find(home, ID, SOURCE, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        home.weights().resolve(ID + ".safetensors").toString())
                .hasMessageContaining(repository.toString())
                .hasMessageContaining("https://huggingface.co/timm/resnet18.a1_in1k")
                .hasMessageContaining("--set weights.resnet18.a1_in1k=FILE")
                .hasMessageContaining("--set weights=random");
    }

    private Path find(Path given) throws IOException {
        return WeightFiles.find(home, ID, SOURCE, Optional.of(given));
    }

    private static Path touch(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
