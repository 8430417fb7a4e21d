package org.osler.study;

import java.nio.file.Path;
import org.osler.InputException;

/**
 * Where in the user's input something stands.
 *
 * @param source a file's name, or {@code --set KEY=VALUE}
 * @param line from 1; 0 where there are no lines
 * @param base the folder from which paths given there are counted
 */
record Place(String source, int line, Path base) {

    Place at(int otherLine) {
        return new Place(source, line == 0 ? 0 : otherLine, base);
    }

    /** An error about this place. */
    InputException error(String message) {
        return new InputException(this + ": " + message);
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
