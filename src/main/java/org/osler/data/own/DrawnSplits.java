package org.osler.data.own;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.osler.data.Split;
import org.osler.data.StratifiedDraw;

/** Draws splits, see {@link StratifiedDraw}. */
final class DrawnSplits {

    private DrawnSplits() {}

    /**
     * Draws.
     *
     * @param classes the classes that each image counts for, 0 … C−1
     * @param groups what each image belongs to; null: to nothing
     * @param shares parts of 1 of the splits that are drawn
     * @param seed decides which images go where
     * @return the split of each image
     */
    static Split[] draw(List<int[]> classes, List<String> groups, Map<Split, Double> shares, long seed) {
        List<Split> splits = new ArrayList<>();
        List<Double> parts = new ArrayList<>();
        new EnumMap<>(shares).forEach((split, share) -> {
            splits.add(split);
            parts.add(share);
        });
        int[] drawn = StratifiedDraw.draw(classes, groups, parts, seed, "splits");
        Split[] result = new Split[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            result[i] = splits.get(drawn[i]);
        }
        return result;
    }
}
