package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;

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
}
