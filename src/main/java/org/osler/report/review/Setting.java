package org.osler.report.review;

import java.util.List;
import org.osler.study.SummaryRow;

/**
 * A line of the report's table of results: the runs that differ by their seed only.
 *
 * @param name as the report calls it
 * @param row its results
 * @param scores of each run on test, {@code [N][C]}
 */
record Setting(String name, SummaryRow row, List<double[][]> scores) {}
