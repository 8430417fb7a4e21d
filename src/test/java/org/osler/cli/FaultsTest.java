package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.osler.InputException;

class FaultsTest {

    private final StringWriter err = new StringWriter();
    private final Faults faults =
            new Faults(Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(err)), () -> false);

    @Test
    void faultsOfTheDiskAreOneLine() {
        assertThat(said(new AccessDeniedException("/out"))).isEqualTo("osler: /out: permission denied\n");
        assertThat(said(new NoSuchFileException("/out"))).isEqualTo("osler: /out: no such file or folder\n");
        assertThat(said(new FileAlreadyExistsException("/out")))
                .isEqualTo("osler: /out: a file stands where a folder is needed\n");
        assertThat(said(new FileSystemException("/out/a.csv", null, "Read-only file system")))
                .isEqualTo("osler: /out/a.csv: Read-only file system\n");
        assertThat(said(new IOException("No space left on device")))
                .isEqualTo("osler: reading or writing failed: No space left on device\n");
        assertThat(said(new UncheckedIOException(new NoSuchFileException("/out"))))
                .isEqualTo("osler: /out: no such file or folder\n");
    }

    @Test
    void badInputIsItsMessage() {
        assertThat(said(new InputException("study.yaml, line 3: unknown key 'sed'")))
                .isEqualTo("osler: study.yaml, line 3: unknown key 'sed'\n");
    }

    @Test
    void faultOfOslersOwnIsShownWhole() {
        int code = faults.handleExecutionException(new IllegalStateException("odd"), null, null);
        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("fault in Osler")
                .contains("IllegalStateException: odd")
                .contains("\tat ");
    }

    private String said(Exception fault) {
        err.getBuffer().setLength(0);
        assertThat(faults.handleExecutionException(fault, null, null)).isEqualTo(2);
        return err.toString();
    }
}
