package org.osler.weights.download;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.osler.weights.download.FakeServer.Handler;
import org.osler.weights.download.FakeServer.Reply;
import org.osler.weights.download.FakeServer.Request;

/** A file that a fake server has, and the ways in which it can fail to give it. */
public record FakeFile(byte[] bytes, String etag) implements Handler {

    /** Bytes drawn at random from a seed. */
    public static FakeFile of(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return new FakeFile(bytes, "\"v1\"");
    }

    public String sha256() {
        return hash("SHA-256");
    }

    public String md5() {
        return hash("MD5");
    }

    private String hash(String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a good server does: heeds Range and If-Range. */
    @Override
    public void answer(Request request, Reply reply) throws IOException {
        String condition = request.header("if-range");
        int from = condition == null || condition.equals(etag) ? from(request) : 0;
        if (from >= bytes.length) {
            reply.head(416, "Content-Range: bytes */" + bytes.length, "Content-Length: 0");
            return;
        }
        head(reply, from);
        if (request.method().equals("GET")) {
            reply.body(bytes, from, bytes.length);
        }
    }

    private void head(Reply reply, int from) throws IOException {
        String length = "Content-Length: " + (bytes.length - from);
        if (from == 0) {
            reply.head(200, length, "ETag: " + etag, "Accept-Ranges: bytes");
        } else {
            reply.head(
                    206,
                    length,
                    "ETag: " + etag,
                    "Content-Range: bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
    }

    private static int from(Request request) {
        String range = request.header("range");
        return range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    /** Breaks the connection when so many bytes of the file have been sent. */
    public Handler breakingOffAt(int position) {
        return (request, reply) -> {
            int from = from(request);
            head(reply, from);
            reply.body(bytes, from, position);
            reply.stall(30); // or the reset overtakes the bytes
            reply.breakOff();
        };
    }

    /** Sends nothing more when so many bytes have been sent. */
    public Handler stallingAt(int position, long millis) {
        return (request, reply) -> {
            int from = from(request);
            head(reply, from);
            reply.body(bytes, from, position).stall(millis);
        };
    }

    /** Knows no ranges. */
    public Handler whole() {
        return (request, reply) -> {
            reply.head(200, "Content-Length: " + bytes.length);
            reply.body(bytes, 0, bytes.length);
        };
    }

    /** States a smaller length, and sends no more than that. */
    public Handler cutTo(int length) {
        return (request, reply) -> {
            reply.head(200, "Content-Length: " + length, "ETag: " + etag);
            reply.body(bytes, 0, length);
        };
    }

    /** The right length, the wrong bytes. */
    public Handler garbled() {
        return (request, reply) -> {
            byte[] other = bytes.clone();
            other[other.length / 2] ^= 1;
            reply.head(200, "Content-Length: " + other.length);
            reply.body(other, 0, other.length);
        };
    }
}
