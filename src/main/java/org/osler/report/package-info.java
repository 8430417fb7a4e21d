/**
 * Turns results into tables, figures and one self-contained HTML file. Reads results and images; knows no tensors. May import {@code study}, {@code data} and {@code metric}.
 */
package org.osler.report;
