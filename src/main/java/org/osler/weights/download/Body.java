package org.osler.weights.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of an answer as they come, to be read by one thread that waits for each piece only so long. (Java's own
 * stream waits for ever, and its time-out ends with the headers.)
 */
final class Body implements BodySubscriber<Body>, AutoCloseable {

    /** Pieces of up to 16 KB that may lie ready while the reader writes to disk. */
    private static final int AHEAD = 64;

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    /** What the connection's thread hands over. */
    private sealed interface Piece {}

    private record Bytes(List<ByteBuffer> buffers) implements Piece {}

    private record End() implements Piece {}

    private record Failed(Throwable cause) implements Piece {}

    /**
     * The next bytes; empty: that was all.
     *
     * @throws IOException if the connection broke, or none came for {@code stall}
     */
    Optional<List<ByteBuffer>> next(Duration stall) throws IOException, InterruptedException {
        Piece piece = pieces.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            throw new HttpTimeoutException("nothing came for " + stall);
        }
        if (piece instanceof Bytes bytes) {
            subscription.join().request(1);
            return Optional.of(bytes.buffers());
        }
        if (piece instanceof Failed failed) {
            throw new IOException(failed.cause());
        }
        return Optional.empty();
    }

    /** Breaks off: the rest is not wanted. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // cancelled now, or as soon as there is something to cancel
    public void close() {
        subscription.thenAccept(Subscription::cancel);
    }

    /** This, before any byte has come. */
    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription.complete(begun);
        begun.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        pieces.add(new Failed(cause));
    }

    @Override
    public void onComplete() {
        pieces.add(new End());
    }
}
