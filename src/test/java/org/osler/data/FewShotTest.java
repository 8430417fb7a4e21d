package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osler.metric.Task;

class FewShotTest {

    @Test
    void theFirstOfEachClassInFileOrder() {
        int[][] labels = {{0}, {0}, {0}, {1}, {2}, {1}, {1}};
        assertThat(FewShot.first(Task.MULTI_CLASS, 3, labels, 2)).containsExactly(0, 1, 3, 4, 5);
    }

    @Test
    void asManyShotsAsImagesMeansAll() {
        int[][] labels = {{0}, {1}, {0}};
        assertThat(FewShot.first(Task.BINARY, 2, labels, 3)).containsExactly(0, 1, 2);
    }

    @Test
    void anImageWithSeveralLabelsCountsForEach() {
        int[][] labels = {{1, 1}, {1, 0}, {0, 0}, {0, 1}};
        assertThat(FewShot.first(Task.MULTI_LABEL, 2, labels, 1)).containsExactly(0);
        assertThat(FewShot.first(Task.MULTI_LABEL, 2, labels, 2)).containsExactly(0, 1, 3);
    }

    @Test
    void drawsOfOneSeedAreNestedAndOthersDiffer() {
        for (Task task : List.of(Task.MULTI_CLASS, Task.MULTI_LABEL)) {
            int[][] labels = labels(task, 300);
            for (long seed = 0; seed < 20; seed++) {
                List<Integer> last = List.of();
                for (int shots : new int[] {1, 2, 5, 10, 40, 300}) {
                    int[] drawn = FewShot.seeded(task, 4, labels, shots, seed);
                    assertThat(drawn).isSorted().doesNotHaveDuplicates();
                    List<Integer> now = Arrays.stream(drawn).boxed().toList();
                    assertThat(now).containsAll(last);
                    last = now;
                }
            }
            assertThat(FewShot.seeded(task, 4, labels, 5, 1)).isNotEqualTo(FewShot.seeded(task, 4, labels, 5, 2));
        }
    }

    @Test
    void aSeededDrawHasThatManyOfEachClass() {
        int[][] labels = labels(Task.MULTI_CLASS, 300);
        int[] count = new int[4];
        for (int index : FewShot.seeded(Task.MULTI_CLASS, 4, labels, 7, 3)) {
            count[labels[index][0]]++;
        }
        assertThat(count).containsExactly(7, 7, 7, 7);
    }

    @Test
    void everyImageIsAsLikelyToBeDrawn() {
        int[][] labels = labels(Task.MULTI_CLASS, 40);
        int[] drawn = new int[40];
        for (long seed = 0; seed < 4000; seed++) {
            for (int index : FewShot.seeded(Task.MULTI_CLASS, 4, labels, 5, seed)) {
                drawn[index]++;
            }
        }
        // Half of each class's ten images: 2000 expected, standard deviation 32.
        assertThat(drawn).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isBetween(1850, 2150);
            }
        });
    }

    /** Four classes in turn; as labels, every image has its own and every third one the next too. */
    private static int[][] labels(Task task, int count) {
        int[][] labels = new int[count][];
        for (int i = 0; i < count; i++) {
            labels[i] = new int[] {i % 4};
            if (task == Task.MULTI_LABEL) {
                labels[i] = new int[4];
                labels[i][i % 4] = 1;
                labels[i][(i + 1) % 4] = i % 3 == 0 ? 1 : 0;
            }
        }
        return labels;
    }
}
