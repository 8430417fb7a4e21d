package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osler.weights.download.FakeFile;
import org.osler.weights.download.FakeHub;
import org.osler.weights.download.FakeServer;

@Timeout(60)
class FetchCommandTest {

    private static final String ID = "resnet18.a1_in1k";

    private final FakeFile file = FakeFile.of(50_000, 1);

    @TempDir
    private Path folder;

    private FakeHub hub;
    private FakeServer mirror;

    @BeforeEach
    void start() throws IOException {
        hub = new FakeHub("timm/" + ID, file);
        mirror = new FakeServer(file);
    }

    @AfterEach
    void stop() {
        hub.close();
        mirror.close();
    }

    @Test
    void modelIsFetchedOnceAndThenAtHand() {
        Cli cli = run("fetch", "models", "resnet18", ID);
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out().lines()).hasSize(2);
        assertThat(cli.out())
                .containsPattern("File +Bytes +State +Where")
                .containsPattern("resnet18\\.a1_in1k +50 000 +fetched +\\S+/snapshots/" + FakeHub.COMMIT
                        + "/model\\.safetensors");
        assertThat(folder.resolve("osler/osler.lock.json")).content().contains(file.sha256());
        assertThat(run("fetch", "models", ID).out()).containsPattern("50 000 +at hand");
        assertThat(Cli.run(folder, "models").out()).containsPattern("resnet18\\.a1_in1k .* at hand");
        assertThat(Cli.run(folder, "fetch", "models", ID).code()).as("offline").isZero();
        assertThat(hub.bytesAsked()).hasSize(1);
    }

    @Test
    void oneFailureDoesNotStopTheOthers() {
        Cli cli = run("fetch", "models", "resnet34", "resnet18");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).containsPattern("resnet34\\S+ +– +missing +–").containsPattern("resnet18\\S+ .*fetched");
        assertThat(cli.err()).contains("osler: timm/resnet34.a1_in1k is not open to everyone (401)");
    }

    @Test
    void allAreThoseThatArePublished() {
        Cli cli = Cli.run(folder, "fetch", "models", "all");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).contains("resnet18.a1_in1k").doesNotContain("medsam");
        assertThat(cli.err())
                .contains("not published as safetensors, so not fetched: samvit_base_patch16.medsam")
                .containsOnlyOnce("osler: OSLER_OFFLINE=1 forbids the network");
    }

    @Test
    void planAsksForLengthsAndFetchesNothing() {
        Cli cli = run("fetch", "models", "resnet18", "--plan");
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).containsPattern("resnet18\\S+ +50 000 +to fetch +https://huggingface.co/timm/resnet18");
        assertThat(hub.bytesAsked()).isEmpty();
        assertThat(folder.resolve("hf")).doesNotExist();
        Cli sizes = run("fetch", "datasets", "breastmnist", "--size", "28", "64", "--plan");
        assertThat(sizes.out())
                .containsPattern("breastmnist.npz +50 000 +to fetch +" + mirror.address())
                .containsPattern("breastmnist_64.npz +50 000 ");
        assertThat(folder.resolve("osler/datasets")).doesNotExist();
    }

    @Test
    void lockFileOfAColleagueIsHeeded() throws IOException {
        Path lock = folder.resolve("shared/osler.lock.json");
        assertThat(run("fetch", "models", "resnet18", "--lock", lock.toString()).code())
                .isZero();
        assertThat(lock).content().contains(FakeHub.COMMIT);
        assertThat(folder.resolve("osler/osler.lock.json")).doesNotExist();
        Files.writeString(lock, Files.readString(lock).replace(file.sha256(), "f".repeat(64)));
        Cli cli = run("fetch", "models", "resnet18", "--lock", lock.toString());
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains(file.sha256()).contains("f".repeat(64));
        assertThat(run("fetch", "models", "resnet18", "--lock", lock.toString(), "--update")
                        .code())
                .isZero();
        assertThat(lock).content().contains(file.sha256());
    }

    @Test
    void datasetWithWrongBytesIsNotKept() {
        Cli cli = run("fetch", "datasets", "breastmnist", "--size", "28");
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("breastmnist.npz")
                .contains("MD5 " + file.md5(), "750601b1f35ba3300ea97c75c52ff8f6");
        assertThat(folder.resolve("osler/datasets").toFile().list()).isEmpty();
    }

    @Test
    void namesAreNeededAndCheckedBeforeAnythingIsFetched() {
        assertThat(run("fetch").code()).isEqualTo(2);
        Cli none = run("fetch", "models");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("osler fetch models resnet18", "See 'osler fetch models --help'.");
        assertThat(run("fetch", "datasets").err()).contains("osler fetch datasets breastmnist");
        assertThat(run("fetch", "models", "resnet18", "resnet81").err())
                .contains("no such encoder: resnet81; did you mean \"resnet18\"?");
        assertThat(run("fetch", "datasets", "brestmnist").err()).contains("did you mean \"breastmnist\"?");
        assertThat(run("fetch", "datasets", "breastmnist", "--size", "32").err())
                .contains("[28, 64, 128, 224]");
        assertThat(run("fetch", "modles").err()).contains("did you mean models?");
        assertThat(hub.asked()).isEmpty();
    }

    @Test
    void unreachableNetworkIsToldOnceWithWhatElseToDo() throws IOException {
        String nowhere;
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = "http://127.0.0.1:" + socket.getLocalPort();
        }
        Path study = study();
        Cli cli = Cli.run(folder, Map.of("HF_ENDPOINT", nowhere), "run", study.toString());
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .containsOnlyOnce("osler: " + nowhere + " cannot be reached (it takes no connection; no proxy)")
                .contains("no weights for resnet18.a1_in1k")
                .contains("--set weights." + ID + "=FILE", "--set weights=random", "osler fetch models " + ID)
                .contains("(and so for 1 more)");
        assertThat(cli.err().lines()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void runFetchesWhatItMissesUnlessOffline() throws IOException {
        Path study = study();
        for (Cli offline :
                new Cli[] {run("run", study.toString(), "--offline"), Cli.run(folder, "run", study.toString())}) {
            assertThat(offline.code()).isEqualTo(2);
            assertThat(offline.err()).startsWith("osler: no weights for resnet18.a1_in1k");
        }
        assertThat(hub.asked()).isEmpty();
        Cli cli = run("run", study.toString(), "--set", "encoders=[resnet18]");
        assertThat(cli.err()).startsWith("fetched resnet18.a1_in1k, 50 000 bytes\n");
        assertThat(cli.code())
                .as("random bytes are no weights, so its trials fail")
                .isEqualTo(1);
        assertThat(cli.out())
                .contains("Failed (running the study again tries again):")
                .contains("not a safetensors file");
    }

    @Test
    void embedFetchesWhatItMissesUnlessOffline() {
        String[] words = {"embed", "--encoder", "resnet18", "--data", "breastmnist", "--size", "28", "--out", "x"};
        Cli cli = run(words);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains("fetched resnet18.a1_in1k")
                .contains("breastmnist.npz: the bytes from")
                .contains("no breastmnist.npz in");
        assertThat(Cli.run(folder, words).err()).startsWith("osler: no breastmnist.npz in");
    }

    @Test
    void planOfAStudyNamesWhatWouldBeFetchedAndStaysOffTheNetwork() throws IOException {
        Cli cli = run("run", study().toString(), "--plan");
        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("to be fetched first: resnet18.a1_in1k from https://huggingface.co/timm/resnet18.a1_in1k");
        assertThat(hub.asked()).isEmpty();
    }

    @Test
    void doctorTellsNetworkSettingsAndNoSecrets() {
        Cli cli = Cli.run(
                folder,
                Map.of(
                        "HF_ENDPOINT",
                        "https://hub.example",
                        "HF_TOKEN",
                        "hf_secret",
                        "HTTPS_PROXY",
                        "http://ada:pw@proxy:3128"),
                "doctor",
                "--out",
                folder + "/r");
        assertThat(cli.out())
                .containsPattern("ok +network +https://hub.example, proxy proxy:3128, token from HF_TOKEN; not tried")
                .doesNotContain("hf_secret", "ada");
        assertThat(Cli.run(folder, "doctor").out()).containsPattern("ok +network +not used: OSLER_OFFLINE=1");
        assertThat(Cli.run(folder, Map.of("HF_ENDPOINT", "nonsense"), "doctor").out())
                .containsPattern("warn +network +HF_ENDPOINT is no address");
    }

    private Path study() throws IOException {
        return Files.writeString(folder.resolve("s.yaml"), """
                study: s
                datasets:
                  - phantom: {task: binary, size: 28, train: 20, val: 10, test: 10, seed: 0}
                encoders: [resnet18, resnet34]
                strategies: [nearest-neighbours]
                input: 32
                out: %s
                """.formatted(folder.resolve("out")));
    }

    private Cli run(String... arguments) {
        return Cli.run(
                folder,
                Map.of(
                        "HF_ENDPOINT",
                        hub.endpoint().toString(),
                        "OSLER_MEDMNIST_ENDPOINT",
                        mirror.address().toString()),
                arguments);
    }
}
