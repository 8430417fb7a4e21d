package org.osler.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.osler.InputException;
import org.osler.weights.download.Fetched;

/** Fetches files one after the other, shows how that goes, and says what came of it. */
final class Fetching {

    private static final String UNKNOWN = "–";

    private final Terminal terminal;
    private final DownloadBars bars;
    /** What went wrong, each once: a network that is down is the same trouble for every file. */
    private final Set<String> errors = new LinkedHashSet<>();

    Fetching(Terminal terminal) {
        this.terminal = terminal;
        this.bars = new DownloadBars(terminal, InstantSource.system());
    }

    /** Fetches what can be fetched, then prints where everything lies and what went wrong; returns the exit code. */
    int fetch(List<? extends FetchItem> items) throws IOException {
        TextTable table =
                new TextTable().text("File").number("Bytes").text("State").text("Where");
        for (FetchItem item : items) {
            Optional<Fetched> fetched = attempt(item);
            table.row(
                    item.name(),
                    fetched.map(file -> bytes(file.bytes())).orElse(UNKNOWN),
                    fetched.map(file -> file.fresh() ? "fetched" : "at hand").orElse("missing"),
                    fetched.map(file -> file.path().toString()).orElse(UNKNOWN));
        }
        table.print(terminal);
        return told();
    }

    /** Prints what {@link #fetch} would do, with lengths where there is a network; returns the exit code. */
    int plan(List<? extends FetchItem> items) throws IOException {
        TextTable table =
                new TextTable().text("File").number("Bytes").text("State").text("Where");
        for (FetchItem item : items) {
            if (item.present().isPresent()) {
                var path = item.present().get();
                table.row(item.name(), bytes(path.toFile().length()), "at hand", path);
            } else {
                table.row(item.name(), length(item), "to fetch", item.from());
            }
        }
        table.print(terminal);
        return told();
    }

    /**
     * Fetches what a command cannot do without.
     *
     * @throws InputException if something cannot be had: why, and how else to come by the first such file
     */
    void require(List<? extends FetchItem> items) throws IOException {
        List<FetchItem> missing = new ArrayList<>();
        for (FetchItem item : items) {
            Optional<Fetched> fetched = attempt(item);
            if (fetched.isEmpty()) {
                missing.add(item);
            } else if (fetched.get().fresh()) {
                bars.say("fetched %s, %s bytes"
                        .formatted(item.name(), bytes(fetched.get().bytes())));
            }
        }
        if (!missing.isEmpty()) {
            String others = missing.size() == 1 ? "" : "%n(and so for %d more)".formatted(missing.size() - 1);
            throw new InputException(
                    String.join("\n", errors) + "\n" + missing.get(0).advice() + others);
        }
    }

    private Optional<Fetched> attempt(FetchItem item) throws IOException {
        try {
            return Optional.of(item.fetch(bars));
        } catch (InputException e) {
            errors.add(e.getMessage());
            return Optional.empty();
        }
    }

    private String length(FetchItem item) throws IOException {
        try {
            OptionalLong length = item.length();
            return length.isPresent() ? bytes(length.getAsLong()) : UNKNOWN;
        } catch (InputException e) {
            errors.add(e.getMessage());
            return UNKNOWN;
        }
    }

    private int told() {
        errors.forEach(terminal::error);
        return errors.isEmpty() ? ExitCode.DONE : ExitCode.WRONG_USE;
    }

    private static String bytes(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
    }
}
