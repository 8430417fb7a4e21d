package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osler.weights.download.FakeServer.Request;

/** A server on loopback with one file, and what is needed to get it. */
abstract class WithServer {

    static final Patience SHORT = new Patience(
            Duration.ofSeconds(2),
            Duration.ofMillis(400),
            3,
            2,
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(1500));

    static final int LENGTH = 300_000;
    static final int HALF = 120_000;

    final FakeFile file = FakeFile.of(LENGTH, 1);
    final List<String> notes = new ArrayList<>();

    @TempDir
    Path folder;

    FakeServer server;
    Path target;
    Path partial;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(file);
        target = folder.resolve("new/file.bin");
        partial = folder.resolve("new/file.bin.incomplete");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Fetched fetch() throws IOException {
        return fetch(remote());
    }

    Fetched fetch(Remote remote) throws IOException {
        return downloader().fetch(remote, target, folder.resolve("lock"), progress());
    }

    Downloader downloader() {
        return new Downloader(NetworkSettings.from(Map.of(), folder).with(SHORT));
    }

    Remote remote() {
        return remote(OptionalLong.of(LENGTH), sha256());
    }

    Remote remote(OptionalLong bytes, Optional<Checksum> checksum) {
        return new Remote("file", URI.create(server.address() + "/file"), Optional.of("secret"), bytes, checksum);
    }

    Optional<Checksum> sha256() {
        return Optional.of(new Checksum(Checksum.Kind.SHA256, file.sha256()));
    }

    void writePartial(byte[] bytes) throws IOException {
        Files.createDirectories(partial.getParent());
        Files.write(partial, Arrays.copyOf(bytes, bytes.length));
    }

    Request request(int index) {
        return server.requests().get(index);
    }

    DownloadProgress progress() {
        return (what, bytes) -> new DownloadProgress.Bar() {
            @Override
            public void at(long position) {
                assertThat(position).isNotNegative();
            }

            @Override
            public void note(String text) {
                notes.add(text);
            }

            @Override
            public void close() {
                // Nothing was drawn.
            }
        };
    }
}
