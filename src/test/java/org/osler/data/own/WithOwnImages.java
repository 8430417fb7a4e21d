package org.osler.data.own;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.DatasetStore;
import org.osler.data.ReadingProgress;
import org.osler.weights.Home;

/** A folder for images of one's own, which are opened as datasets of squares of 32 pixels; what is said meanwhile is kept. */
abstract class WithOwnImages {

    final List<String> notes = new ArrayList<>();

    /** Work that was begun, each with its number of images. */
    final List<String> begun = new ArrayList<>();

    @TempDir
    Path folder;

    Path data;

    private Home home;

    private final ReadingProgress progress = new ReadingProgress() {
        @Override
        public void begin(String what, int images) {
            begun.add(what + " " + images);
        }

        @Override
        public void step() {
            // Drawn by the command line.
        }

        @Override
        public void end() {
            // Drawn by the command line.
        }

        @Override
        public void note(String line) {
            notes.add(line);
        }
    };

    @BeforeEach
    void places() {
        home = new Home(folder.resolve("home"), folder.resolve("hub"));
        data = folder.resolve("data");
    }

    Dataset open(ImageSettings settings) throws IOException {
        return new DatasetStore(home).open(OwnImages.read(settings).at(32, home, progress));
    }

    String hashOf(ImageSettings settings) throws IOException {
        return OwnImages.read(settings).at(32, home, ReadingProgress.SILENT).hash();
    }
}
