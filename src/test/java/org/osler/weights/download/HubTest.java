package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;
import org.osler.weights.Home;
import org.osler.weights.HubFile;
import org.osler.weights.LockFile;
import org.osler.weights.WeightFiles;

@Timeout(20)
class HubTest {

    private static final String REPOSITORY = "timm/resnet18.a1_in1k";
    private static final HubFile MODEL = HubFile.model(REPOSITORY);

    private final FakeFile file = FakeFile.of(50_000, 1);
    private final FakeFile later = FakeFile.of(60_000, 2);

    @TempDir
    private Path folder;

    private FakeHub hub;
    private Home home;
    private Path repository;

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

    @Test
    void cacheIsLaidOutAsHuggingFacesOwn() throws IOException {
        Fetched fetched = fetch();
        Path snapshot = repository.resolve("snapshots/" + FakeHub.COMMIT + "/model.safetensors");
        assertThat(fetched).isEqualTo(new Fetched(snapshot, file.bytes().length, true));
        assertThat(Files.readSymbolicLink(snapshot)).hasToString("../../blobs/" + file.sha256());
        assertThat(repository.resolve("blobs/" + file.sha256())).hasBinaryContent(file.bytes());
        assertThat(repository.resolve("refs/main")).hasContent(FakeHub.COMMIT);
        assertThat(repository.resolve("refs/main")).hasSize(40);
        assertThat(folder.resolve("hub/.locks/models--timm--resnet18.a1_in1k/" + file.sha256() + ".lock"))
                .exists();
        assertThat(repository.resolve("blobs").toFile().list()).hasSize(1);
        assertThat(WeightFiles.find(home, "resnet18.a1_in1k", Optional.of(MODEL), Optional.empty()))
                .isEqualTo(snapshot);
    }

    @Test
    void tokenIsShownToTheHubAndNotToTheStorage() throws IOException {
        hub(Map.of("HF_TOKEN", "hf_secret"), lockFile()).fetch(MODEL, DownloadProgress.SILENT);
        assertThat(hub.asked())
                .hasSize(2)
                .allSatisfy(
                        request -> assertThat(request.header("authorization")).isEqualTo("Bearer hf_secret"));
        assertThat(hub.bytesAsked())
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
    }

    @Test
    void bytesAreThoseOfTheCommitThatWasAskedFor() throws IOException {
        fetch();
        assertThat(hub.asked())
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly(
                        "HEAD /timm/resnet18.a1_in1k/resolve/main/model.safetensors",
                        "GET /timm/resnet18.a1_in1k/resolve/" + FakeHub.COMMIT + "/model.safetensors");
    }

    @Test
    void whatIsAtHandCostsNoRequest() throws IOException {
        fetch();
        int before = hub.asked().size();
        assertThat(fetch().fresh()).isFalse();
        assertThat(hub.asked()).hasSize(before);
    }

    @Test
    void breakBetweenTwoRunsIsTakenUp() throws IOException {
        hub.nextBytes(file.breakingOffAt(20_000));
        for (int i = 0; i < 2; i++) {
            hub.nextBytes(FakeServer.status(503));
        }
        assertThatThrownBy(this::fetch).isInstanceOf(InputException.class);
        assertThat(repository.resolve("blobs/" + file.sha256() + ".incomplete")).hasSize(20_000);
        fetch();
        assertThat(hub.bytesAsked().get(3).header("range")).isEqualTo("bytes=20000-");
        assertThat(repository.resolve("blobs/" + file.sha256())).hasBinaryContent(file.bytes());
    }

    @Test
    void wrongBytesNeverGetAName() throws IOException {
        hub.nextBytes(file.garbled()).nextBytes(file.garbled());
        assertThatThrownBy(this::fetch).isInstanceOf(InputException.class).hasMessageContaining(file.sha256());
        assertThat(repository.resolve("snapshots")).doesNotExist();
        assertThat(repository.resolve("blobs").toFile().list()).isEmpty();
        assertThat(lockFile().file()).doesNotExist();
    }

    @Test
    void whatWasFetchedIsRecorded() throws IOException {
        fetch();
        assertThat(lockFile().find(MODEL))
                .contains(new LockFile.Entry(MODEL, FakeHub.COMMIT, file.sha256(), file.bytes().length));
        assertThat(folder.resolve("osler/osler.lock.json")).content().isEqualToNormalizingNewlines("""
                {
                  "version" : 1,
                  "files" : [ {
                    "repository" : "timm/resnet18.a1_in1k",
                    "file" : "model.safetensors",
                    "revision" : "%s",
                    "sha256" : "%s",
                    "bytes" : 50000
                  } ]
                }
                """.formatted(
                        FakeHub.COMMIT, file.sha256()));
    }

    @Test
    void lockedRevisionIsFetchedAfterMainHasMovedOn() throws IOException {
        lockFile().put(new LockFile.Entry(MODEL, FakeHub.COMMIT, file.sha256(), 50_000));
        hub.publish(later);
        assertThat(fetch().path()).hasBinaryContent(file.bytes());
        // Python programs without network find it, too.
        assertThat(repository.resolve("refs/main")).hasContent(FakeHub.COMMIT);
    }

    @Test
    void lockedRevisionIsUsedWhereTheCacheHasAnother() throws IOException {
        hub.publish(later);
        fetch();
        assertThat(repository.resolve("refs/main")).hasContent(FakeHub.LATER);
        LockFile colleague = new LockFile(folder.resolve("theirs.json"), home);
        colleague.put(new LockFile.Entry(MODEL, FakeHub.COMMIT, file.sha256(), 50_000));
        assertThat(hub(Map.of(), colleague)
                        .fetch(MODEL, DownloadProgress.SILENT)
                        .path())
                .hasBinaryContent(file.bytes());
        assertThat(repository.resolve("refs/main")).hasContent(FakeHub.LATER);
        lockFile().put(colleague.find(MODEL).orElseThrow());
        assertThat(WeightFiles.atHand(home, "resnet18.a1_in1k", Optional.of(MODEL))
                        .orElseThrow())
                .hasBinaryContent(file.bytes());
    }

    @Test
    void updateTakesTheNewestAndRecordsIt() throws IOException {
        fetch();
        hub.publish(later);
        assertThat(fetch().path()).hasBinaryContent(file.bytes());
        Fetched updated = hub(Map.of(), lockFile()).update(MODEL, DownloadProgress.SILENT);
        assertThat(updated.path()).hasBinaryContent(later.bytes());
        assertThat(lockFile().find(MODEL).orElseThrow().revision()).isEqualTo(FakeHub.LATER);
        assertThat(repository.resolve("refs/main")).hasContent(FakeHub.LATER);
        assertThat(hub(Map.of(), lockFile())
                        .update(MODEL, DownloadProgress.SILENT)
                        .fresh())
                .isFalse();
    }

    @Test
    void otherHashThanLockedIsAnErrorBeforeAnyByteIsFetched() throws IOException {
        String other = later.sha256();
        lockFile().put(new LockFile.Entry(MODEL, FakeHub.COMMIT, other, 50_000));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.sha256())
                .hasMessageContaining(other)
                .hasMessageContaining("--update");
        assertThat(hub.bytesAsked()).isEmpty();
    }

    @Test
    void otherHashThanLockedIsAnErrorOfTheFileAtHandToo() throws IOException {
        Path fetched = fetch().path();
        Files.write(fetched.toRealPath(), new byte[] {1, 2, 3});
        assertThatThrownBy(this::fetch).isInstanceOf(InputException.class).hasMessageContaining(file.sha256());
    }

    @Test
    void fileThatSomeoneElsePutIntoTheCacheDamagedIsToldOf() throws IOException {
        Path snapshot = repository.resolve("snapshots/" + FakeHub.COMMIT + "/model.safetensors");
        Path blob = repository.resolve("blobs/" + file.sha256());
        Files.createDirectories(blob.getParent());
        Files.write(blob, new byte[] {1, 2, 3});
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(blob + " is damaged")
                .hasMessageContaining(file.sha256());
        Files.createDirectories(snapshot.getParent());
        Files.createSymbolicLink(snapshot, Path.of("../../blobs/" + file.sha256()));
        assertThatThrownBy(this::fetch).hasMessageContaining(snapshot + " is damaged");
        assertThat(lockFile().file()).doesNotExist();
        Files.delete(blob);
        assertThat(fetch().path()).hasBinaryContent(file.bytes());
    }

    @Test
    void smallFileOutsideLfsIsCheckedByItsGitHash() throws IOException {
        byte[] bytes = "hello\n".getBytes(StandardCharsets.UTF_8);
        String gitHash = "ce013625030ba8dba906f756967f9e9ca394464a"; // git hash-object
        for (String sent : new String[] {"hello\n", "jello\n", "jello\n"}) {
            hub.nextAnswer((request, reply) -> reply.head(
                    200, "X-Repo-Commit: " + FakeHub.COMMIT, "ETag: W/\"" + gitHash + "\"", "Content-Length: 6"));
            FakeServer.Handler get = (request, reply) ->
                    reply.head(200, "Content-Length: 6").body(sent.getBytes(StandardCharsets.UTF_8), 0, 6);
            hub.nextAnswer(get);
            if (sent.equals("hello\n")) {
                assertThat(fetch().path()).hasBinaryContent(bytes);
                assertThat(repository.resolve("blobs/" + gitHash)).exists();
                deleteRepository();
                Files.delete(lockFile().file());
            } else {
                hub.nextAnswer(get);
                assertThatThrownBy(this::fetch)
                        .hasMessageContaining("Git blob SHA-1")
                        .hasMessageContaining(gitHash);
            }
        }
    }

    @Test
    void renamedRepositoryIsFollowedWithinTheHub() throws IOException {
        hub.nextAnswer(FakeServer.status(
                307, "Location: /timm/resnet18.a1_in1k/resolve/main/model.safetensors", "X-Other: 1"));
        fetch();
        assertThat(hub.asked()).hasSize(3);
        assertThat(repository.resolve("refs/main")).hasContent(FakeHub.COMMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../evil",
                "main",
                "0123456789abcdef0123456789abcdef0123456/",
                "0123456789ABCDEF0123456789ABCDEF01234567"
            })
    void commitThatIsNoneIsRefused(String commit) {
        hub.nextAnswer(FakeServer.status(302, "Location: /x", "X-Repo-Commit: " + commit));
        hub.nextAnswer(FakeServer.status(
                200, "X-Repo-Commit: " + commit, "X-Linked-Etag: \"" + file.sha256() + "\"", "X-Linked-Size: 5"));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not answer as a Hugging Face hub does")
                .hasMessageContaining("HF_ENDPOINT");
        assertThat(folder.resolve("hub")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "\"../x\"",
                "\"\"",
                "\"a/b\"",
                "\"a\\b\"",
                "\".\"",
                "\"..\"",
                "W/\"x y\"",
                "\"x.lock\""
            })
    void etagThatIsNoPlainNameIsRefused(String etag) {
        hub.nextAnswer(FakeServer.status(200, "X-Repo-Commit: " + FakeHub.COMMIT, "X-Linked-Etag: " + etag));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not answer as a Hugging Face hub does");
        assertThat(folder.resolve("hub")).doesNotExist();
    }

    @Test
    void gatedRepositorySaysWhatToDo() {
        hub.nextAnswer(FakeServer.status(401, "X-Error-Code: GatedRepo"));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not open to everyone (401)")
                .hasMessageContaining(
                        "accept its licence on " + hub.endpoint() + "/" + REPOSITORY + " and set HF_TOKEN");
        hub.nextAnswer(FakeServer.status(403, "X-Error-Code: GatedRepo"));
        Hub known = hub(Map.of("HF_TOKEN", "hf_secret"), lockFile());
        assertThatThrownBy(() -> known.fetch(MODEL, DownloadProgress.SILENT))
                .hasMessageContaining("is not open to the owner of your token (403)")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hf_secret"));
        assertThat(hub.asked()).hasSize(2);
    }

    @Test
    void whatIsNotThereIsNamed() {
        HubFile absent = new HubFile(REPOSITORY, "absent.safetensors");
        assertThatThrownBy(() -> hub(Map.of(), lockFile()).fetch(absent, DownloadProgress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("timm/resnet18.a1_in1k has no file absent.safetensors (404)");
    }

    @Test
    void hubInTroubleIsAskedAgain() throws IOException {
        hub.nextAnswer(FakeServer.status(503)).nextAnswer(FakeServer.status(429, "Retry-After: 0"));
        assertThat(fetch().fresh()).isTrue();
    }

    @Test
    void withoutLinksTheFileItselfLiesInTheSnapshot() throws IOException {
        var metadata = new HubMetadata(FakeHub.COMMIT, file.sha256(), OptionalLong.empty());
        var cache = new HubCache(home, REPOSITORY);
        Files.createDirectories(cache.blob("x").getParent());
        Files.write(cache.blob(file.sha256()), file.bytes());
        Path snapshot = cache.linkOrMove(metadata, "model.safetensors", (link, to) -> {
            throw new FileSystemException("no right to make links");
        });
        assertThat(snapshot).isRegularFile().hasBinaryContent(file.bytes());
        assertThat(Files.isSymbolicLink(snapshot)).isFalse();
    }

    private Fetched fetch() throws IOException {
        return hub(Map.of(), lockFile()).fetch(MODEL, DownloadProgress.SILENT);
    }

    private Hub hub(Map<String, String> variables, LockFile lockFile) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HF_ENDPOINT", hub.endpoint() + "/");
        NetworkSettings settings = NetworkSettings.from(environment, folder).with(DownloaderTest.SHORT);
        return new Hub(settings, home, new Downloader(settings), lockFile);
    }

    private LockFile lockFile() {
        return LockFile.of(home);
    }

    private void deleteRepository() throws IOException {
        try (var paths = Files.walk(repository)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
