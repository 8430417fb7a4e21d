package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;

class SettingsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "OSLER_OFFLINE,1,true",
        "OSLER_OFFLINE,True,true",
        "HF_HUB_OFFLINE,YES,true",
        "HF_HUB_OFFLINE,on,true",
        "HF_HUB_OFFLINE,0,false",
        "OSLER_OFFLINE,'',false",
        "OSLER_OFFLINE,no,false"
    })
    void offlineIsSaidAsHuggingFaceHasIt(String variable, String value, boolean offline) {
        assertThat(settings(variable, value).offline().isPresent()).isEqualTo(offline);
    }

    @Test
    void endpointsAreAddresses() {
        assertThat(NetworkSettings.from(Map.of(), folder).hub()).hasToString("https://huggingface.co");
        assertThat(settings("HF_ENDPOINT", "https://hf-mirror.com/").hub()).hasToString("https://hf-mirror.com");
        assertThat(settings("OSLER_MEDMNIST_ENDPOINT", "http://nas:8080/medmnist/")
                        .medmnist())
                .contains(URI.create("http://nas:8080/medmnist"));
        for (String wrong : new String[] {"huggingface.co", "ftp://x", "http://", "http://a b", "https://u:pw@x"}) {
            assertThatThrownBy(() -> settings("HF_ENDPOINT", wrong).hub())
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("HF_ENDPOINT is no address")
                    .hasMessageNotContaining("pw");
        }
    }

    @Test
    void timeWithoutBytesIsTheUsersToSay() {
        assertThat(settings("HF_HUB_DOWNLOAD_TIMEOUT", "7").patience().stall()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings("HF_HUB_DOWNLOAD_TIMEOUT", "soon").patience()).isEqualTo(Patience.USUAL);
    }

    @Test
    void tokenIsLookedForInOrderAndNeverPrinted() throws IOException {
        assertThat(settings("X", "").token().value()).isEmpty();
        Path file = folder.resolve(".cache/huggingface/token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hf_file\n");
        NetworkSettings settings = settings("X", "");
        assertThat(settings.token().value()).contains("hf_file");
        assertThat(settings.token()).hasToString("token from " + file);
        settings = settings("HUGGING_FACE_HUB_TOKEN", "hf_old");
        assertThat(settings.token().value()).contains("hf_old");
        settings = NetworkSettings.from(Map.of("HF_TOKEN", " hf_new\n", "HUGGING_FACE_HUB_TOKEN", "hf_old"), folder);
        assertThat(settings.token().value()).contains("hf_new");
        assertThat(settings.token()).hasToString("token from HF_TOKEN");
        Path other = Files.writeString(folder.resolve("mine"), "hf_other");
        assertThat(settings("HF_TOKEN_PATH", other.toString()).token().value()).contains("hf_other");
        NetworkSettings broken = settings("HF_TOKEN", "hf_se\ncret");
        assertThatThrownBy(() -> broken.token().value())
                .isInstanceOf(InputException.class)
                .hasMessageNotContaining("cret");
    }

    @ParameterizedTest
    @CsvSource({
        "https://huggingface.co, proxy sec:3128",
        "http://huggingface.co, proxy plain:80",
        "https://zenodo.org, no proxy",
        "https://www.zenodo.org, no proxy",
        "https://notzenodo.org, proxy sec:3128",
        "https://a.corp.example, no proxy",
        "https://nas:8443, no proxy",
        "https://nas:9443, proxy sec:3128",
        "http://localhost:8080, no proxy",
        "http://127.0.0.1:8080, no proxy",
        "http://[::1]:8080, no proxy"
    })
    void proxyIsTheEnvironments(URI uri, String proxy) {
        Proxies proxies = Proxies.of(Map.of(
                "https_proxy", "http://ada:pw@sec:3128/",
                "HTTP_PROXY", "plain",
                "NO_PROXY", "zenodo.org, .corp.example,nas:8443"));
        assertThat(proxies.describe(uri)).isEqualTo(proxy);
    }

    @Test
    void allProxyIsTheLastResort() {
        URI hub = URI.create("https://huggingface.co");
        assertThat(Proxies.of(Map.of("ALL_PROXY", "http://all:1")).describe(hub))
                .isEqualTo("proxy all:1");
        assertThat(Proxies.of(Map.of("ALL_PROXY", "http://all:1", "no_proxy", "*"))
                        .describe(hub))
                .isEqualTo("no proxy");
        assertThat(Proxies.of(Map.of()).describe(hub)).isEqualTo("no proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://pw@x:1", "https://ada:pw@x:1", "http://pw pw:1", "http://:1"})
    void proxyThatJavaCannotUseIsNamedWithoutItsPassword(String value) {
        Proxies proxies = Proxies.of(Map.of("HTTPS_PROXY", value));
        assertThatThrownBy(() -> proxies.describe(URI.create("https://huggingface.co")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("HTTPS_PROXY names no proxy that can be used")
                .hasMessageNotContaining("pw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere/x", "file:///etc/passwd", "ftp://x/y", "", "http://", "a b"})
    void redirectsThatLeadAstrayAreNotFollowed(String location) {
        assertThatThrownBy(() -> Redirects.resolve(URI.create("https://huggingface.co/a/b"), location))
                .isInstanceOf(InputException.class);
    }

    @Test
    void redirectsMayBeRelativeAndMayBecomeEncrypted() {
        assertThat(Redirects.resolve(URI.create("https://hub/a/b"), "/c?d=e")).hasToString("https://hub/c?d=e");
        assertThat(Redirects.resolve(URI.create("http://hub/a"), "https://hub/a"))
                .hasToString("https://hub/a");
        assertThat(Redirects.sameOrigin(URI.create("https://hub/a"), URI.create("https://HUB/b")))
                .isTrue();
        assertThat(Redirects.sameOrigin(URI.create("https://hub"), URI.create("https://hub:444")))
                .isFalse();
        assertThat(Redirects.sameOrigin(URI.create("https://hub"), URI.create("https://hub.evil.org")))
                .isFalse();
    }

    private NetworkSettings settings(String variable, String value) {
        return NetworkSettings.from(Map.of(variable, value), folder);
    }
}
