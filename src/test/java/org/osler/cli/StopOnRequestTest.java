package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.osler.study.Outlook;
import org.osler.study.RunProgress;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.train.Progress;
import org.osler.train.StoppedException;

class StopOnRequestTest {

    private final List<String> heard = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final RunProgress progress = new StopOnRequest(new Listener(), stopped::get);

    private final class Listener implements RunProgress {
        @Override
        public void planned(int trials, int done) {
            heard.add("planned " + trials + " " + done);
        }

        @Override
        public void elsewhere(int trials) {
            heard.add("elsewhere " + trials);
        }

        @Override
        public void finished(TrialOutcome outcome) {
            heard.add("finished");
        }

        @Override
        public void failed(Trial trial, String reason) {
            heard.add("failed " + reason);
        }

        @Override
        public void outlook(Outlook outlook) {
            heard.add("outlook");
        }

        @Override
        public void note(String line) {
            heard.add("note " + line);
        }

        @Override
        public Bar begin(String what, long steps) {
            heard.add("begin " + what);
            return Progress.SILENT.begin(what, steps);
        }
    }

    @Test
    void everythingIsPassedOn() {
        progress.planned(3, 1);
        progress.outlook(null);
        progress.elsewhere(1);
        progress.finished(null);
        progress.failed(null, "why");
        progress.note("left out: 2 images");
        progress.begin("features", 1).close();
        assertThat(heard)
                .containsExactly(
                        "planned 3 1",
                        "outlook",
                        "elsewhere 1",
                        "finished",
                        "failed why",
                        "note left out: 2 images",
                        "begin features");
    }

    @Test
    void itStopsAtTheNextStepAndBeginsNothingMore() {
        try (Progress.Bar bar = progress.begin("features", 2)) {
            bar.step(1);
            stopped.set(true);
            progress.finished(null); // what was trained together is still committed
            assertThatThrownBy(() -> bar.step(1)).isInstanceOf(StoppedException.class);
        }
        assertThatThrownBy(() -> progress.begin("more", 1)).isInstanceOf(StoppedException.class);
    }
}
