package org.osler.report.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;
import org.osler.study.Outlooks;
import org.osler.study.RunProgress;

class LiveViewTest {

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean broken;
    private LiveView view;

    @BeforeEach
    void start() throws IOException {
        view = LiveView.start(0, "lesions", folder, RunProgress.SILENT, new LivePages(this::page, 1));
    }

    @AfterEach
    void stop() {
        view.close();
    }

    private String page() throws IOException {
        if (broken) {
            throw new IOException("the disk fails");
        }
        return "<p>report " + made.incrementAndGet() + "</p>";
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(view.address().resolve(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode status() throws IOException, InterruptedException {
        return new JsonMapper().readTree(get("status.json").body());
    }

    private JsonNode statusWith(Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        Instant last = Instant.now().plus(Duration.ofSeconds(30));
        JsonNode status = status();
        while (!wanted.test(status) && Instant.now().isBefore(last)) {
            Thread.sleep(10);
            status = status();
        }
        assertThat(wanted.test(status)).as(status.toString()).isTrue();
        return status;
    }

    private JsonNode statusWithReport(int number) throws IOException, InterruptedException {
        return statusWith(status -> status.get("report").asInt() == number);
    }

    private CompletableFuture<Void> done(String page) throws IOException {
        Path report = Files.writeString(folder.resolve("report.html"), page);
        return CompletableFuture.runAsync(() -> {
            try {
                view.done(report);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void beforeTheFirstTrialThereIsAPageAndNoReport() throws IOException, InterruptedException {
        assertThat(get("").body()).contains("No trial has ended yet.");
        assertThat(get("report.html").statusCode()).isEqualTo(404);
        assertThat(status().get("state").asText()).isEqualTo("preparing");
        view.progress().planned(3, 0);
        assertThat(status().get("state").asText()).isEqualTo("running");
        assertThat(status().get("report").asInt()).isZero();
    }

    @Test
    void theReportAppearsAndChangesAsTrialsEnd() throws IOException, InterruptedException {
        view.progress().planned(4, 1);
        JsonNode first = statusWithReport(1);
        assertThat(get("report.html?1").body()).isEqualTo("<p>report 1</p>");
        assertThat(first.get("study").asText()).isEqualTo("lesions");
        assertThat(first.get("trials").asInt()).isEqualTo(4);
        assertThat(first.get("ended").asInt()).isEqualTo(1);
        view.progress().failed(null, "no luck");
        JsonNode second = statusWithReport(2);
        assertThat(second.get("ended").asInt()).isEqualTo(2);
        assertThat(second.get("failed").asInt()).isEqualTo(1);
        view.progress().finished(null);
        assertThat(statusWithReport(3).get("state").asText()).isEqualTo("running");
        view.progress().besides("in another process", false);
        assertThat(statusWithReport(4).get("state").asText()).isEqualTo("reporting");
    }

    @Test
    void whatIsLeftOfTheWholeRunIsToldOnceItIsKnown() throws IOException, InterruptedException {
        view.progress().planned(4, 0);
        assertThat(status().has("secondsLeft")).isFalse();
        view.progress().outlook(Outlooks.unknown());
        assertThat(status().has("secondsLeft")).isFalse();
        view.progress().outlook(Outlooks.ofSeconds(90));
        assertThat(status().get("secondsLeft").asDouble()).isEqualTo(90);
    }

    @Test
    void theEndIsToldWithItsReportBeforeTheServerGoes() throws IOException, InterruptedException {
        view.progress().planned(2, 0);
        status();
        var ended = done("<p>the last</p>");
        JsonNode end = statusWith(status -> status.get("state").asText().equals("done"));
        assertThat(end.get("folder").asText()).isEqualTo(folder.toString());
        assertThat(get("report.html").body()).isEqualTo("<p>the last</p>");
        assertThat(ended).succeedsWithin(Duration.ofMillis(1900));
    }

    @Test
    void whereAPageIsOpenButDoesNotAskAgainTheEndIsNotHeldUpForLong() throws IOException, InterruptedException {
        status();
        long start = System.nanoTime();
        done("<p>the last</p>").join();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void withoutOpenPagesTheEndIsNotHeldUp() throws IOException {
        long start = System.nanoTime();
        done("<p>the last</p>").join();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aRunThatStopsSaysWhy() throws IOException, InterruptedException {
        status();
        var ended = CompletableFuture.runAsync(() -> view.stopped("the disk is full"));
        JsonNode end = statusWith(status -> status.get("state").asText().equals("stopped"));
        assertThat(end.get("reason").asText()).isEqualTo("the disk is full");
        assertThat(ended).succeedsWithin(Duration.ofSeconds(1));
        view.interrupted();
        assertThat(status().get("state").asText()).isEqualTo("interrupted");
    }

    @Test
    void theStepUnderWayIsTold() throws IOException, InterruptedException {
        assertThat(status().has("step")).isFalse();
        String hostile = "<img src=x onerror=alert(1)> \"·\"";
        try (var bar = view.progress().begin(hostile, 8)) {
            assertThat(status().get("step").has("secondsLeft")).isFalse();
            bar.step(2);
            JsonNode step = status().get("step");
            assertThat(step.get("what").asText()).isEqualTo(hostile);
            assertThat(step.get("done").asInt()).isEqualTo(2);
            assertThat(step.get("total").asInt()).isEqualTo(8);
            assertThat(step.get("secondsLeft").asDouble()).isNotNegative();
        }
        assertThat(status().has("step")).isFalse();
    }

    @Test
    void aReportThatCannotBeMadeIsToldAndTheOldOneStays() throws IOException, InterruptedException {
        view.progress().planned(9, 1);
        statusWithReport(1);
        broken = true;
        view.progress().finished(null);
        JsonNode status = statusWith(now -> !now.get("problem").asText().isEmpty());
        assertThat(status.get("problem").asText()).isEqualTo("the disk fails");
        assertThat(get("report.html").body()).isEqualTo("<p>report 1</p>");
        broken = false;
        view.progress().finished(null);
        assertThat(statusWithReport(2).get("problem").asText()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status.json", "report.html", "elsewhere"})
    void nothingIsKeptGuessedOrGivenToOtherSites(String path) throws IOException, InterruptedException {
        var headers = get(path).headers();
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(headers.map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }

    @Test
    void thePageMayTalkToItsOwnServerOnly() throws IOException, InterruptedException {
        assertThat(get("").headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'");
        assertThat(status().get("state").asText()).isEqualTo("preparing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1.evil.example:PORT",
                "127.0.0.1",
                "localhost:1",
                "",
                "[::1]:PORT"
            })
    void requestsThatNameAnotherHostAreRefused(String host) throws IOException {
        assertThat(firstLine(host)).contains(" 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LocalHost:PORT"})
    void requestsThatNameThisMachineAreAnswered(String host) throws IOException {
        assertThat(firstLine(host)).contains(" 200 ");
    }

    /** By hand: the JDK's client does not let its Host header be set. */
    private String firstLine(String host) throws IOException {
        int port = view.address().getPort();
        try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            String text = "GET /status.json HTTP/1.1\r\nHost: " + host.replace("PORT", "" + port)
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void thereIsNothingButToRead(String method) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(view.address())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void headHasNoBodyAndOtherPathsAreNotFound() throws IOException, InterruptedException {
        HttpResponse<String> head = send(HttpRequest.newBuilder(view.address())
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        Files.writeString(folder.resolve("results.db"), "secret");
        for (String path :
                new String[] {"results.db", "../results.db", "%2e%2e/results.db", "report.html/x", "status.jso"}) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aPortInUseIsSaid() {
        int port = view.address().getPort();
        assertThatThrownBy(() -> LiveView.start(port, "s", folder, RunProgress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--port " + port + ": Address already in use");
    }

    @Test
    void itsThreadsNeitherKeepTheProcessNorPressForward() throws IOException, InterruptedException {
        status();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().matches("HTTP-Dispatcher|live (view|report)")))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(thread -> thread.isDaemon() && thread.getPriority() == Thread.MIN_PRIORITY);
    }
}
