package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.osler.weights.download.DownloadProgress;
import org.osler.weights.download.Fetched;

/** One published file that is wanted on this machine. */
interface FetchItem {

    /** What the user calls it. */
    String name();

    /** Where it is published, for people. */
    String from();

    /** Where it lies, if it is at hand. */
    Optional<Path> present() throws IOException;

    /** Its length in bytes, for which its server is asked. */
    OptionalLong length() throws IOException;

    /**
     * Gets it, unless it is at hand.
     *
     * @throws org.osler.InputException if it cannot be had
     */
    Fetched fetch(DownloadProgress progress) throws IOException;

    /** Where it was looked for, and how else to come by it. */
    String advice() throws IOException;
}
