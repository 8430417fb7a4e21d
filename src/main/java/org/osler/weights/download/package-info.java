/**
 * Files from the network: HTTP downloads that go on after a break and are checked against a hash, and the Hugging Face
 * hub with its cache on disk. Every answer of a server is taken for hostile: nothing of it becomes a path unchecked.
 * May import {@code weights} and what {@code weights} may import.
 */
package org.osler.weights.download;
