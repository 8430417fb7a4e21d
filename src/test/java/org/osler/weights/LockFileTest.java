package org.osler.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;

class LockFileTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String SHA256 = COMMIT + "0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private LockFile lockFile;

    @BeforeEach
    void open() {
        lockFile = LockFile.of(new Home(folder, folder.resolve("hub")));
    }

    @Test
    void entriesAreSortedAndReplaced() throws IOException {
        lockFile.put(entry("timm/b", 1));
        lockFile.put(entry("timm/a", 2));
        lockFile.put(entry("timm/b", 3));
        assertThat(lockFile.find(HubFile.model("timm/b"))).contains(entry("timm/b", 3));
        assertThat(lockFile.find(HubFile.model("timm/c"))).isEmpty();
        assertThat(lockFile.file())
                .content()
                .containsSubsequence("timm/a", "timm/b")
                .containsOnlyOnce("timm/b");
    }

    @Test
    void entriesOfManyAtOnceAreAllKept() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> puts = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Entry each = new Entry("timm/m" + i, i);
                puts.add(() -> {
                    lockFile.put(entry(each.repository, each.bytes));
                    return null;
                });
            }
            for (Future<Void> put : threads.invokeAll(puts)) {
                put.get();
            }
        } finally {
            threads.shutdown();
        }
        for (int i = 0; i < 40; i++) {
            assertThat(lockFile.find(HubFile.model("timm/m" + i))).contains(entry("timm/m" + i, i));
        }
    }

    private record Entry(String repository, long bytes) {}

    @Test
    void otherHashShowsBoth() throws IOException {
        lockFile.put(entry("timm/a", 1));
        lockFile.require(HubFile.model("timm/a"), SHA256);
        lockFile.require(HubFile.model("timm/other"), "f".repeat(64));
        assertThatThrownBy(() -> lockFile.require(HubFile.model("timm/a"), "f".repeat(64)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(SHA256)
                .hasMessageContaining("f".repeat(64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{\"version\": 2, \"files\": []}",
                "{\"version\": 1, \"files\": [{\"repository\": \"a/b\", \"file\": \"c\", \"revision\": \"../../x\"}]}",
                "{\"version\": 1, \"files\": [{\"repository\": \"a/b\", \"file\": \"c\", \"revision\": \"" + COMMIT
                        + "\", \"sha256\": \"abc\", \"bytes\": 1}]}"
            })
    void damagedFileIsAnError(String text) throws IOException {
        Files.writeString(lockFile.file(), text);
        assertThatThrownBy(() -> lockFile.find(HubFile.model("a/b")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("osler.lock.json is not a lock file of Osler");
    }

    private static LockFile.Entry entry(String repository, long bytes) {
        return new LockFile.Entry(HubFile.model(repository), COMMIT, SHA256, bytes);
    }
}
