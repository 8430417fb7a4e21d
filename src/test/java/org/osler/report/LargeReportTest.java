package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Studies with many rows, as a browser shows them. */
class LargeReportTest {

    /** Presses every button that saves a figure, and keeps the files as text instead. */
    private static final String SAVE_ALL = """
            <script>
            addEventListener("load", () => setTimeout(() => {
              const texts = [];
              window.Blob = class { constructor(parts) { texts.push(parts.join("")); } };
              URL.createObjectURL = () => "#";
              document.querySelectorAll("button.save").forEach((button) => button.click());
              texts.forEach((text) => document.body.append(h("pre", { class: "saved" }, text)));
            }, 1500));
            </script>
            """;

    private static final long MOST_BYTES = 15_000_000;

    @TempDir
    Path scratch;

    @Test
    void thePapersGridFitsAFileAndHasACellForEachEncoderAndDataset() throws Exception {
        String page = HtmlPage.of(SweepModel.paper());
        assertThat(page.length()).isLessThan((int) MOST_BYTES);

        Chromium.Visit visit = visit(page);

        assertThat(visit.console()).isEmpty();
        String overview = section(visit, "overview", "results");
        // 12 encoders × 12 datasets, and one of them was never run.
        assertThat(matches(overview, "<td class=\"heat\"")).hasSize(143);
        assertThat(matches(overview, "<td class=\"absent\"")).hasSize(1);
        assertThat(overview).contains("Both over the 11 of 12 datasets that all encoders have.");
        String rates = section(visit, "axis-0", "by-class");
        assertThat(matches(rates, "class=\"chart\"")).hasSize(12 * 2);
        assertThat(rates).contains("chosen at the edge of the grid");
        // The first dataset's nine classes by its twelve encoders.
        assertThat(matches(section(visit, "by-class", "detail"), "<td class=\"heat\""))
                .hasSize(9 * 12);
        assertThat(visit.document()).doesNotContainPattern("[\\s>]NaN[\\s<]|>undefined<");
    }

    @Test
    void everyOrderedSettingHasItsCurves() throws Exception {
        Chromium.Visit visit = visit(HtmlPage.of(SweepModel.sweep()));
        assertThat(visit.console()).isEmpty();
        String shots = section(visit, "axis-1", "axis-2");
        assertThat(shots).contains("Few shots").contains("drawn by seed").contains(">all</text>");
        assertThat(matches(shots, "class=\"chart\"")).hasSize(2);
        String sizes = section(visit, "axis-2", "by-class");
        assertThat(sizes).contains("scale: test ACC %").contains("pad: test ACC %");
        assertThat(matches(sizes, "class=\"chart\"")).hasSize(2 * 2);
    }

    @Test
    void everyFigureIsSavedAsAnSvgFileOfItsOwn() throws Exception {
        ReportModel demo = DemoModel.make();
        String page = HtmlPage.of(demo);
        int end = page.lastIndexOf("</body>");
        Chromium.Visit visit = visit(page.substring(0, end) + SAVE_ALL + page.substring(end));
        assertThat(visit.console()).isEmpty();
        List<MatchResult> saved = matches(visit.document(), "(?s)<pre class=\"saved\">(.*?)</pre>");
        // Heat map, five dot plots, four panels, classes by encoders, two training curves, confusion matrix,
        // calibration.
        assertThat(saved).hasSize(1 + 5 + 4 + 1 + 2 + 1 + 1);
        for (MatchResult file : saved) {
            Element svg = parsed(file.group(1)).getDocumentElement();
            assertThat(svg.getTagName()).isEqualTo("svg");
            assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
                    .isNotBlank();
            assertThat(svg.getElementsByTagName("text").getLength()).isGreaterThan(4);
        }
    }

    @Test
    void namesFromOutsideStayTextInEveryTable() throws Exception {
        String page = HtmlPage.of(DemoModel.make());
        int end = page.lastIndexOf("</body>");
        String choose = """
                <script>
                const dataset = byId("by-class").querySelector("form").elements.dataset;
                dataset.value = "retinamnist";
                dataset.dispatchEvent(new Event("change", { bubbles: true }));
                </script>
                """;
        Chromium.Visit visit = visit(page.substring(0, end) + choose + page.substring(end));
        assertThat(visit.console()).isEmpty();
        assertThat(section(visit, "by-class", "detail"))
                .contains("&lt;/script&gt;&lt;script&gt;alert('x')")
                .doesNotContain("<script>")
                .doesNotContain("<b>&amp;bold");
    }

    /** The text of an element, read as XML: fails unless it is well-formed. */
    private static Document parsed(String escaped) throws Exception {
        String text = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private Chromium.Visit visit(String html) throws Exception {
        Path page = scratch.resolve("report.html");
        Files.writeString(page, html);
        return Chromium.find().visit(page, scratch);
    }

    private static String section(Chromium.Visit visit, String id, String next) {
        String document = visit.document();
        return document.substring(
                document.indexOf("<section id=\"" + id + "\""), document.indexOf("<section id=\"" + next + "\""));
    }

    private static List<MatchResult> matches(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().toList();
    }
}
