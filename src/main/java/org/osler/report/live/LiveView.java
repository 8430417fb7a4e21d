package org.osler.report.live;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.osler.report.DatasetResolver;
import org.osler.report.Report;
import org.osler.study.RunProgress;

/**
 * The live view of a run, from its start to its end: a page on the loopback address that shows the report of what has
 * been found so far, and above it how far the run has come.
 */
public final class LiveView implements AutoCloseable {

    private final LivePages pages;
    private final LiveStatus status;
    private final LiveServer server;

    /** Makes a report's page of what a run has found so far. */
    @FunctionalInterface
    interface Source {
        /**
         * The whole page.
         *
         * @throws IOException if something cannot be read
         */
        String page() throws IOException;
    }

    private LiveView(LivePages pages, LiveStatus status, LiveServer server) {
        this.pages = pages;
        this.status = status;
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param port on the loopback address; 0: any that is free
     * @param study the study's name
     * @param folder its results folder
     * @param next hears of the run's progress too
     * @throws org.osler.InputException if the port is in use or may not be used
     */
    public static LiveView start(int port, String study, Path folder, RunProgress next) throws IOException {
        return start(port, study, folder, next, new LivePages(() -> Report.page(folder, DatasetResolver.LATER)));
    }

    static LiveView start(int port, String study, Path folder, RunProgress next, LivePages pages) throws IOException {
        try {
            Path shown = folder.toAbsolutePath().normalize();
            var status = new LiveStatus(study, shown, next, InstantSource.system(), pages::changed);
            return new LiveView(pages, status, LiveServer.start(port, status, pages));
        } catch (IOException | RuntimeException e) {
            pages.close();
            throw e;
        }
    }

    /** Where it is to be seen. */
    public URI address() {
        return server.address();
    }

    /** What the run is to report its progress to. */
    public RunProgress progress() {
        return status;
    }

    /**
     * The run has ended; tells open pages, and shows them its report, for a moment where there are any.
     *
     * @param report the file of its report
     * @throws IOException if that cannot be read
     */
    public void done(Path report) throws IOException {
        pages.last(Files.readString(report));
        end(LiveStatus.State.DONE, "");
    }

    /** The run was interrupted; tells open pages, for a moment where there are any. */
    public void interrupted() {
        end(LiveStatus.State.INTERRUPTED, "");
    }

    /**
     * The run could not go on; tells open pages, for a moment where there are any.
     *
     * @param reason one or two lines for the user
     */
    public void stopped(String reason) {
        end(LiveStatus.State.STOPPED, reason);
    }

    private void end(LiveStatus.State how, String why) {
        status.end(how, why);
        server.farewell();
    }

    @Override
    public void close() {
        server.close();
        pages.close();
    }
}
