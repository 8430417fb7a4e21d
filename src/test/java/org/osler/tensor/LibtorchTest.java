package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osler.FreshProcess;
import org.osler.ProcessLock;

class LibtorchTest {

    /** A start takes a second, or a few on a busy machine. */
    private static final int A_START_MS = 5000;

    private static final int READY = '!';

    /** Without this, one of twenty programs that were started four at a time did not find its libraries. */
    @Test
    void startsLoadOneAfterTheOther() throws IOException, InterruptedException {
        Process start;
        try (ProcessLock held = ProcessLock.acquire(Libtorch.lockFile())) {
            start = new ProcessBuilder(FreshProcess.command(List.of(), Start.class))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(start.getInputStream().read()).isEqualTo(READY);
            assertThat(start.waitFor(A_START_MS, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(start.waitFor()).isZero();
    }

    /** Loads the library and ends. */
    static final class Start {

        private Start() {}

        public static void main(String[] arguments) {
            System.out.write(READY);
            System.out.flush();
            Libtorch.load();
        }
    }
}
