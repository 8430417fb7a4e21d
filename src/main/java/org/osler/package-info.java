/**
 * The ground that every room stands on: the one exception for bad input, seeded randomness, files that
 * appear whole or not at all, locks between processes, and what this build is.
 * Imports no room.
 */
package org.osler;
