package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osler.InputException;
import org.osler.weights.download.FakeServer.Request;

/** What servers answer other than bytes: redirects, refusals, please wait. */
@Timeout(20)
class DownloadAnswersTest extends WithServer {

    @Test
    void busyServerIsLeftAloneForAsLongAsItAsks() throws IOException {
        server.next(FakeServer.status(429, "Retry-After: 1"));
        Instant start = Instant.now();
        fetch();
        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2500));
        assertThat(notes).singleElement().asString().contains("asks for fewer requests (429); trying again in 1 s");
    }

    @Test
    void serverThatAsksForAnHourIsAskedAgainSooner() throws IOException {
        server.next(FakeServer.status(503, "Retry-After: 3600"));
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(notes).singleElement().asString().contains("is in trouble (503); trying again in 2 s");
    }

    @Test
    void refusalIsFinal() {
        for (int status : List.of(401, 403, 404, 410)) {
            server.next(FakeServer.status(status));
            assertThatThrownBy(this::fetch)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(status));
        }
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void tokenGoesToTheServerThatItIsForAndToNoOther() throws IOException {
        try (FakeServer other = new FakeServer(file)) {
            server.next(FakeServer.status(302, "Location: /moved"))
                    .next(FakeServer.status(307, "Location: " + other.addressByName() + "/bytes?signature=x"));
            fetch();
            assertThat(server.requests()).extracting(Request::path).containsExactly("/file", "/moved");
            assertThat(server.requests())
                    .extracting(request -> request.header("authorization"))
                    .containsOnly("Bearer secret");
            assertThat(other.requests()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("/bytes?signature=x");
                assertThat(request.headers()).doesNotContainKey("authorization");
                assertThat(request.headers().values()).noneMatch(value -> value.contains("secret"));
            });
        }
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void tokenThatWasLeftBehindIsNotShownOnTheWayBack() throws IOException {
        try (FakeServer other = new FakeServer(FakeServer.status(302, "Location: " + server.address() + "/back"))) {
            server.next(FakeServer.status(302, "Location: " + other.addressByName() + "/away"));
            fetch();
        }
        assertThat(request(1).path()).isEqualTo("/back");
        assertThat(request(1).headers()).doesNotContainKey("authorization");
    }

    @Test
    void redirectsWithoutEndAreAnError() {
        try (FakeServer loop = new FakeServer(FakeServer.status(302, "Location: /again"))) {
            Remote remote = new Remote("f", loop.address(), Optional.empty(), OptionalLong.empty(), sha256());
            assertThatThrownBy(() -> fetch(remote))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("redirects more than 5 times");
            assertThat(loop.requests()).hasSize(6);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void serverThatIsNotThereIsToldSoonAndOnceForAllFiles() throws IOException {
        URI nowhere;
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/file");
        }
        Downloader downloader = downloader();
        Remote remote = new Remote("f", nowhere, Optional.empty(), OptionalLong.empty(), sha256());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> downloader.fetch(remote, target, folder.resolve("lock"), progress()))
                    .isInstanceOf(InputException.class)
                    .hasMessageMatching(
                            "http://127\\.0\\.0\\.1:\\d+ cannot be reached \\(it takes no connection; no proxy\\); see docs/fetching\\.md");
        }
        assertThat(notes).hasSize(1);
    }

    @Test
    void nothingIsSentWhereTheNetworkIsForbidden() {
        NetworkSettings offline = NetworkSettings.from(Map.of("HF_HUB_OFFLINE", "YES"), folder);
        assertThatThrownBy(() -> new Downloader(offline)
                        .fetch(remote(), target, folder.resolve("lock"), DownloadProgress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessage("HF_HUB_OFFLINE=YES forbids the network: what is not at hand stays missing");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void tooLittleRoomIsToldBeforeAnythingIsWritten() {
        OptionalLong huge = OptionalLong.of(1L << 60);
        server.next((request, reply) -> reply.head(200, "Content-Length: " + (1L << 60)));
        assertThatThrownBy(() -> fetch(remote(huge, sha256())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(" GB are free and ")
                .hasMessageContaining("1152921504.6 GB are still to come");
        assertThat(partial).doesNotExist();
    }
}
