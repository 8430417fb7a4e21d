package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranks and tables of a study like the paper's, in a browser. */
class ComparisonBrowserTest {

    @TempDir
    private Path scratch;

    private Path report(int encoders, int datasets) throws IOException {
        Path folder = scratch.resolve("demo-grid");
        DatasetResolver resolver = new DemoGrid(encoders, datasets, scratch).fill(folder);
        return Report.write(folder, resolver);
    }

    @Test
    void thePapersGridIsRankedAndTabulated() throws Exception {
        Path page = report(12, 12);
        keep(page);
        assertThat(page.resolveSibling("tables")).isDirectoryContaining("glob:**table-c4.tex");
        Chromium.Visit visit = Chromium.find().visit(page, scratch);
        assertThat(visit.console()).isEmpty();
        assertThat(visit.document())
                .contains("Of the 432 results that Wu and Papież 2025 publish, 288 are covered here")
                .containsPattern("Friedman's test: χ²\\(11\\) = [0-9.]+, p")
                .contains("CD 4.81") // q(0.05; 12) = 3.268, times √(12 · 13 / 72)
                .contains("Table C.4")
                .contains("DeLong")
                .containsPattern("tells [0-9]+ of 66 pairs apart");
    }

    @Test
    void withFewDatasetsTheTestsSayThatTheyCannotTell() throws Exception {
        Chromium.Visit visit = Chromium.find().visit(report(4, 3), scratch);
        assertThat(visit.console()).isEmpty();
        assertThat(visit.document())
                .contains("Ranks over 3 datasets describe; they cannot tell which encoder is better")
                .contains("It takes 8 datasets.")
                .doesNotContain("Friedman's test: ")
                .doesNotContain(">CD ");
    }

    /** For looking at: the folder outlives the test where {@code osler.keep} names a place for it. */
    private static void keep(Path page) throws IOException {
        String place = System.getProperty("osler.keep");
        if (place != null) {
            Files.createDirectories(Path.of(place));
            Files.write(Path.of(place, "report.html"), Files.readAllBytes(page));
        }
    }
}
