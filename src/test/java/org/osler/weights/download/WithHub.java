package org.osler.weights.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osler.weights.Home;
import org.osler.weights.HubFile;
import org.osler.weights.LockFile;

/** A hub on loopback with one file, and empty folders of the user's. */
abstract class WithHub {

    static final String REPOSITORY = "timm/resnet18.a1_in1k";
    static final HubFile MODEL = HubFile.model(REPOSITORY);

    final FakeFile file = FakeFile.of(50_000, 1);
    final FakeFile later = FakeFile.of(60_000, 2);

    @TempDir
    Path folder;

    FakeHub hub;
    Home home;
    Path repository;

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub(REPOSITORY, file);
        home = new Home(folder.resolve("osler"), folder.resolve("hub"));
        repository = folder.resolve("hub/models--timm--resnet18.a1_in1k");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    Fetched fetch() throws IOException {
        return hub(Map.of(), lockFile()).fetch(MODEL, DownloadProgress.SILENT);
    }

    Hub hub(Map<String, String> variables, LockFile lockFile) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HF_ENDPOINT", hub.endpoint() + "/");
        NetworkSettings settings = NetworkSettings.from(environment, folder).with(WithServer.SHORT);
        return new Hub(settings, home, new Downloader(settings), lockFile);
    }

    LockFile lockFile() {
        return LockFile.of(home);
    }

    void deleteRepository() throws IOException {
        try (var paths = Files.walk(repository)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
