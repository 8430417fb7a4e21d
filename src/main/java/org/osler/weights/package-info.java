/**
 * Weight files: safetensors read and written, where files are looked for, hashes, the lock file; {@code download} gets
 * them from the network. May import {@code nn}, {@code metric} and {@code tensor}.
 */
package org.osler.weights;
