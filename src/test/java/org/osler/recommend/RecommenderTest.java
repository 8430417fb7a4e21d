package org.osler.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.own.OwnFiles;
import org.osler.study.RunProgress;
import org.osler.study.Study;
import org.osler.study.StudyOptions;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.train.StoppedException;
import org.osler.weights.Home;
import org.osler.weights.SafeTensors;

/** What is tried in which order, and what happens when time runs out; the clock is the test's own. */
class RecommenderTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    @TempDir
    private Path folder;

    private final AtomicLong clock = new AtomicLong();
    private final List<String> heard = new ArrayList<>();
    private Study study;
    private Home home;

    @BeforeEach
    void images() throws IOException {
        Path scans = OwnFiles.classFolders(folder.resolve("scans"), 30);
        home = new Home(folder.resolve("home"), folder.resolve("hub"));
        study = study(scans, Map.of());
    }

    private Study study(Path data, Map<String, String> columns) {
        StudyOptions options = new StudyOptions().say("study", List.of("study"), List.of("s"));
        if (columns.isEmpty()) {
            options.say("data", List.of("datasets"), List.of(data.toString()));
        } else {
            options.say("data", List.of("datasets", "path"), List.of(data.toString()));
        }
        columns.forEach(
                (what, column) -> options.say("columns", List.of("datasets", "columns", what), List.of(column)));
        options.say("encoders", List.of("encoders"), List.of("resnet18", "vit_tiny_patch16_224"))
                .say("weights", List.of("weights"), List.of("random"))
                .say("strategies", List.of("strategies"), List.of("linear-probe", "nearest-neighbours"))
                .say("seeds", List.of("seeds"), List.of("0"))
                .say("input", List.of("input"), List.of("32"))
                .say("out", List.of("out"), List.of(folder.resolve("out").toString()));
        return options.study(Map.of("recipe.iterations", "8", "recipe.batch", "8"));
    }

    @Test
    void theCheapestComesFirstAndWhatTimeDoesNotSufficeForIsLeftForTheNextCall() throws IOException {
        Recommendation first = run("[1/2]");
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).startsWith("[1/2] ViT-Ti/16: AUC ");
        assertThat(heard.get(1)).isEqualTo("[2/2] ResNet-18: not tried, for want of time");
        assertThat(first.standings()).extracting(Standing::name).containsExactly("ViT-Ti/16");
        assertThat(first.untried()).extracting(Untried::name).containsExactly("ResNet-18");
        assertThat(first.untried().get(0).seconds()).isPresent();

        Map<Path, FileTime> kept = folds();
        assertThat(kept).hasSize(1);
        Recommendation second = run("none");
        assertThat(second.standings()).hasSize(2);
        assertThat(second.untried()).isEmpty();
        assertThat(folds()).hasSize(2).containsAllEntriesOf(kept);
        assertThat(second.standings())
                .filteredOn(standing -> standing.name().equals("ViT-Ti/16"))
                .first()
                .extracting(Standing::auc, Standing::logMe, Standing::test)
                .containsExactly(
                        first.standings().get(0).auc(),
                        first.standings().get(0).logMe(),
                        first.standings().get(0).test());
    }

    @Test
    void aPassThatOutlastsTheTimeIsBrokenOff() {
        assertThatThrownBy(() -> run("features"))
                .hasMessageContaining("no encoder could be tried")
                .hasMessageContaining("for want of time");
    }

    @Test
    void whoAsksForTheEndGetsIt() {
        RunProgress stopping = new Listener("none") {
            @Override
            public Bar begin(String what, long steps) {
                throw new StoppedException("interrupted");
            }
        };
        assertThatThrownBy(() -> Recommender.run(study, home, budget(), lacking -> {}, stopping))
                .isInstanceOf(StoppedException.class);
    }

    /** Patients have so many images of each class. */
    private Path manifest(int images) throws IOException {
        Path scans = folder.resolve("scans");
        StringBuilder csv = new StringBuilder("image,label,split,patient\n");
        for (String label : List.of("dark", "light")) {
            try (Stream<Path> files = Files.list(scans.resolve(label))) {
                int i = 0;
                for (Path file : files.sorted().toList()) {
                    String split = i % 5 == 0 ? "val" : i % 5 == 1 ? "test" : "train";
                    csv.append("%s/%s,%s,%s,%d\n".formatted(label, file.getFileName(), label, split, i / images));
                    i++;
                }
            }
        }
        return Files.writeString(scans.resolve("manifest.csv"), csv);
    }

    @Test
    void aColumnOfGroupsMakesOtherFoldsAndOtherScores() throws IOException {
        Path manifest = manifest(10);
        study = study(manifest, Map.of());
        Recommendation without = run("none");
        assertThat(without.groupColumn()).isEmpty();
        double[][] scores = scores();
        study = study(manifest, Map.of("group", "patient"));
        Recommendation with = run("none");
        assertThat(with.groupColumn()).contains("patient");
        assertThat(with.groups()).isLessThan(without.groups()).isEqualTo(3);
        assertThat(with.folds()).isEqualTo(3);
        assertThat(Arrays.deepEquals(scores(), scores)).isFalse();
    }

    /** Three patients could as well be three sites; ten are patients, though nobody said so. */
    @Test
    void aColumnThatLooksLikeGroupsKeepsThemTogether() throws IOException {
        study = study(manifest(3), Map.of());
        Recommendation guessed = run("none");
        assertThat(guessed.groupColumn()).contains("patient");
        assertThat(guessed.groups()).isLessThan(guessed.images()).isEqualTo(10);
    }

    private double[][] scores() throws IOException {
        Path first = folds().keySet().stream().sorted().findFirst().orElseThrow();
        try (SafeTensors file = SafeTensors.open(first)) {
            return file.rows("linear-probe");
        }
    }

    @Test
    void severalDatasetsAreRefused() {
        Study two = study(Path.of("all"), Map.of());
        assertThatThrownBy(() -> Recommender.run(two, home, budget(), lacking -> {}, new Listener("none")))
                .hasMessageContaining("one dataset at a time");
    }

    @Test
    void damagedFoldsAreMadeAgain() throws IOException {
        Recommendation whole = run("none");
        Path file = folds().keySet().iterator().next();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        assertThat(run("none").standings()).isEqualTo(whole.standings());
        assertThat(Files.readAllBytes(file)).isNotEqualTo(bytes);
    }

    private Recommendation run(String over) throws IOException {
        heard.clear();
        return Recommender.run(study, home, budget(), lacking -> {}, new Listener(over));
    }

    private TimeBudget budget() {
        return new TimeBudget(Duration.ofMinutes(30), clock::get);
    }

    private Map<Path, FileTime> folds() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out/folds"))) {
            Map<Path, FileTime> times = new HashMap<>();
            for (Path file : files.toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
            return times;
        }
    }

    /** Puts the clock on by an hour when it hears something. */
    private class Listener implements RunProgress {

        private final String over;

        Listener(String over) {
            this.over = over;
        }

        private void hear(String text) {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            if (text.contains(over)) {
                clock.addAndGet(HOUR);
            }
        }

        @Override
        public void planned(int trials, int done) {
            throw new AssertionError("the trials of each encoder are no news");
        }

        @Override
        public void finished(TrialOutcome outcome) {
            throw new AssertionError("the trials of each encoder are no news");
        }

        @Override
        public void failed(Trial trial, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void note(String line) {
            if (line.startsWith("[")) {
                heard.add(line);
            }
            hear(line);
        }

        @Override
        public Bar begin(String what, long steps) {
            hear(what);
            return RunProgress.SILENT.begin(what, steps);
        }
    }
}
