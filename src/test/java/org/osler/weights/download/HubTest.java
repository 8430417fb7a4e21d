package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osler.InputException;
import org.osler.weights.LockFile;
import org.osler.weights.WeightFiles;

@Timeout(20)
class HubTest extends WithHub {

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
}
