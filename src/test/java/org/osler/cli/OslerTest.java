package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OslerTest {

    @TempDir
    private Path folder;

    @Test
    void versionNamesReleaseAndCommit() {
        Cli cli = Cli.run(folder, "--version");
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).matches("osler \\S+ \\(\\S+\\)\\R");
    }

    @Test
    void noCommandPrintsTheUsageAsAnError() {
        Cli cli = Cli.run(folder);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err())
                .contains("Usage: osler [-hV] [--verbose] COMMAND")
                .contains("  run ", "  bench ", "  doctor ", "  help ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "embed",
                "report",
                "evaluate",
                "bench",
                "models",
                "datasets",
                "fetch",
                "fetch models",
                "fetch datasets",
                "phantom",
                "doctor"
            })
    void helpOfEachCommandHasExamplesAndExitCodes(String command) {
        Cli cli = Cli.run(folder, (command + " --help").split(" ", -1));
        assertThat(cli.code()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out())
                .contains("Usage: osler " + command)
                .contains("Examples:")
                .containsSubsequence("0 ", "done", "1 ", "2 ", "wrong use or bad input", "130 ", "interrupted");
        if (!command.contains(" ")) {
            assertThat(Cli.run(folder, "help", command).out()).isEqualTo(cli.out());
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "modles, unknown command: modles; did you mean models?, osler --help",
                "--verbos, unknown option: --verbos; did you mean --verbose or --version?, osler --help",
                "models --jsn, unknown option: --jsn; did you mean --json?, osler models --help",
                "models more, unexpected argument: more, osler models --help",
                "phantom --task binary, Missing required option: '--out=FILE.npz', osler phantom --help",
                "phantom --task multiclass --out x.npz, there is no task 'multiclass'; there are binary, osler phantom --help",
                "phantom --task binary --size big --out x.npz, 'big' is not an int, osler phantom --help"
            })
    void wrongUseIsAnsweredInTwoLinesAndExitCodeTwo(String arguments, String message, String help) {
        Cli cli = Cli.run(folder, arguments.split(" "));
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("osler: ").contains(message).endsWith("See '" + help + "'.\n");
        assertThat(cli.err().lines()).hasSize(2);
    }

    @Test
    void badInputHasNoStackTraceUnlessAskedFor() {
        Cli brief = Cli.run(folder, "datasets", "--data", folder + "/absent");
        assertThat(brief.code()).isEqualTo(2);
        assertThat(brief.err().lines()).singleElement().asString().contains("absent is not a folder");
        Cli verbose = Cli.run(folder, "datasets", "--data", folder + "/absent", "--verbose");
        assertThat(verbose.code()).isEqualTo(2);
        assertThat(verbose.err())
                .startsWith(brief.err())
                .contains("InputException")
                .contains("at org.osler");
    }

    @Test
    void numbersAreWrittenAlikeInEveryCountry() {
        Locale here = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat("%,d".formatted(2005)).isEqualTo("2.005");
            assertThat(Cli.run(folder, "models").code()).isZero();
            assertThat("%,d images, %.1f %%".formatted(2005, 77.5)).isEqualTo("2,005 images, 77.5 %");
        } finally {
            Locale.setDefault(here);
        }
    }
}
