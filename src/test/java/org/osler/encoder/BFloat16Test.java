package org.osler.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.DType;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** Features in bfloat16 point where timm's in float32 do; small inputs, because not every processor is quick at it. */
class BFloat16Test {

    private static final double COSINE = 0.999;

    @ParameterizedTest
    @CsvSource({
        "resnet18, 64",
        "vgg16, 64",
        "densenet121, 64",
        "efficientnet_b4, 64",
        "convnext_tiny, 64",
        "vit_tiny_patch16_224, 96",
        "vit_base_patch16_clip_224, 64",
        "vit_base_patch14_dinov2, 28",
        "vit_small_patch16_dinov3, 96",
        "vit_base_patch16_siglip_224, 96",
        "eva02_base_patch14_224, 98",
        "samvit_base_patch16, 224"
    })
    void featuresPointWhereTimmsDo(String architecture, int size) {
        Golden golden = Golden.of(architecture);
        JsonNode part = golden.part(size);
        float[] expected = Golden.features(part);
        int images = part.get("featureImages").asInt();
        try (Scope scope = Scope.open();
                Encoder encoder =
                        EncoderCatalog.find(architecture).orElseThrow().build(size)) {
            FormulaWeights.fill(encoder, golden.state(), golden.gain());
            encoder.parameters().freeze(DType.BFLOAT16);
            Tensor seen = FormulaWeights.images(images, size);
            float[] actual =
                    Autograd.off(() -> encoder.features(seen, Mode.EVAL).toFloats());
            int length = expected.length / images;
            for (int image = 0; image < images; image++) {
                assertThat(cosine(actual, expected, image * length, length)).isGreaterThan(COSINE);
            }
        }
    }

    private static double cosine(float[] a, float[] b, int from, int length) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = from; i < from + length; i++) {
            product += (double) a[i] * b[i];
            squaresA += (double) a[i] * a[i];
            squaresB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(squaresA * squaresB);
    }
}
