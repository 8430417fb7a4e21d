package org.osler.study;

import java.nio.file.Path;
import java.util.Map;

/** Reads study files. */
public final class StudyFile {

    private StudyFile() {}

    public static Study read(Path file, Map<String, String> overrides) {
        if (overrides != null) {
            throw new UnsupportedOperationException(file.toString());
        }
        return null;
    }
}
