/**
 * Which encoder wins: over datasets by ranks, on each dataset by its test images. May import {@code study} and
 * {@code metric}.
 */
package org.osler.report.ranking;
