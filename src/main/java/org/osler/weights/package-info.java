/**
 * Weight files: safetensors read and written, where files are looked for, hashes. May import {@code nn}, {@code metric} and {@code tensor}.
 */
package org.osler.weights;
