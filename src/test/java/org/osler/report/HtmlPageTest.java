package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.osler.report.ReportModel.Row;
import org.osler.report.ReportModel.Run;

class HtmlPageTest {

    private static final ReportModel MODEL = DemoModel.make();
    private static final String PAGE = HtmlPage.of(MODEL);

    @Test
    void everyTrialCanBeFoundInTheProvenance() {
        String provenance = section("provenance", "repeat");
        assertThat(MODEL.rows().stream().flatMap(row -> row.runs().stream()).map(Run::trial))
                .allSatisfy(trial -> assertThat(provenance).contains("<code>" + trial + "</code>"));
    }

    @Test
    void theTableShowsEverySelectedRowWithItsMeanAndSpread() {
        String results = section("results", "figures");
        List<Row> selected = MODEL.rows().stream().filter(Row::selected).toList();
        assertThat(selected)
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(results).contains(Percent.of(row.accuracy())).contains(Percent.of(row.auc())));
        assertThat(Pattern.compile("<tr data-row").matcher(results).results()).hasSize(selected.size());
    }

    @Test
    void namesFromOutsideStayText() {
        assertThat(PAGE).doesNotContain("<script>alert").doesNotContain("<b>&bold");
        assertThat(PAGE).contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)");
        assertThat(PAGE).contains("demo &amp; &lt;study&gt;");
        assertThat(Pattern.compile("</script>").matcher(PAGE).results()).hasSize(3);
    }

    @Test
    void nothingIsLoadedFromOutside() {
        assertThat(PAGE).contains("default-src 'none'");
        assertThat(Pattern.compile("(?i)(src|href|action)\\s*=\\s*[\"']?(https?:)?//")
                        .matcher(PAGE)
                        .find())
                .isFalse();
        assertThat(Pattern.compile("(?i)@import|url\\(\\s*[\"']?http|fetch\\(|sourceMappingURL")
                        .matcher(PAGE)
                        .find())
                .isFalse();
    }

    @Test
    void whatIsMissingIsSaidInWords() {
        String results = section("results", "figures");
        assertThat(results).contains("not defined").doesNotContain("NaN");
        String provenance = section("provenance", "repeat");
        assertThat(provenance).contains("none: not trained in steps").doesNotContain("NaN");
        assertThat(PAGE).contains("out of memory &amp; &lt;patience&gt;");
    }

    @Test
    void provenanceThatTrialsShareIsSaidOnce() {
        String provenance = section("provenance", "repeat");
        assertThat(Pattern.compile("OpenJDK 17.0.15").matcher(provenance).results())
                .hasSize(1);
        assertThat(provenance).contains("finished <code>2026-11-24 11:02</code>");
    }

    @Test
    void aStudyWithoutResultsStillMakesAPage() {
        var empty = new ReportModel(
                "empty",
                "Nothing yet.",
                "today",
                "./osler run s.yaml",
                "study: empty",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        assertThat(HtmlPage.of(empty)).contains("There is no result yet.");
    }

    private static String section(String id, String next) {
        return PAGE.substring(
                PAGE.indexOf("<section id=\"" + id + "\">"), PAGE.indexOf("<section id=\"" + next + "\">"));
    }
}
