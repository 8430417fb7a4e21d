package org.osler.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.osler.SeededRandom;
import org.osler.metric.Task;

/** Draws small training sets out of large ones. */
public final class FewShot {

    private FewShot() {}

    /** Which images a class gives. */
    public enum Draw {
        /** The first ones in file order, as Wu and Papież's code takes them; the same for every seed. */
        FIRST,
        /** Random ones, others for every seed. */
        SEEDED;

        /** The name used in study files and tables: {@code first}, {@code seeded}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The first images of each class in file order, as Wu and Papież's code takes them, whatever the seed. In a
     * multi-label dataset an image counts for every label it has, and is taken while any of them still lacks images.
     *
     * @param labels {@code [N][1 or L]}
     * @param shots images wanted of each class; a class with fewer gives all it has
     * @return indices in file order
     */
    public static int[] first(Task task, int classes, int[][] labels, int shots) {
        return take(
                task, classes, labels, shots, IntStream.range(0, labels.length).toArray());
    }

    /**
     * Random images of each class: the same as {@link #first}, but of a random order of all images. Draws of one seed
     * are nested: those of fewer shots are part of those of more.
     *
     * @param labels {@code [N][1 or L]}
     * @param shots images wanted of each class; a class with fewer gives all it has
     * @param seed decides the order
     * @return indices in file order
     */
    public static int[] seeded(Task task, int classes, int[][] labels, int shots, long seed) {
        int[] order = SeededRandom.of(seed, "few-shot").permutation(labels.length);
        return take(task, classes, labels, shots, order);
    }

    private static int[] take(Task task, int classes, int[][] labels, int shots, int[] order) {
        int[] taken = new int[classes];
        List<Integer> chosen = new ArrayList<>();
        for (int i : order) {
            if (wanted(task, labels[i], taken, shots)) {
                chosen.add(i);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
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
