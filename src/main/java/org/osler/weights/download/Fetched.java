package org.osler.weights.download;

import java.nio.file.Path;

/**
 * A file that was asked for and is there.
 *
 * @param path where it lies
 * @param bytes its length
 * @param fresh whether it was downloaded just now; else it was there before
 */
public record Fetched(Path path, long bytes, boolean fresh) {}
