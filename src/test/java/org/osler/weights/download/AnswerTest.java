package org.osler.weights.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"5|5", "0|0", "Thu, 01 Jan 2026 00:01:30 GMT|90", "Wed, 31 Dec 2025 00:00:00 GMT|0"})
    void retryAfterIsSecondsOrADate(String header, long seconds) {
        assertThat(answer("Retry-After", header).retryAfter(Instant.parse("2026-01-01T00:00:00Z")))
                .contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "99999999999999999999999"})
    void retryAfterThatIsNeitherIsNone(String header) {
        assertThat(answer("Retry-After", header).retryAfter(Instant.EPOCH)).isEmpty();
    }

    @Test
    void contentRangeTellsStartAndTotal() {
        assertThat(answer("Content-Range", "bytes 5-9/10").contentRange())
                .contains(new Answer.ContentRange(OptionalLong.of(5), OptionalLong.of(10)));
        assertThat(answer("Content-Range", "bytes 5-9/*").contentRange())
                .contains(new Answer.ContentRange(OptionalLong.of(5), OptionalLong.empty()));
        assertThat(answer("Content-Range", "bytes */10").contentRange())
                .contains(new Answer.ContentRange(OptionalLong.empty(), OptionalLong.of(10)));
        assertThat(answer("Content-Range", "lines 5-9/10").contentRange()).isEmpty();
        assertThat(answer("Other", "").contentRange()).isEmpty();
    }

    private static Answer answer(String header, String value) {
        HttpHeaders headers = HttpHeaders.of(Map.of(header, List.of(value)), (name, text) -> true);
        return new Answer(URI.create("http://hub"), 206, headers, new Body());
    }
}
