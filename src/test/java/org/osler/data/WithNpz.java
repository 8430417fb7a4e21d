package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.weights.Home;

/** A place for an npz file that is to be refused, with one message that says what, where, and what would be right. */
abstract class WithNpz {

    @TempDir
    Path folder;

    Path file() {
        return folder.resolve("x.npz");
    }

    DatasetStore store() {
        return new DatasetStore(new Home(folder.resolve("osler"), folder));
    }

    void assertRefused(NpzFixture fixture, String... parts) {
        assertRefused(fixture.write(file()), parts);
    }

    void assertRefused(Path npz, String... parts) {
        assertRefused(DatasetSource.of(npz), parts);
    }

    void assertRefused(DatasetSource source, String... parts) {
        assertThatThrownBy(() -> store().open(source))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
        assertThat(folder.resolve("osler/datasets/unpacked"))
                .satisfiesAnyOf(
                        unpacked -> assertThat(unpacked).doesNotExist(),
                        unpacked -> assertThat(unpacked).isDirectoryNotContaining("glob:**/.*.tmp"));
    }
}
