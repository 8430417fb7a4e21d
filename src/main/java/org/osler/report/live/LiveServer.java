package org.osler.report.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osler.InputException;

/**
 * Serves a running study's report to browsers on this machine, and to no one else: on the loopback address, to requests
 * that name it (another site's page could otherwise reach it under a name of its own), for reading only. Its threads
 * end with the process and stand back behind the run's.
 */
final class LiveServer implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int HTTP_PORT = 80;
    private static final int THREADS = 2;
    private static final List<String> METHODS = List.of("GET", "HEAD");

    /** What a report may, and besides to ask this server and to show its report in a frame. */
    private static final String FRAME_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
                    + " img-src data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    /** A report has a policy of its own in it; this goes on top. */
    private static final String REPORT_POLICY = "frame-ancestors 'self'";

    private final HttpServer server;
    private final ExecutorService threads;
    private final LiveStatus status;
    private final LivePages pages;
    private final Readers readers = new Readers();
    private final Set<String> hosts;
    private final byte[] frame = frame();

    private LiveServer(HttpServer server, LiveStatus status, LivePages pages) {
        this.server = server;
        this.status = status;
        this.pages = pages;
        int port = server.getAddress().getPort();
        this.hosts = port == HTTP_PORT
                ? Set.of(LOOPBACK, "localhost", LOOPBACK + ":" + port, "localhost:" + port)
                : Set.of(LOOPBACK + ":" + port, "localhost:" + port);
        this.threads = Executors.newFixedThreadPool(THREADS, work -> Background.thread(work, "live view"));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        // The thread that listens takes after the one that starts it.
        Thread starter = Background.thread(server::start, "live view's start");
        starter.start();
        join(starter);
    }

    /**
     * Starts to serve.
     *
     * @param port 0: any that is free
     * @throws InputException if the port is in use or may not be used
     */
    static LiveServer start(int port, LiveStatus status, LivePages pages) throws IOException {
        var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        try {
            return new LiveServer(HttpServer.create(address, 0), status, pages);
        } catch (BindException e) {
            throw new InputException(
                    "--port " + port + ": " + e.getMessage()
                            + "; name another port, or leave --port out for one that is free",
                    e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the live view is to be seen. */
    URI address() {
        return URI.create("http://" + LOOPBACK + ":" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
                send(exchange, 403, "text/plain", bytes("This server answers to 127.0.0.1 and localhost only.\n"));
            } else if (!METHODS.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", String.join(", ", METHODS));
                send(exchange, 405, "text/plain", bytes("There is nothing here but to read.\n"));
            } else {
                serve(exchange);
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> {
                headers.set("Content-Security-Policy", FRAME_POLICY);
                send(exchange, 200, "text/html", frame);
            }
            case "/report.html" -> {
                headers.set("Content-Security-Policy", REPORT_POLICY);
                LivePages.Page page = pages.page();
                if (page.number() == 0) {
                    send(exchange, 404, "text/plain", bytes("There is no report yet: no trial has ended.\n"));
                } else {
                    send(exchange, 200, "text/html", page.html());
                    readers.fetched(page.number());
                }
            }
            case "/status.json" -> {
                boolean ended = status.hasEnded(); // before it is told: the end is told no earlier than it is there
                String json = status.json(pages.page().number(), pages.problem());
                send(exchange, 200, "application/json", bytes(json));
                readers.asked(ended);
            }
            default -> send(exchange, 404, "text/plain", bytes("Not here.\n"));
        }
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(code, -1);
            return;
        }
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Gives open pages a moment to hear of the end and to fetch the newest report; returns at once where none is open. */
    void farewell() {
        readers.farewell(pages.page().number());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] frame() {
        try (InputStream in = LiveServer.class.getResourceAsStream("frame.html")) {
            if (in == null) {
                throw new IllegalStateException("frame.html is missing from the classpath: the build is incomplete");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
