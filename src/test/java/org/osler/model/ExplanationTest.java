package org.osler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osler.InputException;
import org.osler.data.Images;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCatalog;
import org.osler.metric.Task;

class ExplanationTest {

    /** Patches along a side of a ViT-Tiny at 32 pixels. */
    private static final int GRID = 2;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Task.class)
    void everyLabelThatIsPredictedHasAMapAndOneThatIsNotHasNone(Task task) throws IOException {
        int classes = task == Task.BINARY ? 2 : 4;
        TinyModels.write(folder.resolve("model"), task, classes);
        Set<String> explained = new HashSet<>();
        try (Classifier model = Classifier.load(folder.resolve("model"))) {
            for (int seed = 0; seed < 12; seed++) {
                Explanation explanation = model.explain(ClassifierTest.image(seed));
                Prediction prediction = model.predict(ClassifierTest.image(seed));
                assertThat(explanation.prediction().scores()).containsExactly(prediction.scores(), within(1e-5));
                assertThat(explanation.prediction().features()).containsExactly(prediction.features(), within(1e-4f));
                assertThat(explanation.maps())
                        .extracting(map -> map.label().orElseThrow())
                        .containsExactlyElementsOf(
                                prediction.labels().isEmpty() ? List.of(prediction.label()) : prediction.labels());
                explanation.maps().forEach(ExplanationTest::isMap);
                explained.addAll(prediction.labels());
            }
        }
        assertThat(explained).as("else it would say little").hasSizeGreaterThan(1);
    }

    private static void isMap(EvidenceMap map) {
        assertThat(map.height()).isEqualTo(GRID);
        assertThat(map.width()).isEqualTo(GRID);
        float most = 0;
        for (float value : map.values()) {
            assertThat(value).isBetween(0f, 1f);
            most = Math.max(most, value);
        }
        assertThat(most).isEqualTo(map.isEmpty() ? 0 : 1);
    }

    @Test
    void attentionIsOfNoClassAndPredictsTheSame() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.MULTI_CLASS, 4);
        try (Classifier model = Classifier.load(folder.resolve("model"))) {
            PreparedImage image = model.prepare(ClassifierTest.image(3));
            Explanation explanation = model.explain(image, MapMethod.ATTENTION);
            assertThat(explanation.method()).isEqualTo(MapMethod.ATTENTION);
            assertThat(explanation.maps()).hasSize(1);
            EvidenceMap map = explanation.maps().get(0);
            assertThat(map.label()).isEmpty();
            assertThat(map.isEmpty()).isFalse();
            isMap(map);
            assertThat(explanation.prediction().scores())
                    .containsExactly(
                            model.predictPrepared(List.of(image)).get(0).scores(), within(1e-5));
        }
    }

    @Test
    void whatTheEncoderSawIsTheImageInItsSize() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.BINARY, 2);
        try (Classifier model = Classifier.load(folder.resolve("model"))) {
            byte[] even = new byte[28 * 28];
            IntStream.range(0, even.length).forEach(i -> even[i] = (byte) (i % 28 < 14 ? 40 : 200));
            PreparedImage image = model.prepare(Images.of(1, 28, 28, 1, even), 0);
            var seen = model.explain(image, MapMethod.GRAD_CAM).seen();
            assertThat(List.of(seen.height(), seen.width(), seen.channels())).containsExactly(32, 32, 3);
            for (int c = 0; c < 3; c++) {
                assertThat(seen.pixels()[c]).isEqualTo((byte) 40);
                assertThat(seen.pixels()[3 * 31 + c]).isEqualTo((byte) 200);
            }
        }
    }

    @Test
    void anEncoderWithoutGlobalAttentionIsRefusedForAttention() {
        for (String id : List.of("resnet18", "samvit_base_patch16")) {
            try (Encoder encoder = EncoderCatalog.find(id).orElseThrow().build(32)) {
                assertThatThrownBy(() -> Explainer.require(encoder, MapMethod.ATTENTION))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("take grad-cam");
                Explainer.require(encoder, MapMethod.GRAD_CAM);
            }
        }
    }

    @Test
    void aClosedModelExplainsNoMore() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.BINARY, 2);
        Classifier model = Classifier.load(folder.resolve("model"));
        PreparedImage image = model.prepare(ClassifierTest.image(0));
        model.close();
        assertThatThrownBy(() -> model.explain(image, MapMethod.GRAD_CAM)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMapThatIsEnlargedStaysWithinItsValues() {
        var map = new EvidenceMap(Optional.of("a"), 2, 2, new float[] {0, 1, 0.5f, 0});
        float[] large = map.resized(4, 4);
        assertThat(large[0]).isZero();
        assertThat(large[3]).isEqualTo(1);
        assertThat(large[12]).isEqualTo(0.5f);
        // The pixel at row 1, column 1 lies a quarter of the way from the first place to the others.
        assertThat(large[5]).isCloseTo(0.75f * 0.25f + 0.25f * 0.75f * 0.5f, within(1e-6f));
        assertThat(map.resized(2, 2)).containsExactly(map.values());
    }
}
