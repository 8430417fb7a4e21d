package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;
import org.osler.weights.HubFile;

/** What hubs answer: who may see it, where it has moved, what must not become a path. */
@Timeout(20)
class HubAnswersTest extends WithHub {

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
}
