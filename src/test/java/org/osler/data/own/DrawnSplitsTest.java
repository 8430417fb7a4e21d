package org.osler.data.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.osler.data.Split;

class DrawnSplitsTest {

    private static final Map<Split, Double> SHARES = Shares.USUAL.all();

    private static List<int[]> classes(int... each) {
        return Arrays.stream(each).mapToObj(c -> new int[] {c}).toList();
    }

    private static long count(Split[] drawn, Split split, int from, int to) {
        return IntStream.range(from, to).filter(i -> drawn[i] == split).count();
    }

    @Test
    void withoutGroupsEveryClassIsDividedWithinOneImage() {
        int[] sizes = {1000, 37, 20, 10, 3};
        int[] all = IntStream.range(0, sizes.length)
                .flatMap(c -> IntStream.generate(() -> c).limit(sizes[c]))
                .toArray();
        Split[] drawn = DrawnSplits.draw(classes(all), Collections.nCopies(all.length, null), SHARES, 0);
        int from = 0;
        for (int size : sizes) {
            for (Split split : Split.values()) {
                assertThat((double) count(drawn, split, from, from + size))
                        .isBetween(size * SHARES.get(split) - 1, size * SHARES.get(split) + 1);
            }
            from += size;
        }
        assertThat(count(drawn, Split.TRAIN, 0, 1000)).isEqualTo(700);
    }

    @Test
    void groupsStayTogetherAndSharesAreKeptWhereGroupsAllowIt() {
        List<String> groups = new ArrayList<>();
        int[] all = new int[900];
        for (int i = 0; i < all.length; i++) {
            all[i] = i % 5 == 0 ? 1 : 0;
            groups.add("patient " + i / (1 + i % 7 / 3));
        }
        Split[] drawn = DrawnSplits.draw(classes(all), groups, SHARES, 5);
        for (int i = 0; i < all.length; i++) {
            for (int k = i + 1; k < all.length; k++) {
                if (groups.get(i).equals(groups.get(k))) {
                    assertThat(drawn[i]).isEqualTo(drawn[k]);
                }
            }
        }
        assertThat(count(drawn, Split.TRAIN, 0, 900)).isBetween(622L, 638L);
        assertThat(count(drawn, Split.TEST, 0, 900)).isBetween(175L, 185L);
    }

    @Test
    void theLargestGroupGoesWhereItDisturbsLeast() {
        // Wanted of 10: 7, 1, 2. A group of 8 grows Pearson's statistic by 8 (8 − 14) / 7 = −6.9 in train,
        // by 8 (8 − 2) / 1 = 48 in val and by 8 (8 − 4) / 2 = 16 in test. Then by 1 (1 + 2) / 7 = 0.4 in train, −1 in
        // val,
        // −1.5 in test; and at last by 0.4, −1 and −0.5.
        List<String> groups = new ArrayList<>(Collections.nCopies(8, "large"));
        groups.add("b");
        groups.add("c");
        Split[] drawn = DrawnSplits.draw(classes(new int[10]), groups, SHARES, 0);
        assertThat(Arrays.copyOf(drawn, 8)).containsOnly(Split.TRAIN);
        assertThat(List.of(drawn[8], drawn[9])).containsExactlyInAnyOrder(Split.TEST, Split.VAL);
    }

    @Test
    void aSeedDecidesTheDraw() {
        List<int[]> classes = classes(IntStream.range(0, 200).map(i -> i % 2).toArray());
        List<String> groups = Collections.nCopies(200, null);
        Split[] first = DrawnSplits.draw(classes, groups, SHARES, 1);
        assertThat(DrawnSplits.draw(classes, groups, SHARES, 1)).isEqualTo(first);
        assertThat(DrawnSplits.draw(classes, groups, SHARES, 2)).isNotEqualTo(first);
    }
}
