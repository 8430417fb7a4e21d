package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.weights.Home;
import org.osler.weights.download.DownloadProgress;
import org.osler.weights.download.Downloader;
import org.osler.weights.download.FakeFile;
import org.osler.weights.download.FakeServer;
import org.osler.weights.download.FakeServer.Request;
import org.osler.weights.download.Fetched;
import org.osler.weights.download.NetworkSettings;

@Timeout(20)
class DatasetDownloadsTest {

    private final FakeFile file = FakeFile.of(50_000, 1);
    private final DatasetCard card = new DatasetCard(
            "toymnist",
            "ToyMNIST",
            Task.BINARY,
            1,
            List.of("a", "b"),
            Map.of(),
            "CC BY 4.0",
            Map.of(28, new DatasetFile("https://nowhere.invalid/toymnist.npz", file.md5())));

    @TempDir
    private Path folder;

    private FakeServer mirror;

    @BeforeEach
    void start() throws IOException {
        mirror = new FakeServer(file);
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void fileComesFromTheMirrorAndIsFoundAfterwards() throws IOException {
        Fetched fetched = fetch();
        assertThat(fetched.path())
                .isEqualTo(folder.resolve("datasets/toymnist.npz"))
                .hasBinaryContent(file.bytes());
        assertThat(mirror.requests()).extracting(Request::path).containsExactly("/medmnist/toymnist.npz");
        assertThat(fetch().fresh()).isFalse();
        assertThat(mirror.requests()).hasSize(1);
        assertThat(folder.resolve("datasets").toFile().list()).containsExactly("toymnist.npz");
    }

    @Test
    void whatAnEarlierRunLeftIsContinued() throws IOException {
        Files.createDirectories(folder.resolve("datasets"));
        Files.write(folder.resolve("datasets/toymnist.npz.incomplete"), Arrays.copyOf(file.bytes(), 30_000));
        assertThat(fetch().path()).hasBinaryContent(file.bytes());
        assertThat(mirror.requests().get(0).header("range")).isEqualTo("bytes=30000-");
    }

    @Test
    void wrongMd5IsAnErrorAndNothingIsKept() {
        mirror.next(file.garbled()).next(file.garbled());
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("toymnist.npz")
                .hasMessageContaining("MD5 ")
                .hasMessageContaining(file.md5());
        assertThat(folder.resolve("datasets").toFile().list()).isEmpty();
    }

    @Test
    void absentFileNamesItsAddress() {
        mirror.next(FakeServer.status(404));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("status 404 from " + mirror.address() + "/medmnist/toymnist.npz");
    }

    @Test
    void lengthIsAskedFor() throws IOException {
        assertThat(downloads().length(card, 28)).hasValue(50_000);
        assertThat(mirror.requests()).extracting(Request::method).containsExactly("HEAD");
    }

    private Fetched fetch() throws IOException {
        return downloads().fetch(card, 28, DownloadProgress.SILENT);
    }

    private DatasetDownloads downloads() {
        NetworkSettings settings =
                NetworkSettings.from(Map.of("OSLER_MEDMNIST_ENDPOINT", mirror.address() + "/medmnist"), folder);
        return new DatasetDownloads(settings, new Home(folder, folder.resolve("hub")), new Downloader(settings));
    }
}
