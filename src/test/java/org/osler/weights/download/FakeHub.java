package org.osler.weights.download;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.osler.weights.download.FakeServer.Handler;
import org.osler.weights.download.FakeServer.Reply;
import org.osler.weights.download.FakeServer.Request;

/**
 * What the Hugging Face hub does with one repository's large file: says what it is and sends the client to another host
 * for the bytes. That real clients get along with it was tried with the Python package {@code huggingface_hub} 1.33.
 */
public final class FakeHub implements Closeable {

    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    public static final String LATER = "fedcba9876543210fedcba9876543210fedcba98";

    private final String repository;
    private final FakeServer storage;
    private final FakeServer hub;
    private volatile Map<String, FakeFile> commits;
    private volatile String main = COMMIT;

    public FakeHub(String repository, FakeFile file) throws IOException {
        this.repository = repository;
        this.commits = Map.of(COMMIT, file);
        this.storage = new FakeServer(
                (request, reply) -> commits.get(request.path().substring(1)).answer(request, reply));
        this.hub = new FakeServer(this::answer);
    }

    private void answer(Request request, Reply reply) throws IOException {
        String before = "/" + repository + "/resolve/";
        String[] rest = request.path().startsWith(before)
                ? request.path().substring(before.length()).split("/", 2)
                : new String[0];
        if (rest.length < 2) {
            FakeServer.status(401, "X-Error-Code: RepoNotFound").answer(request, reply);
            return;
        }
        String commit = rest[0].equals("main") ? main : rest[0];
        if (!commits.containsKey(commit) || !rest[1].equals("model.safetensors")) {
            FakeServer.status(404, "X-Error-Code: EntryNotFound").answer(request, reply);
            return;
        }
        FakeFile file = commits.get(commit);
        reply.head(
                302,
                "Location: " + storage.addressByName() + "/" + commit,
                "X-Repo-Commit: " + commit,
                "X-Linked-Etag: \"" + file.sha256() + "\"",
                "X-Linked-Size: " + file.bytes().length,
                "ETag: \"of the redirect\"",
                "Content-Length: 0");
    }

    /** A later commit becomes {@code main}; the first one stays. */
    public void publish(FakeFile file) {
        commits = Map.of(COMMIT, commits.get(COMMIT), LATER, file);
        main = LATER;
    }

    /** What {@code HF_ENDPOINT} should be. */
    public URI endpoint() {
        return hub.address();
    }

    /** What the next request for bytes gets. */
    public FakeHub nextBytes(Handler handler) {
        storage.next(handler);
        return this;
    }

    /** What the next request to the hub itself gets. */
    public FakeHub nextAnswer(Handler handler) {
        hub.next(handler);
        return this;
    }

    /** Requests to the hub itself. */
    public List<Request> asked() {
        return hub.requests();
    }

    /** Requests for bytes. */
    public List<Request> bytesAsked() {
        return storage.requests();
    }

    @Override
    public void close() {
        hub.close();
        storage.close();
    }
}
