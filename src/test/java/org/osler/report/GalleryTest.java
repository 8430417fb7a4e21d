package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osler.report.ReportModel.Example;
import org.osler.report.ReportModel.Row;
import org.osler.report.ReportModel.Run;
import org.osler.report.ReportModel.Scores;

class GalleryTest {

    private static final Gallery.Source TEN_BYTES = (dataset, index) -> Optional.of("x".repeat(10));

    @Test
    void theBestRowsComeFirstAndTheOthersGoWithout() {
        List<Row> rows = List.of(row("a", 0.7, 1, 2), row("a", 0.9, 3, 4), row("b", 0.5, 1, 2));
        Gallery gallery = Gallery.of(rows, TEN_BYTES, 2 * 25);
        assertThat(gallery.rows().get(0).examples()).isEmpty();
        assertThat(gallery.rows().subList(1, 3)).isEqualTo(rows.subList(1, 3));
        assertThat(gallery.images().get("a")).containsOnlyKeys(3, 4);
        assertThat(gallery.images().get("b")).containsOnlyKeys(1, 2);
        assertThat(gallery.complete()).isFalse();
    }

    @Test
    void imagesThatRowsShareCountOnce() {
        List<Row> rows = List.of(row("a", 0.9, 1, 2), row("a", 0.8, 2, 1));
        assertThat(Gallery.of(rows, TEN_BYTES, 20))
                .isEqualTo(new Gallery(rows, Map.of("a", Map.of(1, "x".repeat(10), 2, "x".repeat(10))), true));
    }

    private static Row row(String dataset, double auc, int... images) {
        var run = new Run(
                "0",
                0,
                "",
                new Scores(auc, auc),
                new Scores(auc, auc),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                -1,
                Optional.empty(),
                1,
                Map.of());
        List<Example> examples = Arrays.stream(images)
                .mapToObj(index -> new Example(index, "t", "p", 0, 1, false, 1))
                .toList();
        return new Row(
                dataset,
                "e",
                "e",
                false,
                "linear-probe",
                "",
                List.of(),
                true,
                List.of(),
                List.of(run),
                Optional.empty(),
                examples);
    }
}
