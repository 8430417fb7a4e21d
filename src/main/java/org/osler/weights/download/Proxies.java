package org.osler.weights.download;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which proxy to go through: Java's own system properties if they name one, else {@code HTTPS_PROXY}, {@code HTTP_PROXY}
 * and {@code ALL_PROXY}, of which {@code NO_PROXY} makes exceptions; upper or lower case. Never for this machine itself.
 */
public final class Proxies extends ProxySelector {

    private static final List<String> JAVA_PROPERTIES =
            List.of("https.proxyHost", "http.proxyHost", "socksProxyHost", "java.net.useSystemProxies");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.*\\.localhost|127\\.[0-9.]+|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private final Optional<ProxySelector> java;
    private final Map<String, String> environment;

    private Proxies(Optional<ProxySelector> java, Map<String, String> environment) {
        this.java = java;
        this.environment = environment;
    }

    static Proxies of(Map<String, String> environment) {
        boolean java = JAVA_PROPERTIES.stream()
                .anyMatch(name -> !System.getProperty(name, "").isEmpty()
                        && !System.getProperty(name).equals("false"));
        return new Proxies(java ? Optional.of(ProxySelector.getDefault()) : Optional.empty(), environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        if (isLoopback(uri)) {
            return List.of(Proxy.NO_PROXY);
        }
        if (java.isPresent()) {
            return java.get().select(uri);
        }
        return List.of(find(uri)
                .map(address ->
                        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.host(), address.port())))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no second proxy to turn to; the request itself fails and says why.
    }

    /** The header that tells the proxy who the user is, if the proxy's address has a name and a password in it. */
    Optional<String> authorization(URI uri) {
        if (java.isPresent() || isLoopback(uri)) {
            return Optional.empty();
        }
        return find(uri)
                .flatMap(ProxyAddress::user)
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    /** How an address is reached, for people, without names and passwords: {@code no proxy}, {@code proxy host:3128}. */
    public String describe(URI uri) {
        Proxy proxy = select(uri).get(0);
        if (proxy.address() instanceof InetSocketAddress address) {
            return "proxy " + address.getHostString() + ":" + address.getPort();
        }
        return "no proxy";
    }

    private Optional<ProxyAddress> find(URI uri) {
        if (isExempt(uri)) {
            return Optional.empty();
        }
        String kind = "https".equals(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
        for (String variable : List.of(kind, "ALL_PROXY")) {
            String value = value(variable);
            if (!value.isEmpty()) {
                return Optional.of(ProxyAddress.parse(variable, value));
            }
        }
        return Optional.empty();
    }

    private boolean isExempt(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        for (String word : value("NO_PROXY").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (word.equals("*")) {
                return true;
            }
            String name = word.replaceFirst("^\\*?\\.", "");
            int colon = name.indexOf(':');
            boolean withPort = colon >= 0 && colon == name.lastIndexOf(':'); // several colons: an IPv6 address
            if (withPort && !name.substring(colon + 1).equals(Integer.toString(port(uri)))) {
                continue;
            }
            String domain = withPort ? name.substring(0, colon) : name;
            if (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain))) {
                return true;
            }
        }
        return false;
    }

    private String value(String variable) {
        String lower = environment.getOrDefault(variable.toLowerCase(Locale.ROOT), "");
        return (lower.isEmpty() ? environment.getOrDefault(variable, "") : lower).strip();
    }

    private static boolean isLoopback(URI uri) {
        return LOOPBACK.matcher(uri.getHost()).matches();
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
