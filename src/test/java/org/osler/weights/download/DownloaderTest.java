package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.weights.download.FakeServer.Request;

@Timeout(20)
class DownloaderTest {

    static final Patience SHORT = new Patience(
            Duration.ofSeconds(2),
            Duration.ofMillis(400),
            3,
            2,
            Duration.ofMillis(10),
            Duration.ofMillis(20),
            Duration.ofMillis(1500));

    private static final int LENGTH = 300_000;
    private static final int HALF = 120_000;

    private final FakeFile file = FakeFile.of(LENGTH, 1);
    private final List<String> notes = new ArrayList<>();

    @TempDir
    private Path folder;

    private FakeServer server;
    private Path target;
    private Path partial;

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

    @Test
    void fileAppearsWholeAndNothingElseStays() throws IOException {
        assertThat(fetch()).isEqualTo(new Fetched(target, LENGTH, true));
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(partial).doesNotExist();
        assertThat(request(0).header("user-agent")).startsWith("osler/");
        assertThat(request(0).header("accept-encoding")).isEqualTo("identity");
        assertThat(request(0).header("range")).isNull();
    }

    @Test
    void fileThatIsThereCostsNoRequest() throws IOException {
        fetch();
        assertThat(fetch()).isEqualTo(new Fetched(target, LENGTH, false));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void brokenConnectionIsTakenUpWhereItBroke() throws IOException {
        server.next(file.breakingOffAt(HALF));
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(server.requests()).hasSize(2);
        assertThat(request(1).header("range")).isEqualTo("bytes=" + HALF + "-");
        assertThat(request(1).header("if-range")).isEqualTo("\"v1\"");
        assertThat(notes).singleElement().asString().contains("127.0.0.1: the connection broke; trying again in");
    }

    @Test
    void everyBitOfProgressBuysNewTries() throws IOException {
        for (int part = 1; part <= 8; part++) {
            server.next(file.breakingOffAt(part * LENGTH / 10));
        }
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(server.requests()).hasSize(9);
    }

    @Test
    void withoutProgressItGivesUpAndTheNextCallGoesOn() throws IOException {
        server.next(file.breakingOffAt(HALF)).next(FakeServer.status(500)).next(FakeServer.status(502));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is in trouble (502); given up after 3 tries")
                .hasMessageContaining("goes on from there");
        assertThat(target).doesNotExist();
        assertThat(partial).hasSize(HALF);
        fetch();
        assertThat(request(3).header("range")).isEqualTo("bytes=" + HALF + "-");
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void serverThatKnowsNoRangesIsReadFromTheStart() throws IOException {
        server.next(file.breakingOffAt(HALF)).next(file.whole());
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void otherPartThanAskedForIsNotTaken() throws IOException {
        server.next(file.breakingOffAt(HALF))
                .next((request, reply) -> reply.head(206, "Content-Length: 10", "Content-Range: bytes 0-9/" + LENGTH)
                        .body(file.bytes(), 0, 10));
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(server.requests()).hasSize(3);
        assertThat(request(2).header("range")).isNull();
    }

    @Test
    void fileThatHasChangedMeanwhileIsReadFromTheStart() throws IOException {
        FakeFile before = new FakeFile(FakeFile.of(LENGTH, 2).bytes(), "\"v0\"");
        server.next(before.breakingOffAt(HALF));
        fetch();
        assertThat(request(1).header("if-range")).isEqualTo("\"v0\"");
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void completePartialFileOnlyGetsItsName() throws IOException {
        writePartial(file.bytes());
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void completePartialFileOfUnknownLengthIsConfirmedByTheServer() throws IOException {
        writePartial(file.bytes());
        fetch(remote(OptionalLong.empty(), sha256()));
        assertThat(server.requests()).hasSize(1); // 416
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void partialFileThatIsTooLongIsThrownAway() throws IOException {
        writePartial(new byte[LENGTH + 5]);
        fetch(remote(OptionalLong.empty(), sha256()));
        assertThat(target).hasBinaryContent(file.bytes());
        Files.delete(target);
        writePartial(new byte[LENGTH + 5]);
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void spoiltPartialFileIsFetchedAnewOnce() throws IOException {
        writePartial(new byte[HALF]);
        fetch();
        assertThat(server.requests()).hasSize(2);
        assertThat(request(0).header("range")).isEqualTo("bytes=" + HALF + "-");
        assertThat(request(1).header("range")).isNull();
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void partialFileThatNoHashWouldVouchForIsNotContinued() throws IOException {
        writePartial(new byte[HALF]);
        fetch(remote(OptionalLong.of(LENGTH), Optional.empty()));
        assertThat(request(0).header("range")).isNull();
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void wrongBytesTwiceAreAnErrorThatNamesBothHashes() {
        server.next(file.garbled()).next(file.garbled());
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.sha256())
                .hasMessageMatching("(?s).* have SHA-256 [0-9a-f]{64}, twice, where [0-9a-f]{64} is published.*");
        assertThat(server.requests()).hasSize(2);
        assertThat(target).doesNotExist();
        assertThat(partial).doesNotExist();
    }

    @Test
    void wrongBytesOnceAreForgotten() throws IOException {
        server.next(file.garbled());
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void smallerLengthThanPublishedIsNoEnd() throws IOException {
        server.next(file.cutTo(HALF));
        fetch();
        assertThat(request(1).header("range")).isEqualTo("bytes=" + HALF + "-");
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void serverThatSendsWithoutEndIsStopped() {
        for (int i = 0; i < 3; i++) {
            server.next((request, reply) -> {
                reply.head(200);
                for (int block = 0; block < 1000; block++) {
                    reply.body(file.bytes(), 0, LENGTH);
                }
            });
        }
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("sends more than the 300000 bytes of the file");
        assertThat(partial).doesNotExist();
    }

    @Test
    void stallIsABreak() throws IOException {
        server.next(file.stallingAt(HALF, 3000));
        Instant start = Instant.now();
        fetch();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(request(1).header("range")).isEqualTo("bytes=" + HALF + "-");
        assertThat(target).hasBinaryContent(file.bytes());
        assertThat(notes).singleElement().asString().contains("nothing came for");
    }

    @Test
    void stallBeforeTheHeadersIsABreakToo() throws IOException {
        server.next((request, reply) -> reply.stall(3000));
        fetch();
        assertThat(target).hasBinaryContent(file.bytes());
    }

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

    @Test
    void threadsThatWantTheSameFileFetchItOnce() throws Exception {
        server.next((request, reply) -> {
            reply.stall(200);
            file.answer(request, reply);
        });
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Fetched>> same = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                same.add(this::fetch);
            }
            long fresh = 0;
            for (Future<Fetched> each : threads.invokeAll(same)) {
                fresh += each.get().fresh() ? 1 : 0;
            }
            assertThat(fresh).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
        assertThat(server.requests()).hasSize(1);
        assertThat(target).hasBinaryContent(file.bytes());
    }

    @Test
    void processesThatWantTheSameFileFetchItOnce() throws Exception {
        server.next((request, reply) -> {
            reply.stall(1500);
            file.answer(request, reply);
        });
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DownloaderTest.class.getName(),
                        server.address() + "/file",
                        target.toString(),
                        file.sha256(),
                        folder.resolve("lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        while (server.requests().isEmpty() && other.isAlive()) {
            Thread.sleep(20);
        }
        assertThat(fetch().fresh()).isFalse();
        assertThat(notes).singleElement().asString().contains("another program is fetching");
        assertThat(other.waitFor()).isZero();
        assertThat(server.requests()).hasSize(1);
        assertThat(target).hasBinaryContent(file.bytes());
    }

    /** The other process of {@link #processesThatWantTheSameFileFetchItOnce}: fetches and leaves. */
    public static void main(String[] arguments) throws IOException {
        Patience patient = SHORT.withStall(Duration.ofSeconds(5));
        Remote remote = new Remote(
                "file",
                URI.create(arguments[0]),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(new Checksum(Checksum.Kind.SHA256, arguments[2])));
        new Downloader(NetworkSettings.from(Map.of(), Path.of(".")).with(patient))
                .fetch(remote, Path.of(arguments[1]), Path.of(arguments[3]), DownloadProgress.SILENT);
    }

    private Fetched fetch() throws IOException {
        return fetch(remote());
    }

    private Fetched fetch(Remote remote) throws IOException {
        return downloader().fetch(remote, target, folder.resolve("lock"), progress());
    }

    private Downloader downloader() {
        return new Downloader(NetworkSettings.from(Map.of(), folder).with(SHORT));
    }

    private Remote remote() {
        return remote(OptionalLong.of(LENGTH), sha256());
    }

    private Remote remote(OptionalLong bytes, Optional<Checksum> checksum) {
        return new Remote("file", URI.create(server.address() + "/file"), Optional.of("secret"), bytes, checksum);
    }

    private Optional<Checksum> sha256() {
        return Optional.of(new Checksum(Checksum.Kind.SHA256, file.sha256()));
    }

    private void writePartial(byte[] bytes) throws IOException {
        Files.createDirectories(partial.getParent());
        Files.write(partial, Arrays.copyOf(bytes, bytes.length));
    }

    private Request request(int index) {
        return server.requests().get(index);
    }

    private DownloadProgress progress() {
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
