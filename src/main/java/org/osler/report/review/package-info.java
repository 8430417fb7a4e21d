/**
 * What a reviewer asks, answered from a results folder: metrics without the test images that leak, and metrics of subgroups.
 * Values and texts for the page, and tables as CSV. Imports {@code study} and every room below it; of the report it knows
 * nothing else.
 */
package org.osler.report.review;
