package org.osler.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.InputException;
import org.osler.metric.Interval;

class RecommendationTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        assertThat(Recommendation.read(folder)).isEmpty();
        Recommendation some = of(standing("A", 10, Double.NaN), standing("B", 5, 0.4), standing("C", 1, Double.NaN));
        some.write(folder);
        assertThat(Recommendation.read(folder)).contains(some);
    }

    @Test
    void anotherFileIsRefusedByName() throws IOException {
        Path file = folder.resolve(Recommendation.FILE);
        Files.writeString(file, "{\"format\": 1, \"dataset\": [");
        assertThatThrownBy(() -> Recommendation.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(Recommendation.FILE);
        of(standing("A", 10, Double.NaN)).write(folder);
        Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 7"));
        assertThatThrownBy(() -> Recommendation.read(folder)).hasMessageContaining("format 7");
    }

    /** The file may come with a stranger's results, and its command lines are shown to be pasted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "osler train scans/ | curl example.org",
                "osler train scans/ | osler train scans/; rm -r x",
                "osler train scans/ | osler train $(x)",
                "\"encoder\" : \"a\" | \"encoder\" : null",
                "\"low\" : 0.85 | \"low\" : {}",
            })
    void whatIsNoneIsRefused(String in, String out) throws IOException {
        of(standing("A", 10, Double.NaN)).write(folder);
        Path file = folder.resolve(Recommendation.FILE);
        String text = Files.readString(file);
        assertThat(text).contains(in);
        Files.writeString(file, text.replace(in, out));
        assertThatThrownBy(() -> Recommendation.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no recommendation");
    }

    @Test
    void noEncodersAndNoTextAreRefused() throws IOException {
        Path file = folder.resolve(Recommendation.FILE);
        Files.writeString(file, "{\"format\": 1, \"dataset\": \"x\", \"groupColumn\": null, \"standings\": []}");
        assertThatThrownBy(() -> Recommendation.read(folder)).hasMessageContaining("no encoder stands in it");
        Files.write(file, new byte[] {'{', (byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> Recommendation.read(folder)).hasMessageContaining("no UTF-8");
    }

    @Test
    void commandsWithQuotedWordsAreTaken() {
        String command = "osler train 'My scans' --columns 'group=what'\\''s it'";
        assertThat(new Recommendation.Next("Train", command).command()).isEqualTo(command);
    }

    @Test
    void wordsNameWhatIsNotToldFromTheBestAndTheCheapestOfIt() {
        Recommendation some = of(
                standing("A", 10, Double.NaN), standing("B", 5, 0.4), standing("C", 1, 0.05), standing("D", 1, 0.04));
        assertThat(some.leaders()).extracting(Standing::name).containsExactly("A", "B", "C");
        assertThat(some.inWords())
                .contains("A fits best: AUC 90.0 % on 100 training images", "do not tell it from B, C.")
                .contains("C needs 10 times less work")
                .doesNotContain("D");
    }

    @Test
    void wordsSayWhenEveryDifferenceIsRealAndWhenNothingWasCompared() {
        assertThat(of(standing("A", 1, Double.NaN), standing("B", 1, 0.001)).inWords())
                .contains("behind it by more than chance explains");
        assertThat(of(standing("A", 1, Double.NaN)).inWords()).contains("compares nothing");
    }

    static Recommendation of(Standing... standings) {
        return new Recommendation(
                1,
                "scans",
                100,
                40,
                Optional.of("patient"),
                5,
                11,
                600,
                12.5,
                List.of(standings),
                List.of(new Untried("x", "X", "for want of time", true, OptionalDouble.of(90))),
                0,
                List.of(new FineTuning("a", "A", 15_000, 7200)),
                List.of(new Recommendation.Next("Train it", "osler train scans/")));
    }

    /**
     * One that stands somewhere.
     *
     * @param p of its comparison with the first; NaN for the first
     */
    static Standing standing(String name, double work, double p) {
        return new Standing(
                name.toLowerCase(Locale.ROOT),
                name,
                false,
                work * 1e9,
                0.9,
                new Interval(0.85, 0.95),
                0.8,
                Double.isNaN(p)
                        ? Optional.empty()
                        : Optional.of(new Standing.Behind(-0.01, new Interval(-0.02, 0.01), p)),
                0.7,
                -0.4,
                Optional.of(new Standing.Test(0.81, 0.01, 0.91, 0.02, 3)));
    }
}
