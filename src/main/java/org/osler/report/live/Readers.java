package org.osler.report.live;

import java.time.Duration;

/** Whether pages are open, and what they have heard. */
final class Readers {

    /** A page that asked within this time is open. */
    private static final Duration OPEN = Duration.ofSeconds(5);

    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

    private boolean everAsked;
    private long lastAsked;
    private boolean toldTheEnd;
    private int fetched;

    /** A page has asked how the run stands, and was told that it had ended, or that it had not. */
    synchronized void asked(boolean ended) {
        everAsked = true;
        lastAsked = System.nanoTime();
        toldTheEnd |= ended;
        notifyAll();
    }

    /** A page has fetched the report with this number. */
    synchronized void fetched(int report) {
        fetched = Math.max(fetched, report);
        notifyAll();
    }

    /** Where a page is open, waits until it knows of the end and has this report, but not for long. */
    synchronized void farewell(int report) {
        long start = System.nanoTime();
        if (!everAsked || start - lastAsked > OPEN.toNanos()) {
            return;
        }
        long left = LONGEST_FAREWELL.toMillis();
        try {
            while (left > 0 && !(toldTheEnd && fetched >= report)) {
                wait(left);
                left = LONGEST_FAREWELL.toMillis() - (System.nanoTime() - start) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
