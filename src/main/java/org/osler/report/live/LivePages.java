package org.osler.report.live;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest report, made anew in the background when trials have ended: soon, but never so often that the run would
 * notice. A report that cannot be made leaves the one before in place, and is tried again with the next trial.
 */
final class LivePages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LivePages.class);
    private static final long LEAST_PAUSE_MILLIS = 3000;

    /** Between two reports passes so many times the processor time that the last one took. */
    private static final int PAUSE_FOR_WORK = 10;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LiveView.Source source;
    private final Thread thread;
    private final long leastPauseMillis;
    private boolean due;
    private boolean closed;
    private Page page = new Page(0, new byte[0]);
    private String problem = "";

    /**
     * A report.
     *
     * @param number counts from 1; 0: there is none yet
     * @param html UTF-8
     */
    record Page(int number, byte[] html) {}

    LivePages(LiveView.Source source) {
        this(source, LEAST_PAUSE_MILLIS);
    }

    LivePages(LiveView.Source source, long leastPauseMillis) {
        this.source = source;
        this.leastPauseMillis = leastPauseMillis;
        this.thread = Background.thread(this::work, "live report");
        thread.start();
    }

    /** There is something new to show. */
    synchronized void changed() {
        due = true;
        notifyAll();
    }

    private void work() {
        try {
            while (awaitChange()) {
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                make();
                long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
                long millis = spent / NANOS_PER_MILLI;
                Thread.sleep(Math.max(leastPauseMillis, PAUSE_FOR_WORK * millis));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private synchronized boolean awaitChange() throws InterruptedException {
        while (!due && !closed) {
            wait();
        }
        due = false;
        return !closed;
    }

    // Whatever is wrong with a report, a fault of Osler's own included, the run that it shows goes on.
    private void make() {
        try {
            show(source.page());
        } catch (IOException | RuntimeException e) {
            note(e);
        }
    }

    /** Puts a report in place of the one before; after closing, the last one stays. */
    private synchronized void show(String html) {
        if (!closed) {
            put(html);
        }
    }

    /** The last report; none is made after it. */
    synchronized void last(String html) {
        close();
        put(html);
    }

    private synchronized void put(String html) {
        page = new Page(page.number() + 1, html.getBytes(StandardCharsets.UTF_8));
        problem = "";
    }

    private synchronized void note(Exception fault) {
        if (!closed) {
            String message = fault.getMessage() == null ? fault.toString() : fault.getMessage();
            if (!message.equals(problem)) {
                LOG.warn("the live view's report could not be made; the run goes on: {}", message);
                LOG.debug("why", fault);
            }
            problem = message;
        }
    }

    synchronized Page page() {
        return page;
    }

    /** Why the newest report could not be made; empty: it could. */
    synchronized String problem() {
        return problem;
    }

    @Override
    public synchronized void close() {
        closed = true;
        thread.interrupt();
    }
}
