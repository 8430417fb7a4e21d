package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {

    @TempDir
    Path scratch;

    @Test
    void thePageDrawsItsFiguresAndLogsNothing() throws Exception {
        Chromium.Visit visit = visit(HtmlPage.of(DemoModel.make()));
        assertThat(visit.console()).isEmpty();
        // Two figures for each of three datasets, one of which has no AUC; two panels of learning rates for two of
        // them; two
        // training curves; one reliability diagram.
        assertThat(count(visit, "<svg [^>]*width=\"\\d+\" height=\"\\d+\"")).isEqualTo(5 + 4 + 2 + 1);
        assertThat(visit.document())
                .contains("Not defined for any row of this dataset.")
                .contains("breastmnist: ViT-Ti/16, fine-tune. From trial ")
                .contains("✗ wrong")
                .doesNotContainPattern("[\\s>]NaN[\\s<]");
    }

    @Test
    void aRowWithoutCurveMatrixOrImagesSaysSo() throws Exception {
        ReportModel demo = DemoModel.make();
        var chest = demo.datasets().get(2);
        var neighbours = demo.rows().get(2);
        var row = demo.rows().get(demo.rows().size() - 1);
        var run = row.runs().get(0);
        var bare = new ReportModel.Run(
                run.trial(),
                0,
                "",
                run.val(),
                run.test(),
                run.accuracyInterval(),
                run.aucInterval(),
                neighbours.runs().get(0).curve(),
                -1,
                run.detail(),
                1,
                run.provenance());
        var bareRow = new ReportModel.Row(
                chest.name(),
                "ViT-S/16",
                "id",
                false,
                "nearest-neighbours",
                "",
                List.of(),
                true,
                List.of(),
                List.of(bare),
                Optional.empty(),
                List.of());
        var model = new ReportModel(
                "bare",
                "?",
                "today",
                "./osler run",
                "study: bare",
                List.of(),
                List.of(chest),
                List.of(bareRow),
                List.of(),
                List.of());
        Chromium.Visit visit = visit(HtmlPage.of(model));
        assertThat(visit.console()).isEmpty();
        assertThat(visit.document())
                .contains("No curve: nearest-neighbours is not trained in steps.")
                .contains("None: each image may carry several labels here")
                .contains("No images: the dataset's file was not found when this report was made.")
                .contains("not defined");
    }

    private Chromium.Visit visit(String html) throws Exception {
        Path page = scratch.resolve("report.html");
        Files.writeString(page, html);
        return Chromium.find().visit(page, scratch);
    }

    private static long count(Chromium.Visit visit, String pattern) {
        return Pattern.compile(pattern).matcher(visit.document()).results().count();
    }
}
