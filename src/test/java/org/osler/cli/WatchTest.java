package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    /** Neighbours are there at once; then each fine-tuning takes a second or more. */
    private static final String STUDY = """
            study: small
            datasets:
              - phantom: {task: binary, channels: 1, size: 28, train: 64, val: 8, test: 8, seed: 0}
                name: lesions
            encoders: [resnet18]
            weights: random
            input: 32
            strategies: [nearest-neighbours: {k: 3}, fine-tune: {encoder-lr: 1e-4}]
            seeds: [0, 1]
            recipe: {iterations: 60, batch: 16}
            """;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aRunningStudyIsSeenAndItsReportGrows() throws Exception {
        int port = freePort();
        Path study = study(STUDY);
        String out = folder.resolve("out").toString();
        var run = CompletableFuture.supplyAsync(
                () -> Cli.run(folder, "run", study.toString(), "--out", out, "--watch", "--port", "" + port));
        List<JsonNode> heard = listen(port, run);
        JsonNode early = heard.stream()
                .filter(status -> status.get("report").asInt() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(early.get("state").asText()).isEqualTo("running");
        assertThat(early.get("ended").asInt()).isBetween(1, 2);
        assertThat(early.get("trials").asInt()).isEqualTo(3);
        assertThat(heard.stream().map(status -> status.path("step").path("what").asText()))
                .anyMatch(what -> what.startsWith("lesions · "));
        JsonNode last = heard.get(heard.size() - 1);
        assertThat(last.get("state").asText()).isEqualTo("done");
        assertThat(last.get("ended").asInt()).isEqualTo(3);
        assertThat(last.get("problem").asText()).isEmpty();
        // The last page is the very report that lies in the folder.
        String page = get(port, "report.html");
        Cli cli = run.get(1, TimeUnit.MINUTES);
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.err()).startsWith("Live view: http://127.0.0.1:" + port + "/\n3 trials\n");
        assertThat(folder.resolve("out/report.html")).content().isEqualTo(page);
        // The server ends with the run.
        assertThatThrownBy(() -> get(port, "status.json")).isInstanceOf(ConnectException.class);
    }

    /** All that it answers from when it can be reached until it says that the run has ended. */
    private List<JsonNode> listen(int port, CompletableFuture<Cli> run) throws Exception {
        var heard = new ArrayList<JsonNode>();
        Instant last = Instant.now().plus(Duration.ofMinutes(2));
        while (Instant.now().isBefore(last) && !run.isDone()) {
            try {
                heard.add(new JsonMapper().readTree(get(port, "status.json")));
                if (heard.get(heard.size() - 1).get("state").asText().equals("done")) {
                    return heard;
                }
            } catch (ConnectException e) {
                assertThat(heard).as("it answers until the end").isEmpty(); // it has yet to start
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the run's end was not told: " + (run.isDone() ? run.get() : heard));
    }

    @Test
    void aRunThatCannotGoOnIsAnErrorAsWithoutAView() throws IOException {
        Path study = study(STUDY.replace("weights: random\n", ""));
        Cli cli = Cli.run(folder, "run", study.toString(), "--out", folder + "/out", "--watch");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("Live view: http://127.0.0.1:").contains("no weights for resnet18.a1_in1k");
    }

    @Test
    void aPortInUseIsSaidBeforeAnythingRuns() throws IOException {
        Path study = study(STUDY);
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = Integer.toString(taken.getLocalPort());
            Cli cli = Cli.run(folder, "run", study.toString(), "--out", folder + "/out", "--watch", "--port", port);
            assertThat(cli.code()).isEqualTo(2);
            assertThat(cli.err()).startsWith("osler: --port " + port + ": Address already in use; name another port");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void optionsThatMakeNoSenseTogetherAreWrongUse() {
        assertThat(wrongUse("--port", "8080")).contains("--port goes with --watch only");
        assertThat(wrongUse("--watch", "--port", "65536")).contains("--port 65536 is out of range");
        assertThat(wrongUse("--watch", "--plan")).contains("--plan runs nothing that --watch could show");
    }

    private String wrongUse(String... options) {
        var arguments = new ArrayList<>(List.of("run", "s.yaml"));
        arguments.addAll(List.of(options));
        Cli cli = Cli.run(folder, arguments.toArray(String[]::new));
        assertThat(cli.code()).isEqualTo(2);
        return cli.err();
    }

    private String get(int port, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/" + path);
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (var any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private Path study(String text) throws IOException {
        return Files.writeString(folder.resolve("s.yaml"), text);
    }
}
