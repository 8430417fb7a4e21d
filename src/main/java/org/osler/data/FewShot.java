package org.osler.data;

import java.util.ArrayList;
import java.util.List;
import org.osler.metric.Task;

/** Draws small training sets out of large ones. */
public final class FewShot {

    private FewShot() {}

    /**
     * The first images of each class in file order, as Wu and Papież's code takes them, whatever the seed. In a
     * multi-label dataset an image counts for every label it has, and is taken while any of them still lacks images.
     *
     * @param labels {@code [N][1 or L]}
     * @param shots images wanted of each class; a class with fewer gives all it has
     * @return indices in file order
     */
    public static int[] first(Task task, int classes, int[][] labels, int shots) {
        int[] taken = new int[classes];
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (wanted(task, labels[i], taken, shots)) {
                chosen.add(i);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean wanted(Task task, int[] label, int[] taken, int shots) {
        if (task != Task.MULTI_LABEL) {
            return taken[label[0]]++ < shots;
        }
        boolean lacking = false;
        for (int j = 0; j < label.length; j++) {
            lacking |= label[j] == 1 && taken[j] < shots;
        }
        for (int j = 0; lacking && j < label.length; j++) {
            taken[j] += label[j];
        }
        return lacking;
    }
}
