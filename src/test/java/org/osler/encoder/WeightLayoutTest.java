package org.osler.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weight files of other programs, against what timm's own loaders make of their names; see encoder_goldens.py. */
class WeightLayoutTest {

    @ParameterizedTest
    @ValueSource(strings = {"samvit_base_patch16", "vit_base_patch16_224", "vgg16"})
    void namesBecomeWhatTimmMakesOfThem(String architecture) throws IOException {
        JsonNode pairs = golden().get(architecture);
        Set<String> names = new HashSet<>();
        pairs.forEach(pair -> names.add(pair.get(0).asText()));
        WeightLayout layout = WeightLayout.of(names);
        for (JsonNode pair : pairs) {
            Optional<String> expected = pair.get(1).isNull()
                    ? Optional.empty()
                    : Optional.of(pair.get(1).asText());
            assertThat(layout.timmName(pair.get(0).asText()))
                    .as(pair.get(0).asText())
                    .isEqualTo(expected);
        }
    }

    /** Names as {@code SamModel} of the transformers library has them. */
    @ParameterizedTest
    @CsvSource({
        "vision_encoder.pos_embed, pos_embed",
        "vision_encoder.patch_embed.projection.weight, patch_embed.proj.weight",
        "vision_encoder.layers.0.layer_norm1.weight, blocks.0.norm1.weight",
        "vision_encoder.layers.11.attn.rel_pos_h, blocks.11.attn.rel_pos_h",
        "vision_encoder.layers.11.attn.qkv.bias, blocks.11.attn.qkv.bias",
        "vision_encoder.layers.3.layer_norm2.bias, blocks.3.norm2.bias",
        "vision_encoder.layers.3.mlp.lin2.weight, blocks.3.mlp.fc2.weight",
        "vision_encoder.neck.conv1.weight, neck.0.weight",
        "vision_encoder.neck.layer_norm1.weight, neck.1.weight",
        "vision_encoder.neck.conv2.weight, neck.2.weight",
        "vision_encoder.neck.layer_norm2.bias, neck.3.bias",
        "prompt_encoder.shared_embedding.positional_embedding,",
        "shared_image_embedding.positional_embedding,",
        "mask_decoder.iou_token.weight,"
    })
    void namesOfTransformersAreKnown(String name, String timmName) {
        assertThat(WeightLayout.of(new HashSet<>(List.of(name, "vision_encoder.pos_embed")))
                        .timmName(name))
                .isEqualTo(Optional.ofNullable(timmName));
    }

    @Test
    void timmsOwnNamesStay() {
        WeightLayout layout = WeightLayout.of(Set.of("conv1.weight", "classifier.weight"));
        assertThat(layout.timmName("classifier.weight")).contains("classifier.weight");
        assertThat(layout.timmName("mask_token")).isEmpty();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in =
                new GZIPInputStream(WeightLayoutTest.class.getResourceAsStream("/golden/encoder/layouts.json.gz"))) {
            return new ObjectMapper().readTree(in);
        }
    }
}
