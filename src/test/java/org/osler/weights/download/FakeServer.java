package org.osler.weights.download;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server on loopback that can misbehave: it writes to the socket whatever a test says, one request a connection. */
public final class FakeServer implements Closeable {

    private final ServerSocket socket;
    private final Handler usual;
    private final Deque<Handler> next = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** Starts it; it answers as told. */
    public FakeServer(Handler usual) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.usual = usual;
        Thread thread = new Thread(this::serve, "fake server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A request; header names in lower case. */
    public record Request(String method, String path, Map<String, String> headers) {
        public String header(String name) {
            return headers.get(name);
        }
    }

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {
        void answer(Request request, Reply reply) throws IOException;
    }

    /** Where an answer is written to. */
    public static final class Reply {
        private final Socket connection;
        private final OutputStream out;

        private Reply(Socket connection) throws IOException {
            this.connection = connection;
            this.out = connection.getOutputStream();
        }

        /** Status line and headers; header lines read {@code Name: value}. */
        public Reply head(int status, String... headers) throws IOException {
            out.write(("HTTP/1.1 " + status + " X\r\nConnection: close\r\n" + String.join("\r\n", headers)
                            + (headers.length == 0 ? "" : "\r\n") + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        public Reply body(byte[] bytes, int from, int to) throws IOException {
            out.write(bytes, from, to - from);
            out.flush();
            return this;
        }

        /** Nothing more comes, and the connection stays open for so long. */
        public void stall(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** As a cable that is pulled. */
        public void breakOff() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    /** An answer without content. */
    public static Handler status(int status, String... headers) {
        return (request, reply) -> {
            String[] all = Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "Content-Length: 0";
            reply.head(status, all);
        };
    }

    /** What the next request gets instead of the usual answer; calls queue up. */
    public FakeServer next(Handler handler) {
        next.add(handler);
        return this;
    }

    /** Its address, by number. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** The same by name: to a browser or Osler, another host. */
    public URI addressByName() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    /** What was asked for so far. */
    public List<Request> requests() {
        return requests;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread thread = new Thread(() -> answer(connection), "fake connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            Request request = read(connection);
            requests.add(request);
            Handler handler = next.poll();
            (handler == null ? usual : handler).answer(request, new Reply(connection));
        } catch (IOException e) {
            // The client went away, as it may.
        }
    }

    private static Request read(Socket connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        String[] words = String.valueOf(in.readLine()).split(" ", -1);
        if (words.length < 2) {
            throw new IOException("no request");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Request(words[0], words[1], headers);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
