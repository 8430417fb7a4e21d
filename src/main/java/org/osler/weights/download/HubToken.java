package org.osler.weights.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.InputException;
import org.osler.weights.Home;

/**
 * The user's token for the Hugging Face hub, wherever it stands. Is never part of a text: {@link #toString} tells only
 * the place.
 */
public final class HubToken {

    private static final List<String> VARIABLES = List.of("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN");

    private final Map<String, String> environment;
    private final Path file;

    private HubToken(Map<String, String> environment, Path file) {
        this.environment = environment;
        this.file = file;
    }

    /** {@code HF_TOKEN}, else {@code HUGGING_FACE_HUB_TOKEN}, else the file {@code HF_TOKEN_PATH} or {@code $HF_HOME/token}. */
    static HubToken from(Map<String, String> environment, Path userHome) {
        String path = environment.getOrDefault("HF_TOKEN_PATH", "");
        return new HubToken(
                environment,
                path.isEmpty() ? Home.huggingFace(environment, userHome).resolve("token") : Path.of(path));
    }

    /**
     * The token, if there is one; the file is read each time.
     *
     * @throws InputException if it cannot be one
     */
    Optional<String> value() throws IOException {
        Optional<String> variable = variable();
        String token = variable.isPresent()
                ? environment.get(variable.get()).strip()
                : Files.isReadable(file) ? Files.readString(file).strip() : "";
        if (!token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            // Java would refuse it as a header, in a message that shows it.
            throw new InputException("the " + this + " has blanks or characters that no token has");
        }
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private Optional<String> variable() {
        return VARIABLES.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst();
    }

    /** Where the token stands, e.g. {@code token from HF_TOKEN}; never the token. */
    @Override
    public String toString() {
        return variable()
                .map(name -> "token from " + name)
                .orElse(Files.isReadable(file) ? "token from " + file : "no token");
    }
}
