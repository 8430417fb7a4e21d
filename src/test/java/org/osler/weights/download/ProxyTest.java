package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;

/** Requests through a proxy on loopback, to hosts that do not exist. */
@Timeout(20)
class ProxyTest {

    private final FakeFile file = FakeFile.of(1000, 1);

    @TempDir
    private Path folder;

    @Test
    void requestsGoThroughTheProxyWithItsPassword() throws IOException {
        try (FakeServer proxy = new FakeServer(file)) {
            Path target = folder.resolve("file");
            downloader("HTTP_PROXY", proxy)
                    .fetch(remote("http://hub.invalid/x"), target, folder.resolve("l"), silent());
            assertThat(target).hasBinaryContent(file.bytes());
            assertThat(proxy.requests()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("http://hub.invalid/x");
                assertThat(request.header("proxy-authorization")).isEqualTo("Basic YWRhOnAgdw=="); // ada:p w
            });
        }
    }

    @Test
    void tunnelIsAskedForWithThePasswordAndWithoutTheToken() throws IOException {
        try (FakeServer proxy = new FakeServer(FakeServer.status(502))) {
            Downloader downloader = downloader("HTTPS_PROXY", proxy);
            assertThatThrownBy(() -> downloader.fetch(
                            remote("https://hub.invalid/x"), folder.resolve("f"), folder.resolve("l"), silent()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("https://hub.invalid cannot be reached (the proxy does not let through: ")
                    .hasMessageContaining("502; proxy 127.0.0.1:");
            assertThat(proxy.requests()).isNotEmpty().allSatisfy(request -> {
                assertThat(request.method() + " " + request.path()).isEqualTo("CONNECT hub.invalid:443");
                assertThat(request.header("proxy-authorization")).isEqualTo("Basic YWRhOnAgdw==");
                assertThat(request.headers()).doesNotContainKey("authorization");
            });
        }
    }

    @Test
    void proxyThatWantsAPasswordIsToldOf() throws IOException {
        for (String address : new String[] {"http://hub.invalid/x", "https://hub.invalid/x"}) {
            try (FakeServer proxy = new FakeServer(FakeServer.status(407, "Proxy-Authenticate: Basic realm=\"x\""))) {
                Downloader downloader = downloader("ALL_PROXY", proxy);
                assertThatThrownBy(() ->
                                downloader.fetch(remote(address), folder.resolve("f"), folder.resolve("l"), silent()))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("the proxy asks for a name and a password (407)");
            }
        }
    }

    private Downloader downloader(String variable, FakeServer proxy) {
        String address = "http://ada:p%20w@127.0.0.1:" + proxy.address().getPort();
        return new Downloader(
                NetworkSettings.from(Map.of(variable, address), folder).with(WithServer.SHORT));
    }

    private Remote remote(String address) {
        return new Remote(
                "file",
                URI.create(address),
                Optional.of("secret"),
                OptionalLong.of(1000),
                Optional.of(new Checksum(Checksum.Kind.SHA256, file.sha256())));
    }

    private static DownloadProgress silent() {
        return DownloadProgress.SILENT;
    }
}
