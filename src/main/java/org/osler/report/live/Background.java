package org.osler.report.live;

/** Threads that stand back behind the run's and end with the process. */
final class Background {

    private Background() {}

    /** A thread, to be started. */
    @SuppressWarnings("ThreadPriorityCheck") // a courtesy; nothing relies on it
    static Thread thread(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }
}
