package org.osler.recommend;

import org.osler.study.Outlook;
import org.osler.study.Relay;
import org.osler.study.RunProgress;
import org.osler.study.TrialOutcome;

/**
 * What is heard of the trials that a recommendation runs beside its own work: bars, notes and failures. That they are
 * planned and end is no news; each encoder has a line of its own.
 */
final class Aside extends Relay {

    Aside(RunProgress told) {
        super(told);
    }

    @Override
    public void planned(int trials, int done) {
        // No news.
    }

    @Override
    public void outlook(Outlook outlook) {
        // Of these trials only.
    }

    @Override
    public void finished(TrialOutcome outcome) {
        // No news.
    }
}
