package org.osler.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser, for tests that need to see what a page becomes; absent, they are skipped. */
public record Chromium(Path program) {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    /** What a page became: its document after scripts ran, and what it wrote to the console. */
    public record Visit(String document, List<String> console) {}

    public static Chromium find() {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "skipped: no " + String.join(", ", NAMES) + " on the PATH");
        return new Chromium(program.get());
    }

    Visit visit(Path page, Path scratch, String... options) throws IOException, InterruptedException {
        return visit(page.toUri(), scratch, options);
    }

    public Visit visit(URI page, Path scratch, String... options) throws IOException, InterruptedException {
        Path document = scratch.resolve("document.html");
        Path log = scratch.resolve("browser.log");
        var command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--enable-logging=stderr",
                "--virtual-time-budget=3000",
                "--user-data-dir=" + scratch.resolve("profile")));
        command.addAll(List.of(options));
        command.add("--dump-dom");
        command.add(page.toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(document.toFile())
                .redirectError(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the browser did not finish within a minute; see " + log);
        }
        List<String> console = Files.readString(log, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(":CONSOLE"))
                .toList();
        return new Visit(Files.readString(document), console);
    }
}
