package org.osler.weights.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import javax.net.ssl.SSLException;
import org.osler.Build;
import org.osler.InputException;

/** Asks servers, one request at a time, and follows their redirects no further than is safe. */
final class Web {

    private static final String TUNNEL_PROPERTY = "jdk.http.auth.tunneling.disabledSchemes";

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final Patience patience;
    private final Proxies proxies;
    private final HttpClient client;

    Web(Patience patience, Proxies proxies) {
        this.patience = patience;
        this.proxies = proxies;
        if (System.getProperty(TUNNEL_PROPERTY) == null) {
            // Java would show no password to a proxy that it asks for an encrypted tunnel; the user put one into the
            // proxy's address to have it shown. Read once, when the first client is made.
            System.setProperty(TUNNEL_PROPERTY, "");
        }
        // HTTP/1.1: one large file at a time gains nothing from HTTP/2, and proxies are used to it.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.connect())
                .proxy(proxies)
                .build();
    }

    /**
     * Sends a request without a body.
     *
     * @param token shown to the server of {@code address}, and not after a redirect has led to another
     * @param follow whether to go from one address to the next that it redirects to
     * @throws Interruption if there was no answer
     * @throws InputException if redirects lead nowhere, or the proxy wants a password
     */
    Answer ask(
            String method,
            URI address,
            Optional<String> token,
            Map<String, String> headers,
            BiPredicate<URI, URI> follow)
            throws IOException {
        URI at = address;
        Optional<String> shown = token;
        for (int hop = 0; hop <= Redirects.MOST; hop++) {
            Answer answer = send(request(method, at, shown, headers));
            Optional<URI> next = Redirects.target(answer);
            if (next.isEmpty() || !follow.test(at, next.get())) {
                return answer;
            }
            answer.close();
            if (!Redirects.sameOrigin(at, next.get())) {
                shown = Optional.empty();
            }
            at = next.get();
        }
        throw new InputException(
                "%s redirects more than %d times in a row".formatted(Redirects.origin(address), Redirects.MOST));
    }

    private HttpRequest request(String method, URI address, Optional<String> token, Map<String, String> headers) {
        HttpRequest.Builder request = method.equals("GET")
                ? HttpRequest.newBuilder(address)
                : HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody());
        request.timeout(patience.stall())
                .header("User-Agent", "osler/" + Build.current().version())
                .header("Accept-Encoding", "identity"); // lengths and ranges are those of the file itself
        headers.forEach(request::header);
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        proxies.authorization(address).ifPresent(value -> request.header("Proxy-Authorization", value));
        return request.build();
    }

    private Answer send(HttpRequest request) throws IOException {
        HttpResponse<Body> response = exchange(request);
        if (response.statusCode() == PROXY_AUTHENTICATION_REQUIRED) { // from a tunnel it has no body
            throw new InputException("the proxy asks for a name and a password (407);"
                    + " set HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT, and HTTP_PROXY likewise");
        }
        return new Answer(request.uri(), response.statusCode(), response.headers(), response.body());
    }

    private HttpResponse<Body> exchange(HttpRequest request) throws IOException {
        try {
            return client.send(request, info -> new Body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (HttpConnectTimeoutException e) {
            throw unanswered(
                    request, "no connection within " + patience.connect().toSeconds() + " s", e);
        } catch (HttpTimeoutException e) {
            throw unanswered(request, "no answer within " + patience.stall().toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw unanswered(request, isUnresolved(e) ? "its name is not known" : "it takes no connection", e);
        } catch (SSLException e) {
            throw unanswered(request, "no trusted encryption: " + e.getMessage(), e);
        } catch (IOException e) {
            String tunnel = String.valueOf(e.getMessage());
            String reason = tunnel.startsWith("Tunnel failed")
                    ? "the proxy does not let through: " + tunnel
                    : "the connection broke";
            throw unanswered(request, reason, e);
        }
    }

    private Interruption unanswered(HttpRequest request, String reason, IOException cause) {
        String way = proxies.describe(request.uri());
        return new Interruption(request.uri(), reason + "; " + way, false, Optional.empty(), cause);
    }

    private static boolean isUnresolved(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
