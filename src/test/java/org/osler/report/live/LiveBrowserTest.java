package org.osler.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.report.Chromium;
import org.osler.study.Outlooks;
import org.osler.study.RunProgress;

/** The live view's page in a browser, with a report whose size is known. */
class LiveBrowserTest {

    /** The first time it is shown the reader scrolls and opens something; each time it says what the reader sees. */
    private static final String REPORT = """
            <!DOCTYPE html><title>r</title><main id="main">
            <section id="growing" style="height: %dpx">first</section>
            <section id="read" style="height: 5000px"><details><summary>Trials (%d)</summary>many</details></section>
            </main><script>
            const opened = document.querySelector("details");
            const say = () => console.log(`below ${-document.getElementById("read").getBoundingClientRect().top}, ${opened.open}`);
            if (!sessionStorage.seen) {
              sessionStorage.seen = 1;
              addEventListener("load", () => { opened.open = true; scrollTo(0, 1300); say(); });
            } else {
              setTimeout(say, 200);
            }
            </script>""";

    @TempDir
    private Path scratch;

    @Test
    void theStripIsShownAndNothingIsLogged() throws Exception {
        Chromium browser = Chromium.find();
        try (LiveView view = start(new LivePages(() -> "<main id=main>the report</main>"))) {
            view.progress().planned(4, 1);
            view.progress().failed(null, "no luck");
            try (var bar = view.progress().begin("<b>lesions</b> · fine-tuning", 200)) {
                bar.step(50);
                Chromium.Visit visit = browser.visit(view.address(), scratch);
                assertThat(visit.console()).isEmpty();
                assertThat(visit.document())
                        .contains("<title>2/4 lesions · Osler</title>", "2 of 4 trials, 1 failed", "width: 50%")
                        .contains("&lt;b&gt;lesions&lt;/b&gt; · fine-tuning: 25 %, about ")
                        .containsPattern("<iframe title=\"Report\" class=\"\" src=\"report.html\\?[12]\">");
            }
        }
    }

    @Test
    void beforeTheFirstTrialThePageSaysWhatWillBe() throws Exception {
        Chromium browser = Chromium.find();
        try (LiveView view = start(new LivePages(() -> ""))) {
            Chromium.Visit visit = browser.visit(view.address(), scratch);
            assertThat(visit.console()).isEmpty();
            assertThat(visit.document())
                    .contains("No trial has ended yet.", "Looking for data and weights")
                    .doesNotContain("<iframe");
        }
    }

    @Test
    void aNewReportKeepsWhatTheReaderSeesAndHasOpened() throws Exception {
        Chromium browser = Chromium.find();
        var pages = new AtomicReference<LivePages>();
        var made = new AtomicInteger();
        pages.set(new LivePages(
                () -> {
                    pages.get().changed(); // and another one soon
                    int number = made.incrementAndGet();
                    return REPORT.formatted(1000 + 10 * number, number);
                },
                50));
        pages.get().changed();
        try (LiveView view = start(pages.get())) {
            view.progress().planned(4, 0);
            List<String> console = browser.visit(view.address(), scratch).console();
            // The first report was read at 1,300 pixels, 1,000 + 10 × its number of them above what is read.
            assertThat(console).hasSizeGreaterThan(1);
            assertThat(console).allMatch(line -> line.contains("below ") && line.contains(", true"));
            assertThat(console.stream()
                            .map(line -> line.replaceAll(".*below (\\d+).*", "$1"))
                            .distinct())
                    .as(console.toString())
                    .hasSize(1);
        }
    }

    /** As a report's tables are: a press on a header sorts, and says how. */
    private static final String SORTED = """
            <!DOCTYPE html><title>r</title><style>tr:target { color: red }</style><main id="main"><section id="results">
            <details><summary><strong>lesions</strong> %d trials, scale and pad</summary>
            <table><caption>lesions</caption><thead><tr><th><button>Encoder</button></th><th><button>ACC</button></th></tr>
            </thead><tbody><tr id="trial-a"><td>a</td></tr><tr id="trial-b"><td>b</td></tr></tbody></table></details>
            </section></main><script>
            const header = document.querySelectorAll("th")[1];
            header.firstChild.addEventListener("click", () => header.setAttribute("aria-sort",
              header.getAttribute("aria-sort") === "descending" ? "ascending" : "descending"));
            const say = () => console.log(`sorted ${header.getAttribute("aria-sort")},`
              + ` open ${document.querySelector("details").open}, target ${document.querySelector(":target")?.id}`);
            if (!sessionStorage.seen) {
              sessionStorage.seen = 1;
              addEventListener("load", () => {
                header.firstChild.click();
                document.querySelector("details").open = true;
                location.hash = "#trial-b";
                say();
              });
            } else {
              setTimeout(say, 200);
            }
            </script>""";

    @Test
    void aNewReportKeepsHowTablesAreSortedAndWhichLineIsHighlighted() throws Exception {
        Chromium browser = Chromium.find();
        var pages = new AtomicReference<LivePages>();
        var made = new AtomicInteger();
        pages.set(new LivePages(
                () -> {
                    pages.get().changed(); // and another one soon
                    return SORTED.formatted(made.incrementAndGet());
                },
                50));
        pages.get().changed();
        try (LiveView view = start(pages.get())) {
            view.progress().planned(4, 0);
            List<String> console = browser.visit(view.address(), scratch).console();
            assertThat(console).hasSizeGreaterThan(1);
            assertThat(console).allMatch(line -> line.contains("sorted descending, open true, target trial-b"));
        }
    }

    @Test
    void whatIsLeftOfTheRunStandsInTheStrip() throws Exception {
        Chromium browser = Chromium.find();
        try (LiveView view = start(new LivePages(() -> ""))) {
            view.progress().planned(4, 0);
            view.progress().outlook(Outlooks.unknown());
            assertThat(browser.visit(view.address(), scratch).document()).contains("time left not known yet");
            view.progress().outlook(Outlooks.ofSeconds(7200));
            assertThat(browser.visit(view.address(), scratch).document()).contains("about 2.0 h left");
        }
    }

    private LiveView start(LivePages pages) throws IOException {
        return LiveView.start(0, "lesions", scratch, RunProgress.SILENT, pages);
    }
}
