/**
 * Pre-trained image encoders, one file an architecture, and the catalog of their cards. May import {@code data} and every room below it.
 */
package org.osler.encoder;
