package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;

/** Folders and disks that a store cannot be read from or written to. */
class StoreFolderTest {

    private static final Trial PROBE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Trial TUNE = Outcomes.trial(new Strategy.FineTune(1e-3, 1e-5), 1);

    @TempDir
    private Path folder;

    @Test
    void absentStoreIsNamedWhenItIsToBeRead() {
        assertThatThrownBy(() -> ResultStore.read(folder.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("there are no results in " + folder.resolve("none"));
    }

    @Test
    void fileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> ResultStore.open(file))
                .isInstanceOf(InputException.class)
                .hasMessage("results cannot be written to " + file + ": a file is in the way");
        assertThatThrownBy(() -> ResultStore.open(file.resolve("below")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("results cannot be written to " + file.resolve("below") + ": ");
    }

    @Test
    void readOnlyFolderIsRefusedForWritingAndReadAllTheSame() throws IOException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
        }
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "skipped: needs POSIX");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            try (ResultStore store = ResultStore.read(folder)) {
                assertThat(store.results()).hasSize(1);
            }
            assumeTrue(!Files.isWritable(folder), "skipped: this user may write to read-only folders");
            assertThatThrownBy(() -> ResultStore.open(folder))
                    .isInstanceOf(InputException.class)
                    .hasMessage("results cannot be written to " + folder + ": the folder is read-only");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void fullDiskIsSaidAndLosesNothing() throws SQLException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
            store.limitPages(1); // as large as it is: SQLite then fails as it does on a full disk
            assertThatThrownBy(() -> store.commit(Outcomes.outcome(TUNE)))
                    .isInstanceOf(InputException.class)
                    .hasMessage(folder.resolve(ResultStore.FILE)
                            + " cannot be written: the disk is full or failing; what was committed is kept");
            assertThat(store.isDone(PROBE)).isTrue();
            assertThat(store.isDone(TUNE)).isFalse();
            store.limitPages(1_000_000);
            store.commit(Outcomes.outcome(TUNE));
            assertThat(store.isDone(TUNE)).isTrue();
        }
    }
}
