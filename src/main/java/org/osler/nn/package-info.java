/**
 * Layers built on tensor under timm's parameter names. May import {@code tensor} only.
 */
package org.osler.nn;
