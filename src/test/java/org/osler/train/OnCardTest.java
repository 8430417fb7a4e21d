package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osler.data.Images;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.encoder.Architecture;
import org.osler.encoder.Attending;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.GradCam;
import org.osler.metric.Task;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Functions;
import org.osler.tensor.Precision;
import org.osler.tensor.Scope;
import org.osler.tensor.StandIn;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * Everything that computes keeps to the encoder's device: all architectures on libtorch's stand-in for a card, which has
 * shapes and no values. A tensor left on the processor meets the others sooner or later, and is refused.
 */
class OnCardTest {

    private static final Device CARD = StandIn.CARD;
    private static final int IMAGES = 2;
    private static final int CLASSES = 3;

    static List<Architecture> architectures() {
        return EncoderCatalog.architectures();
    }

    @Test
    void theStandInRefusesTensorsOfTheProcessor() {
        try (Scope scope = Scope.open()) {
            Tensor there = Tensors.zeros(DType.FLOAT32, 2, 2).to(CARD);
            Tensor here = Tensors.zeros(DType.FLOAT32, 2, 2);
            assertThat(there.device()).isEqualTo(CARD);
            assertThatThrownBy(() -> there.add(here)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> there.matmul(here)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> Functions.linear(there, here, null)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> Functions.cat(List.of(there, here), 0)).isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void frozenEncodersComputeWhereTheyAre(Architecture architecture) {
        for (Precision precision : Precision.values()) {
            try (Encoder encoder = build(architecture);
                    Scope scope = Scope.open()) {
                encoder.parameters().freeze(precision.type(), CARD);
                Tensor images = batch(encoder);
                Tensor features = Autograd.off(() -> encoder.features(images, Mode.EVAL));
                assertThat(features.device()).isEqualTo(CARD);
                assertThat(features.shape()).containsExactly(IMAGES, architecture.features());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void mapsAreMadeThereToo(Architecture architecture) {
        try (Encoder encoder = build(architecture);
                Scope scope = Scope.open()) {
            encoder.parameters().freeze(DType.FLOAT32, CARD);
            Tensor map = GradCam.of(encoder, batch(encoder)).map(features -> features.select(1, 0));
            assertThat(map.device()).isEqualTo(CARD);
            if (encoder instanceof Attending attending) {
                Tensor shares = Autograd.off(() -> attending.rollout(batch(encoder)));
                assertThat(shares.device()).isEqualTo(CARD);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void trainingStepsComputeWhereTheEncoderIs(Architecture architecture) {
        for (Precision precision : Precision.values()) {
            try (Encoder encoder = build(architecture)) {
                encoder.parameters().computeIn(precision.type());
                encoder.parameters().moveTo(CARD);
                Recipe recipe = Recipe.wu2025().withBatch(IMAGES);
                var settings = FineTune.Settings.endToEnd(0, 1e-3, 1e-4);
                try (FineTune run = new FineTune(encoder, set(encoder), settings, recipe, BatchOrder.shuffled(0))) {
                    run.step(0, 1);
                    assertThat(run.lossSum().device()).isEqualTo(CARD);
                    run.changing()
                            .forEach((name, tensor) ->
                                    assertThat(tensor.device()).as(name).isEqualTo(CARD));
                    run.optimisers()
                            .values()
                            .forEach(optimiser -> assertThat(optimiser.state())
                                    .allMatch(tensor -> tensor.device().equals(CARD)));
                }
            }
        }
    }

    @Test
    void headsComputeWhereTheirFeaturesAre() {
        for (Task task : List.of(Task.MULTI_CLASS, Task.BINARY, Task.MULTI_LABEL)) {
            Objective objective = new Objective(task, CLASSES, Recipe.BinaryOutput.ONE_LOGIT);
            var init = build(EncoderCatalog.architecture("resnet18").orElseThrow());
            try (init;
                    Scope scope = Scope.open();
                    HeadGroup group = new HeadGroup(
                            objective,
                            8,
                            List.of(new LinearProbe.Head(0, 1e-2), new LinearProbe.Head(1, 1e-3)),
                            init.headInit(),
                            Recipe.wu2025(),
                            CARD)) {
                Tensor x = Tensors.zeros(DType.FLOAT32, 2, 4, 8).to(CARD);
                Tensor y =
                        Tensors.zeros(DType.FLOAT32, 2, 4, objective.logits()).to(CARD);
                assertThat(group.step(x, y, 1).device()).isEqualTo(CARD);
            }
        }
    }

    private static Encoder build(Architecture architecture) {
        EncoderCard card = EncoderCatalog.cards().stream()
                .filter(each -> each.architecture().equals(architecture))
                .findFirst()
                .orElseThrow();
        return card.build(architecture.name().contains("patch14") ? 28 : 64);
    }

    private static Tensor batch(Encoder encoder) {
        return encoder.card()
                .preprocessing(encoder.input(), Resize.SCALE)
                .batch(encoder.parameters().device(), images(), 0, 1);
    }

    private static Images images() {
        return Images.of(IMAGES, 28, 28, 3, new byte[IMAGES * 28 * 28 * 3]);
    }

    private static ImageSet set(Encoder encoder) {
        Map<Split, Images> images = new EnumMap<>(Split.class);
        Map<Split, int[][]> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            images.put(split, images());
            labels.put(split, new int[][] {{0}, {1}});
        }
        return new ImageSet(
                Task.MULTI_CLASS,
                CLASSES,
                images,
                labels,
                new int[] {0, 1},
                encoder.card().preprocessing(encoder.input(), Resize.SCALE));
    }
}
