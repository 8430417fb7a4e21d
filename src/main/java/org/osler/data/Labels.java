package org.osler.data;

import java.util.List;
import java.util.Map;
import org.osler.metric.Task;

/**
 * The labels of a dataset and what they mean.
 *
 * @param task what is to be predicted
 * @param names of the C classes, in order
 * @param bySplit [N, L] of each split
 */
record Labels(Task task, List<String> names, Map<Split, int[][]> bySplit) {

    int[][] of(Split split) {
        return bySplit.get(split);
    }
}
