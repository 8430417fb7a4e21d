package org.osler.weights.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One file on its way into a partial file, in as many attempts as that takes. */
final class Transfer {

    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Web web;
    private final Remote remote;
    private final Path partial;
    private final Duration stall;
    private final DownloadProgress.Bar bar;
    private OptionalLong total;
    /** The strong ETag of the bytes so far: they go together with no others. */
    private Optional<String> validator = Optional.empty();

    Transfer(Web web, Remote remote, Path partial, Duration stall, DownloadProgress.Bar bar) {
        this.web = web;
        this.remote = remote;
        this.partial = partial;
        this.stall = stall;
        this.bar = bar;
        this.total = remote.bytes();
    }

    /** How many bytes are there. */
    long reached() {
        return partial.toFile().length();
    }

    /**
     * Fetches what is missing.
     *
     * @throws Interruption if it broke off; what came is kept
     * @throws Refusal if the server will not give it
     */
    Void attempt() throws IOException {
        long have = reached();
        if (total.isPresent() && have > total.getAsLong()) {
            Files.delete(partial);
            have = 0;
        }
        if (have > 0 && total.isPresent() && have == total.getAsLong()) {
            bar.at(have);
            return null;
        }
        try (Answer answer = web.ask("GET", remote.address(), remote.token(), headers(have), (from, to) -> true)) {
            switch (answer.status()) {
                case OK -> receive(answer, 0);
                case PARTIAL_CONTENT -> receive(answer, continued(answer, have));
                case RANGE_NOT_SATISFIABLE -> complete(answer, have);
                default -> throw fault(answer);
            }
        }
        return null;
    }

    private Map<String, String> headers(long have) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (have > 0) {
            headers.put("Range", "bytes=" + have + "-");
            validator.ifPresent(etag -> headers.put("If-Range", etag));
        }
        return headers;
    }

    private static IOException fault(Answer answer) {
        if (answer.isSuccess()) {
            return new Refusal(answer.address(), answer.status(), "");
        }
        return answer.fault();
    }

    /** Where a 206 goes on; where that is not what was asked for, everything is fetched anew. */
    private long continued(Answer answer, long have) throws IOException {
        Optional<Answer.ContentRange> range = answer.contentRange();
        boolean fits = range.isPresent()
                && range.get().from().equals(OptionalLong.of(have))
                && (total.isEmpty()
                        || range.get().total().isEmpty()
                        || range.get().total().equals(total));
        if (!fits) {
            Files.deleteIfExists(partial);
            throw Interruption.brokenOff(answer.address(), "sent another part of the file than asked for");
        }
        if (total.isEmpty()) {
            total = range.get().total();
        }
        return have;
    }

    /** No more bytes where ours end: the file is complete, or ours were never its. The checksum tells. */
    private void complete(Answer answer, long have) throws IOException {
        OptionalLong stated =
                answer.contentRange().map(Answer.ContentRange::total).orElse(OptionalLong.empty());
        if (!stated.equals(OptionalLong.of(have))) {
            Files.deleteIfExists(partial);
            throw Interruption.brokenOff(answer.address(), "does not know the part of the file that is missing");
        }
    }

    private void receive(Answer answer, long from) throws IOException {
        OptionalLong rest = answer.number("Content-Length");
        if (total.isEmpty() && rest.isPresent()) {
            total = OptionalLong.of(from + rest.getAsLong());
        }
        validator = answer.header("ETag").filter(etag -> etag.startsWith("\""));
        long most = total.orElse(Long.MAX_VALUE);
        DiskSpace.require(partial, total, from);
        long position = from;
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(from).position(from);
            bar.at(position);
            for (Optional<List<ByteBuffer>> piece = next(answer);
                    piece.isPresent() && position <= most;
                    piece = next(answer)) {
                for (ByteBuffer buffer : piece.get()) {
                    while (buffer.hasRemaining()) {
                        position += channel.write(buffer);
                    }
                }
                bar.at(position);
            }
            channel.force(false); // a name that outlives a power failure must not lead to holes
        }
        if (position > most) {
            Files.delete(partial);
            throw Interruption.brokenOff(answer.address(), "sends more than the " + most + " bytes of the file");
        }
        if (total.isPresent() && position < most) {
            throw Interruption.brokenOff(answer.address(), "sent " + position + " of " + most + " bytes");
        }
    }

    private Optional<List<ByteBuffer>> next(Answer answer) throws IOException {
        try {
            return answer.body().next(stall);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } catch (HttpTimeoutException e) {
            throw new Interruption(
                    answer.address(), "nothing came for " + stall.toSeconds() + " s", true, Optional.empty(), e);
        } catch (IOException e) {
            throw new Interruption(answer.address(), "the connection broke", true, Optional.empty(), e);
        }
    }
}
