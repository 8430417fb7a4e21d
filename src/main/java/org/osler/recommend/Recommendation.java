package org.osler.recommend;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osler.AtomicFile;
import org.osler.InputException;

/**
 * Which encoder fits a dataset, as far as its training images tell.
 *
 * @param format of the file, {@value #FORMAT}
 * @param dataset the dataset's name
 * @param images training images that encoders were judged on
 * @param groups how many groups they form, each of which stayed together; as many as images where there are none
 * @param groupColumn the manifest's column of groups; empty: there is none
 * @param folds of the cross-validation
 * @param k neighbours that vote
 * @param budgetSeconds the time given
 * @param seconds the time taken
 * @param standings the encoders tried, best first
 * @param untried the others, the cheapest first
 * @param failed trials of the study that have no result, for they failed
 * @param fineTuning what fine-tuning the best would cost; empty if that was not reckoned
 * @param next command lines that go on from here
 */
public record Recommendation(
        int format,
        String dataset,
        int images,
        int groups,
        Optional<String> groupColumn,
        int folds,
        int k,
        double budgetSeconds,
        double seconds,
        List<Standing> standings,
        List<Untried> untried,
        int failed,
        List<FineTuning> fineTuning,
        List<Next> next) {

    /** Its name in the results folder. */
    public static final String FILE = "recommendation.json";

    static final int FORMAT = 1;

    private static final long LARGEST = 16 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    public Recommendation {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(groupColumn);
        if (standings.isEmpty()) {
            throw new IllegalArgumentException("no encoder stands in it");
        }
        standings = List.copyOf(standings);
        untried = List.copyOf(untried);
        fineTuning = List.copyOf(fineTuning);
        next = List.copyOf(next);
    }

    /**
     * A way to go on.
     *
     * @param what it does, a few words
     * @param command the command line
     */
    public record Next(String what, String command) {

        /** Osler's own, with words that a shell takes as they are: the file may be a stranger's, and people paste from it. */
        private static final Pattern SAFE =
                Pattern.compile("osler (train|recommend)( ([A-Za-z0-9_@%+=:,./-]|'[^'\\n]*'|\\\\')+)+");

        public Next {
            Objects.requireNonNull(what);
            if (!SAFE.matcher(command).matches()) {
                throw new IllegalArgumentException("\"" + command + "\" is no command line of Osler");
            }
        }
    }

    /** The same with what comes next. */
    public Recommendation with(List<FineTuning> costs, List<Next> steps) {
        return new Recommendation(
                format,
                dataset,
                images,
                groups,
                groupColumn,
                folds,
                k,
                budgetSeconds,
                seconds,
                standings,
                untried,
                failed,
                costs,
                steps);
    }

    /** The first and those that the images at hand do not tell from it, best first. */
    @JsonIgnore
    public List<Standing> leaders() {
        return standings.stream()
                .filter(standing ->
                        standing.behind().map(behind -> !behind.isReal()).orElse(true))
                .toList();
    }

    /** What it says, in a few sentences. */
    public String inWords() {
        return InWords.of(this);
    }

    /** Puts it into a results folder. */
    public void write(Path folder) throws IOException {
        AtomicFile.write(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    /**
     * The recommendation of a results folder; empty if it has none.
     *
     * @throws InputException if it cannot be read
     */
    public static Optional<Recommendation> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new InputException(file + " is larger than 16 MiB, so it is no recommendation");
            }
            Recommendation read = JSON.readValue(Files.readString(file), Recommendation.class);
            if (read.format() != FORMAT) {
                throw new InputException(file + " has format " + read.format() + "; this version reads " + FORMAT);
            }
            return Optional.of(read);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    file + " is no recommendation: " + e.getOriginalMessage() + "; 'osler recommend' writes it anew",
                    e);
        } catch (CharacterCodingException e) {
            throw new InputException(
                    file + " is no recommendation: it is no UTF-8 text; 'osler recommend' writes it anew", e);
        }
    }
}
