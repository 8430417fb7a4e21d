/**
 * Results as tables for papers: those of Wu and Papież 2025 in their layout, and encoder by dataset for other studies,
 * each as CSV, Markdown and LaTeX. May import {@code study} and {@code data}.
 */
package org.osler.report.tables;
