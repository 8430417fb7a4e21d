package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoresTest {

    @TempDir
    private Path folder;

    /** Four cores of two threads each, as Linux numbers them: processors 0 and 4 are one core. */
    private Cores machine(String allowed) throws IOException {
        for (int processor = 0; processor < 8; processor++) {
            Path topology = Files.createDirectories(folder.resolve("cpu" + processor + "/topology"));
            Files.writeString(
                    topology.resolve("thread_siblings_list"), processor % 4 + "," + (processor % 4 + 4) + "\n");
        }
        Path status = Files.writeString(
                folder.resolve("status"), "Name:\tjava\nCpus_allowed:\tff\nCpus_allowed_list:\t" + allowed + "\n");
        return new Cores(status, folder);
    }

    @Test
    void oneThreadAPhysicalCore() throws IOException {
        assertThat(machine("0-7").threads(null, 8)).isEqualTo(4);
        assertThat(machine("0,4").threads(null, 2)).isEqualTo(1);
        assertThat(machine("0-1,5-6").threads(null, 4)).isEqualTo(3);
    }

    @Test
    void processorsThatAreSwitchedOffDoNotCount() throws IOException {
        assertThat(machine("0-127").threads(null, 8)).isEqualTo(4);
    }

    @Test
    void noMoreThanAContainerMayUse() throws IOException {
        assertThat(machine("0-7").threads(null, 2)).isEqualTo(2);
    }

    @Test
    void theVariableDecides() throws IOException {
        assertThat(machine("0-7").threads("6", 8)).isEqualTo(6);
        assertThat(machine("0-7").threads(" 1 ", 8)).isEqualTo(1);
        for (String senseless : new String[] {"", "0", "-2", "4,2", "many"}) {
            assertThat(machine("0-7").threads(senseless, 8)).isEqualTo(4);
        }
    }

    @Test
    void whereTheSystemDoesNotTellJavaDoes() throws IOException {
        assertThat(new Cores(folder.resolve("none"), folder).threads(null, 3)).isEqualTo(3);
    }
}
