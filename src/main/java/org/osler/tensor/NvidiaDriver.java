package org.osler.tensor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What NVIDIA's driver says of itself and the cards, without libtorch: through {@code nvidia-smi}, which comes with it. */
public final class NvidiaDriver {

    /** In the order in which CUDA counts under {@code CUDA_DEVICE_ORDER=PCI_BUS_ID}, which the launcher sets. */
    private static final List<String> QUESTION =
            List.of("nvidia-smi", "--query-gpu=driver_version,uuid,name", "--format=csv,noheader");

    private static final Pattern ROW = Pattern.compile("\\s*([^,]+?)\\s*,\\s*([^,]+?)\\s*,\\s*(.+?)\\s*");
    private static final Path VERSION_FILE = Path.of("/proc/driver/nvidia/version");
    private static final Pattern VERSION = Pattern.compile("\\b(\\d+\\.\\d+(\\.\\d+)?)\\b");
    private static final int MOST_SECONDS = 30;
    private static final String UNNAMED = "NVIDIA card";

    private NvidiaDriver() {}

    /**
     * A card.
     *
     * @param driver the driver's version
     * @param uuid tells it from all others: {@code GPU-…}
     * @param name e.g. {@code NVIDIA H200}
     */
    record Card(String driver, String uuid, String name) {}

    /** Whether the system shows signs of a card, whether it can be used or not; asks no other program. */
    public static boolean isCardSeen() {
        return Files.exists(Path.of("/proc/driver/nvidia")) || Files.exists(Path.of("/dev/nvidia0"));
    }

    /** The driver's version, e.g. {@code 580.95.05}; empty where there is none that can be asked. */
    public static Optional<String> version() {
        List<Card> cards = cards();
        return cards.isEmpty() ? versionOfFile() : Optional.of(cards.get(0).driver());
    }

    /** The name of a card that this process may use, counted as CUDA counts. */
    public static String name(int index) {
        List<Card> visible = visible(cards(), Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
        return index < visible.size() ? visible.get(index).name() : UNNAMED;
    }

    /** The cards that are left of all, as {@code CUDA_VISIBLE_DEVICES} chooses and orders them. */
    static List<Card> visible(List<Card> all, Optional<String> choice) {
        if (choice.isEmpty()) {
            return all;
        }
        List<Card> visible = new ArrayList<>();
        for (String each : choice.get().split(",", -1)) {
            String word = each.strip();
            Optional<Card> found = word.matches("\\d{1,4}")
                    ? all.stream().skip(Integer.parseInt(word)).findFirst()
                    : all.stream()
                            .filter(card -> !word.isEmpty() && card.uuid().startsWith(word))
                            .findFirst();
            if (found.isEmpty()) {
                break; // CUDA sees those before the first that it does not know
            }
            visible.add(found.get());
        }
        return visible;
    }

    /** What {@code nvidia-smi} printed, a line a card; others are left out. */
    static List<Card> parse(List<String> lines) {
        List<Card> cards = new ArrayList<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                cards.add(new Card(row.group(1), row.group(2), row.group(3)));
            }
        }
        return cards;
    }

    /** Asked once: it can take seconds, and each result names the card. */
    private static final class Asked {
        private static final List<Card> CARDS = ask();

        private Asked() {}
    }

    private static List<Card> cards() {
        return Asked.CARDS;
    }

    private static List<Card> ask() {
        try {
            Process process = new ProcessBuilder(QUESTION)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            // The answer is far shorter than a pipe holds. A sick driver's may never come.
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return List.of();
            }
            try (var reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                return process.exitValue() == 0 ? parse(reader.lines().toList()) : List.of();
            }
        } catch (IOException e) {
            return List.of(); // there is no such program, so no driver
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Optional<String> versionOfFile() {
        if (!Files.isReadable(VERSION_FILE)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(VERSION_FILE));
            return version.find() ? Optional.of(version.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
