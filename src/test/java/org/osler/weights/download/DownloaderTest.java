package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osler.FreshProcess;
import org.osler.InputException;

@Timeout(20)
class DownloaderTest extends WithServer {

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
        Process other = new ProcessBuilder(FreshProcess.command(
                        List.of(),
                        DownloaderTest.class,
                        server.address() + "/file",
                        target.toString(),
                        file.sha256(),
                        folder.resolve("lock").toString()))
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
}
