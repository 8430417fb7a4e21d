package org.osler.weights.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered.
 *
 * @param address who was asked last, after redirects
 * @param status the HTTP status
 * @param headers the headers
 * @param body the bytes that follow; closing the answer breaks them off
 */
record Answer(URI address, int status, HttpHeaders headers, Body body) implements AutoCloseable {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (?:([0-9]{1,18})-[0-9]{1,18}|\\*)/([0-9]{1,18}|\\*)");
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * What a 206 or 416 says of the file.
     *
     * @param from the first byte sent; empty: none is
     * @param total length of the whole file; empty: not told
     */
    record ContentRange(OptionalLong from, OptionalLong total) {}

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** A header that holds a count, if it is there and does. */
    OptionalLong number(String name) {
        return header(name).map(Answer::count).orElse(OptionalLong.empty());
    }

    private static OptionalLong count(String text) {
        return NUMBER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    Optional<ContentRange> contentRange() {
        Matcher matcher = CONTENT_RANGE.matcher(header("Content-Range").orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        OptionalLong from = matcher.group(1) == null ? OptionalLong.empty() : count(matcher.group(1));
        return Optional.of(new ContentRange(from, count(matcher.group(2))));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The exception that a status other than success means. */
    IOException fault() {
        if (status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status >= 500) {
            String reason =
                    status == TOO_MANY_REQUESTS ? "asks for fewer requests (429)" : "is in trouble (" + status + ")";
            return new Interruption(address, reason, true, retryAfter(Instant.now()), null);
        }
        return new Refusal(address, status, header("X-Error-Code").orElse(""));
    }

    /** {@code Retry-After}: seconds, or a date. */
    Optional<Duration> retryAfter(Instant now) {
        Optional<String> header = header("Retry-After").map(String::strip);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong seconds = count(header.get());
        if (seconds.isPresent()) {
            return Optional.of(Duration.ofSeconds(seconds.getAsLong()));
        }
        try {
            Instant until = ZonedDateTime.parse(header.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        body.close();
    }
}
