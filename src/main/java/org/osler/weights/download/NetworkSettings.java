package org.osler.weights.download;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osler.InputException;

/**
 * What the user says about the network. Holds what stands in the environment as it stands there: what is wrong in it is
 * an error when it is needed, not before.
 *
 * @param offline what forbids the network, in the user's words, e.g. {@code HF_HUB_OFFLINE=1}; empty: nothing does
 * @param environment the process's environment
 * @param token for the Hugging Face hub
 * @param patience with servers
 */
public record NetworkSettings(
        Optional<String> offline, Map<String, String> environment, HubToken token, Patience patience) {

    private static final String HUB = "https://huggingface.co";
    private static final String HUB_VARIABLE = "HF_ENDPOINT";
    private static final String MEDMNIST_VARIABLE = "OSLER_MEDMNIST_ENDPOINT";
    private static final List<String> OFFLINE = List.of("OSLER_OFFLINE", "HF_HUB_OFFLINE");
    private static final Set<String> YES = Set.of("1", "true", "yes", "on");
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,5}");

    public NetworkSettings {
        environment = Map.copyOf(environment);
    }

    /** The settings that the environment makes; looks at no file and no network. */
    public static NetworkSettings from(Map<String, String> environment, Path userHome) {
        Optional<String> offline = OFFLINE.stream()
                .filter(name ->
                        YES.contains(environment.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(name -> name + "=" + environment.get(name));
        String stall = environment.getOrDefault("HF_HUB_DOWNLOAD_TIMEOUT", "");
        Patience patience = SECONDS.matcher(stall).matches()
                ? Patience.USUAL.withStall(Duration.ofSeconds(Long.parseLong(stall)))
                : Patience.USUAL;
        return new NetworkSettings(offline, environment, HubToken.from(environment, userHome), patience);
    }

    /** The same without network. */
    public NetworkSettings forbidden(String because) {
        return new NetworkSettings(Optional.of(because), environment, token, patience);
    }

    /** The same with another patience. */
    NetworkSettings with(Patience other) {
        return new NetworkSettings(offline, environment, token, other);
    }

    /**
     * Address of the hub, without a slash at its end.
     *
     * @throws InputException if {@code HF_ENDPOINT} is no address
     */
    public URI hub() {
        return address(HUB_VARIABLE).orElse(URI.create(HUB));
    }

    /**
     * Where MedMNIST's files lie instead of their official place, without a slash at its end.
     *
     * @throws InputException if {@code OSLER_MEDMNIST_ENDPOINT} is no address
     */
    public Optional<URI> medmnist() {
        return address(MEDMNIST_VARIABLE);
    }

    /**
     * The proxies that Java or the environment name.
     *
     * @throws InputException if one of them cannot be used
     */
    public Proxies proxies() {
        return Proxies.of(environment);
    }

    private Optional<URI> address(String variable) {
        String value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(value.replaceAll("/+$", ""));
            boolean http = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (http && address.getHost() != null && address.getQuery() == null && address.getUserInfo() == null) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            throw new InputException(notAnAddress(variable), e);
        }
        throw new InputException(notAnAddress(variable));
    }

    /** Without the value: someone may have written a password into it. */
    private static String notAnAddress(String variable) {
        return variable + " is no address that can be used; it should read like " + HUB;
    }
}
