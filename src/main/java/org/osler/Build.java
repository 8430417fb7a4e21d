package org.osler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What this build of Osler is; goes into {@code --version} and every result row.
 *
 * @param version the release, e.g. {@code 0.1.0}
 * @param commit the abbreviated Git commit, with {@code -dirty} appended if the build had changes of its own;
 *     {@code unknown} when built outside a Git repository
 */
public record Build(String version, String commit) {

    private static final Build CURRENT = read();

    /** The build that is running. */
    public static Build current() {
        return CURRENT;
    }

    private static Build read() {
        var properties = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String commit = properties.getProperty("commit");
        if (commit.startsWith("$")) { // Maven found no repository and left its placeholder
            return new Build(properties.getProperty("version"), "unknown");
        }
        boolean dirty = Boolean.parseBoolean(properties.getProperty("dirty"));
        return new Build(properties.getProperty("version"), dirty ? commit + "-dirty" : commit);
    }
}
