package org.osler.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.InputException;
import org.osler.nn.Mode;
import org.osler.nn.Parameters;
import org.osler.tensor.Autograd;
import org.osler.tensor.DType;
import org.osler.tensor.Packed;
import org.osler.tensor.Precision;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;

class EncoderWeightsTest {

    private static final EncoderCard CARD = EncoderCatalog.find("resnet18").orElseThrow();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("model.safetensors");
    }

    @Test
    void whatWasWrittenIsLoadedAndAClassifierLeftOut() throws IOException {
        try (Encoder random = EncoderWeights.open(CARD, 32, Optional.empty())) {
            write(random, "", "fc.weight");
            try (Encoder loaded = EncoderWeights.open(CARD, 32, Optional.of(file))) {
                assertThat(values(loaded, "layer3.0.conv1.weight")).isEqualTo(values(random, "layer3.0.conv1.weight"));
                assertThat(values(loaded, "layer4.1.bn2.running_var")).containsOnly(1);
            }
        }
    }

    @Test
    void randomEncodersAreTheSameEveryTime() throws IOException {
        try (Encoder one = EncoderWeights.open(CARD, 32, Optional.empty());
                Encoder two = EncoderWeights.open(CARD, 64, Optional.empty())) {
            assertThat(values(one, "conv1.weight")).isEqualTo(values(two, "conv1.weight"));
        }
    }

    @Test
    void whatDoesNotFitIsNamed() throws IOException {
        try (Encoder random = EncoderWeights.open(CARD, 32, Optional.empty())) {
            write(random, "bn1.weight", "stem.weight");
            assertThatThrownBy(() -> EncoderWeights.open(CARD, 32, Optional.of(file)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(
                            "does not fit resnet18.a1_in1k: 1 missing (bn1.weight); 1 unexpected (stem.weight)");
        }
        EncoderCard other = EncoderCatalog.find("resnet34").orElseThrow();
        try (Encoder random = EncoderWeights.open(CARD, 32, Optional.empty())) {
            write(random, "", "fc.bias");
            assertThatThrownBy(() -> EncoderWeights.open(other, 32, Optional.of(file)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("(layer1.2.conv1.weight")
                    .hasMessageContaining("80 missing");
        }
    }

    @Test
    void aShapeThatIsAnothersIsNamed() throws IOException {
        EncoderCard tiny = EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow();
        EncoderCard small = EncoderCatalog.find("vit_small_patch16_224").orElseThrow();
        try (Encoder random = EncoderWeights.open(tiny, 32, Optional.empty())) {
            write(random, "", "head.bias");
            assertThatThrownBy(() -> EncoderWeights.open(small, 32, Optional.of(file)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("150 misshapen")
                    .hasMessageContaining("blocks.0.attn.proj.bias [192] instead of [384]");
        }
    }

    @Test
    void aSizeThatPatchesDoNotDivideIsRefused() {
        EncoderCard tiny = EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow();
        assertThatThrownBy(() -> tiny.build(100))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("multiples of its 16-pixel patches");
    }

    @Test
    void aClassifierInsideAHeadIsLeftOut() throws IOException {
        EncoderCard card = EncoderCatalog.find("convnext_tiny").orElseThrow();
        try (Encoder random = EncoderWeights.open(card, 32, Optional.empty())) {
            write(random, "", "head.fc.bias");
            try (Encoder loaded = EncoderWeights.open(card, 32, Optional.of(file))) {
                assertThat(values(loaded, "head.norm.weight")).containsOnly(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"vgg16, 32", "densenet121, 29", "convnext_tiny, 32"})
    void theSmallestInputHasFeaturesAndLessIsRefused(String architecture, int smallest) throws IOException {
        EncoderCard card = EncoderCatalog.find(architecture).orElseThrow();
        try (Scope scope = Scope.open();
                Encoder encoder = card.build(smallest)) {
            Tensor features = Autograd.off(() -> encoder.features(FormulaWeights.images(2, smallest), Mode.EVAL));
            assertThat(features.shape()).containsExactly(2, card.features());
        }
        assertThatThrownBy(() -> card.build(smallest - 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it takes " + smallest + " pixels or more");
    }

    @ParameterizedTest
    @CsvSource({"F16, FLOAT16", "BF16, BFLOAT16", "F64, FLOAT64"})
    void otherPrecisionsBecomeFloat32(ElementType stored, DType type) throws IOException {
        try (Scope scope = Scope.open();
                Encoder random = EncoderWeights.open(CARD, 32, Optional.empty())) {
            Tensor norm = random.parameters().entries().get("bn1.weight").tensor();
            norm.narrow(0, 0, 3).copyInPlace(Tensors.of(new float[] {1.5f, -0.25f, 0.0078125f}, 3));
            write(random, name -> name, stored, type, List.of());
            try (Encoder loaded = EncoderWeights.open(CARD, 32, Optional.of(file))) {
                assertThat(values(loaded, "bn1.weight")).startsWith(1.5f, -0.25f, 0.0078125f, 1);
                Tensor expected = random.parameters()
                        .entries()
                        .get("conv1.weight")
                        .tensor()
                        .to(type);
                assertThat(values(loaded, "conv1.weight")).isEqualTo(expected.toFloats());
            }
        }
    }

    @Test
    void aFrozenEncoderKeepsItsNormsInFloat32AndItsPackedValuesOnce() throws IOException {
        EncoderCard tiny = EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow();
        for (Precision precision : Precision.values()) {
            try (Encoder frozen = EncoderWeights.openFrozen(tiny, 224, Optional.empty(), precision)) {
                assertThat(type(frozen, "blocks.0.norm1.weight")).isEqualTo(DType.FLOAT32);
                DType products = precision == Precision.BF16 ? DType.BFLOAT16 : DType.FLOAT32;
                assertThat(type(frozen, "pos_embed")).isEqualTo(products);
                if (Packed.available(products)) {
                    assertThat(frozen.parameters().entries()).doesNotContainKey("blocks.0.mlp.fc1.weight");
                } else {
                    assertThat(type(frozen, "blocks.0.mlp.fc1.weight")).isEqualTo(products);
                }
            }
        }
    }

    private static DType type(Encoder encoder, String name) {
        return encoder.parameters().entries().get(name).tensor().dtype();
    }

    @Test
    void anImageTowerIsTakenOutOfALargerModel() throws IOException {
        EncoderCard tiny = EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow();
        try (Encoder random = EncoderWeights.open(tiny, 224, Optional.empty())) {
            write(
                    random,
                    name -> "visual.trunk." + name,
                    ElementType.F32,
                    DType.FLOAT32,
                    List.of("visual.head.proj.weight", "text.transformer.embeddings.weight"));
            try (Encoder loaded = EncoderWeights.open(tiny, 224, Optional.of(file))) {
                assertThat(values(loaded, "blocks.3.mlp.fc1.weight"))
                        .isEqualTo(values(random, "blocks.3.mlp.fc1.weight"));
            }
        }
    }

    /** Writes an encoder's floating-point values under other names and in another type, with zeros for further names. */
    private void write(
            Encoder encoder, UnaryOperator<String> rename, ElementType stored, DType type, List<String> further)
            throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            encoder.parameters().entries().forEach((name, entry) -> {
                if (entry.tensor().dtype() == DType.FLOAT32) {
                    tensors.put(rename.apply(name), entry.tensor().to(type));
                }
            });
            further.forEach(name -> tensors.put(name, Tensors.zeros(type, 3)));
            writeByHand(tensors, stored);
        }
    }

    /** Osler itself writes no half precision. */
    private void writeByHand(Map<String, Tensor> tensors, ElementType stored) throws IOException {
        ObjectNode header = new ObjectMapper().createObjectNode();
        long end = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            ObjectNode tensor = header.putObject(entry.getKey()).put("dtype", stored.name());
            for (long length : entry.getValue().shape()) {
                tensor.withArray("shape").add(length);
            }
            tensor.putArray("data_offsets").add(end);
            end += entry.getValue().count() * stored.bytes();
            tensor.withArray("data_offsets").add(end);
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(length.putLong(text.length).flip());
            channel.write(ByteBuffer.wrap(text));
            for (Tensor tensor : tensors.values()) {
                channel.write(tensor.bytes());
            }
        }
    }

    private static float[] values(Encoder encoder, String name) {
        return encoder.parameters().entries().get(name).tensor().toFloats();
    }

    /** Writes an encoder's values, one left out and one of 3 zeros added. */
    private void write(Encoder encoder, String without, String added) throws IOException {
        Map<String, Parameters.Entry> entries = encoder.parameters().entries();
        List<Declaration> declarations = new ArrayList<>();
        declarations.add(new Declaration(added, ElementType.F32, 3));
        entries.forEach((name, entry) -> {
            if (!name.equals(without) && entry.tensor().dtype() == DType.FLOAT32) {
                declarations.add(
                        new Declaration(name, ElementType.F32, entry.tensor().shape()));
            }
        });
        try (SafeTensorsWriter writer = SafeTensorsWriter.create(file, declarations, Map.of())) {
            writer.append(added, new float[3]);
            for (Declaration declaration : declarations.subList(1, declarations.size())) {
                Tensor tensor = entries.get(declaration.name()).tensor();
                writer.append(declaration.name(), tensor.toFloats());
            }
            writer.commit();
        }
    }
}
