package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.tensor.Device;
import org.osler.tensor.Scope;
import org.osler.tensor.StandIn;

/** Images that stay on a device; the processor in a card's place. */
class BatchesTest {

    /** More than are sent at once. */
    private static final int IMAGES = 300;

    private static final int BYTES = 7 * 9 * 3;
    private static final long PLENTY = 1L << 30;

    @Test
    void keptImagesGiveTheBatchesOfThoseThatAreNot() {
        ImageSet data = set(IMAGES);
        try (Scope scope = Scope.open();
                Batches kept = new Batches(data, Device.CPU, PLENTY);
                Batches sent = new Batches(data, Device.CPU)) {
            assertThat(kept.keeps(Split.TRAIN)).isTrue();
            assertThat(kept.keeps(Split.VAL)).isTrue();
            assertThat(kept.keeps(Split.TEST)).as("seen once").isFalse();
            assertThat(sent.keeps(Split.TRAIN)).isFalse();
            for (Split split : Split.values()) {
                int[] some = {IMAGES - 1, 0, 256, 255, 0, 17};
                assertThat(kept.of(split, some).toFloats())
                        .containsExactly(sent.of(split, some).toFloats());
            }
        }
    }

    @Test
    void whatHasNoRoomIsSentAnew() {
        ImageSet data = set(IMAGES);
        try (Scope scope = Scope.open();
                Batches both = new Batches(data, Device.CPU, 2L * IMAGES * BYTES);
                Batches one = new Batches(data, Device.CPU, 2L * IMAGES * BYTES - 1);
                Batches none = new Batches(data, Device.CPU, (long) IMAGES * BYTES - 1)) {
            assertThat(both.keeps(Split.VAL)).isTrue();
            assertThat(one.keeps(Split.TRAIN)).isTrue();
            assertThat(one.keeps(Split.VAL)).isFalse();
            assertThat(none.keeps(Split.TRAIN)).isFalse();
        }
    }

    @Test
    void ofAFewShotsNoOtherImagesAreSent() {
        try (Batches few = new Batches(set(5), Device.CPU, PLENTY)) {
            assertThat(few.keeps(Split.TRAIN)).isFalse();
            assertThat(few.keeps(Split.VAL)).isTrue();
        }
    }

    @Test
    void keptImagesAreTakenWhereTheyAre() {
        try (Scope scope = Scope.open();
                Batches kept = new Batches(set(IMAGES), StandIn.CARD, PLENTY)) {
            assertThat(kept.of(Split.TRAIN, 3, 2).device()).isEqualTo(StandIn.CARD);
            assertThat(kept.of(Split.TRAIN, 3, 2).shape()).containsExactly(2, 3, 12, 12);
        }
    }

    private static ImageSet set(int chosen) {
        Map<Split, Images> images = new EnumMap<>(Split.class);
        Map<Split, int[][]> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            byte[] pixels = new byte[IMAGES * BYTES];
            new Random(split.id().hashCode()).nextBytes(pixels);
            images.put(split, Images.of(IMAGES, 7, 9, 3, pixels));
            int[][] zeros = new int[IMAGES][1];
            Arrays.fill(zeros, new int[] {0});
            labels.put(split, zeros);
        }
        var preprocessing =
                new Preprocessing(12, Resize.SCALE, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
        return new ImageSet(
                Task.BINARY, 2, images, labels, IntStream.range(0, chosen).toArray(), preprocessing);
    }
}
