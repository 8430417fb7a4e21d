package org.osler.weights;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folders outside a study's own that Osler looks into.
 *
 * @param osler Osler's own cache: {@code weights/}, {@code datasets/}, features, hashes; need not exist yet
 * @param huggingFaceHub the Hugging Face cache, which Osler shares with Python programs; need not exist
 */
public record Home(Path osler, Path huggingFaceHub) {

    /**
     * The folders that the environment asks for: {@code OSLER_HOME} or else {@code ~/.cache/osler}; {@code
     * HF_HUB_CACHE}, or else {@code hub} in {@code HF_HOME}, or else in {@code huggingface} in {@code XDG_CACHE_HOME},
     * or else {@code ~/.cache/huggingface/hub}, as the {@code huggingface_hub} Python package has it.
     */
    public static Home fromEnvironment() {
        return from(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** The same for a given environment and user's home folder. A variable set to nothing counts as not set. */
    public static Home from(Map<String, String> environment, Path userHome) {
        Path cache = userHome.resolve(".cache");
        Path osler = folder(environment, "OSLER_HOME", userHome, cache.resolve("osler"));
        Path huggingFace = huggingFace(environment, userHome);
        return new Home(osler, folder(environment, "HF_HUB_CACHE", userHome, huggingFace.resolve("hub")));
    }

    /** The folder of everything that Hugging Face's programs keep, the user's token among it; need not exist. */
    public static Path huggingFace(Map<String, String> environment, Path userHome) {
        Path xdg = folder(environment, "XDG_CACHE_HOME", userHome, userHome.resolve(".cache"));
        return folder(environment, "HF_HOME", userHome, xdg.resolve("huggingface"));
    }

    private static Path folder(Map<String, String> environment, String variable, Path userHome, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        if (value.isEmpty()) {
            return otherwise;
        }
        return value.startsWith("~/") ? userHome.resolve(value.substring(2)) : Path.of(value);
    }

    /** Where Osler itself keeps weight files. */
    public Path weights() {
        return osler.resolve("weights");
    }

    /** Where Osler puts the datasets that it fetches. */
    public Path datasets() {
        return osler.resolve("datasets");
    }

    /** Where processes wait for each other; holds empty files. */
    public Path locks() {
        return osler.resolve("locks");
    }
}
