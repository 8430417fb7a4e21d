package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void terminalGetsNoOrdersFromTextOfOthers() {
        assertThat(Shown.text("a\u001b[2Jb\u0007\r\u009bc")).isEqualTo("a\ufffd[2Jb\ufffd\ufffd\ufffdc");
        assertThat(Shown.text("x\u202egnp.exe")).isEqualTo("x\ufffdgnp.exe");
        assertThat(Shown.text("Läsionen – 病变 🩺\n\tnext line")).isEqualTo("Läsionen – 病变 🩺\n\tnext line");
    }

    @Test
    void errorsAreShownThatWay() {
        var err = new StringWriter();
        Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(err))
                .error("array \u001b]0;title\u0007");
        assertThat(err.toString()).isEqualTo("osler: array \ufffd]0;title\ufffd\n");
    }
}
