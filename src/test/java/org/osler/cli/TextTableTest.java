package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsAreAlignedAndLinesEndWithoutBlanks() {
        assertThat(print(
                        new TextTable()
                                .text("Name")
                                .number("AUC")
                                .text("x")
                                .row("Ä", 0.5, "")
                                .row("longer", 12, "y"),
                        false))
                .isEqualTo("""
                        Name    AUC  x
                        Ä       0.5
                        longer   12  y
                        """);
    }

    @Test
    void titlesAreBoldOnlyWhereAPersonLooks() {
        assertThat(print(new TextTable().text("Name").row("a|@b"), true))
                .isEqualTo("\u001b[1mName\u001b[21m\u001b[0m\na|@b\n");
        assertThat(print(new TextTable().text("Name").row("a"), false)).isEqualTo("Name\na\n");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        TextTable table = new TextTable().text("a");
        assertThatThrownBy(() -> table.row("1", "2")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String print(TextTable table, boolean shown) {
        var out = new StringWriter();
        var writer = new PrintWriter(out);
        table.print(new Terminal(writer, writer, shown, shown, 80, true));
        writer.flush();
        return out.toString();
    }
}
