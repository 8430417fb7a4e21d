package org.osler.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osler.AtomicFile;

/**
 * The study file as it was run, kept in the results folder so that a report can show how to repeat it.
 *
 * @param command the command line; empty if it is not known
 * @param yaml the study file's text; empty if it is not known
 */
public record StudyCopy(String command, String yaml) {

    /** Its name in the results folder. */
    public static final String FILE = "study.yaml";

    private static final String COMMAND = "# Run by: ";

    /** Names of studies are made of these characters only. */
    private static final Pattern NAME = Pattern.compile("(?m)^study:\\s*[\"']?([A-Za-z0-9._-]+)");

    /** The study's name, as the file says it. */
    Optional<String> name() {
        Matcher matcher = NAME.matcher(yaml);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Puts the copy into a results folder, the command in a comment above the study. */
    public void keep(Path folder) throws IOException {
        AtomicFile.write(folder.resolve(FILE), COMMAND + command.replace('\n', ' ') + "\n" + yaml);
    }

    /** The copy of a results folder; both empty if there is none. */
    public static StudyCopy of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return new StudyCopy("", "");
        }
        String text = Files.readString(file);
        if (!text.startsWith(COMMAND)) {
            return new StudyCopy("", text);
        }
        int end = text.indexOf('\n');
        return new StudyCopy(text.substring(COMMAND.length(), end), text.substring(end + 1));
    }
}
