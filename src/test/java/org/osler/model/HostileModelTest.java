package org.osler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.weights.Hashes;

/** Folders that are no models, or were changed: one clear message each, and never a wrong prediction. */
class HostileModelTest {

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path good;

    @BeforeAll
    static void write() throws IOException {
        good = shared.resolve("good");
        TinyModels.write(good, Task.BINARY, 2);
    }

    @Test
    void goodModelOpens() throws IOException {
        try (Classifier model = Classifier.load(good)) {
            assertThat(model.description().labels()).containsExactly("class 0", "benign, \"or so\"");
            assertThat(model.description().temperature()).isEqualTo(1.5);
        }
        try (var files = Files.list(good.getParent())) {
            assertThat(files).as("nothing is left beside it").containsExactly(good);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"format\" : 1; \"format\" : 3; take a newer one",
                "\"format\" : 1; \"format\" : \"1\"; format should be a whole number",
                "\"binary\"; \"binar\"; task should be one of binary, multi-class, ordinal, multi-label, not \"binar\"",
                "\"class 0\",; ; 1 labels do not suit the task binary",
                "\"class 0\"; \"benign, \\\"or so\\\"\"; labels name one class twice",
                "\"class 0\"; \"a\\u0000b\"; labels should be a text of one line",
                "\"class 0\"; \"a\", \"b\"; 3 labels do not suit the task binary",
                "\"vit_tiny_patch16_224\"; \"vit_huge\"; encoder.architecture should be one that",
                "\"vit_tiny_patch16_224\"; \"resnet18\"; lacks the tensor",
                "\"height\" : 28; \"height\" : -28; images.height should be a whole number from 1",
                "\"channels\" : 1; \"channels\" : 2; images.channels should be 1 or 3",
                "\"fit\" : \"stretch\"; \"fit\" : \"../../etc\"; images.fit should be one of stretch",
                "\"input\" : 32; \"input\" : 64; should be F32",
                "\"input\" : 32; \"input\" : 3.2e1; input should be a whole number",
                "\"temperature\" : 1.5; \"temperature\" : 0; temperature should be a number from",
                "\"temperature\" : 1.5; \"temperature\" : 1e999; temperature should be a number from",
                "\"temperature\" : 1.5; \"temp\" : 1; \"temperature\" is missing",
                "\"task\" : \"binary\"; \"task\" : \"binary\", \"task\" : \"binary\"; is no JSON",
                "\"mean\" : [ 0.5, 0.5, 0.5 ]; \"mean\" : [ 0.5 ]; encoder.mean should be a list of 3 numbers",
            })
    void changedDescriptionIsRefused(String from, String to, String message) throws IOException {
        changed(text -> {
            assertThat(text).contains(from);
            return text.replaceFirst(
                    java.util.regex.Pattern.quote(from),
                    java.util.regex.Matcher.quoteReplacement(to == null ? "" : to));
        });
        assertThatThrownBy(() -> Classifier.load(folder).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void changedParametersAreRefused() throws IOException {
        changed(text -> text);
        byte[] bytes = Files.readAllBytes(good.resolve("model.safetensors"));
        bytes[bytes.length - 1] ^= 1;
        Files.delete(folder.resolve("model.safetensors"));
        Files.write(folder.resolve("model.safetensors"), bytes);
        assertThatThrownBy(() -> Classifier.load(folder).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not the file that model.json describes");
    }

    @Test
    void headOfAnotherShapeIsRefused() throws IOException {
        TinyModels.write(folder.resolve("features"), Task.BINARY, 2, 100, 1);
        assertThatThrownBy(() -> Classifier.load(folder.resolve("features")).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("head.weight")
                .hasMessageContaining("[1, 192]");
        TinyModels.write(folder.resolve("logits"), Task.MULTI_CLASS, 4, 192, 5);
        assertThatThrownBy(() -> Classifier.load(folder.resolve("logits")).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a head of 5 logits does not answer a multi-class task with 4 labels");
    }

    @Test
    void tensorsThatBelongToNoModelAreRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        TrainedFile.write(file, Optional.empty(), TinyModels.head(192, 1));
        String hash = Hashes.sha256(file);
        Files.writeString(
                folder.resolve("model.json"),
                Files.readString(good.resolve("model.json"))
                        .replaceFirst(
                                "\"parameters-sha256\" : \"[0-9a-f]+\"", "\"parameters-sha256\" : \"" + hash + "\""));
        assertThatThrownBy(() -> Classifier.load(folder).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lacks the tensor \"encoder.");
    }

    @Test
    void folderWithoutDescriptionIsNoModel() {
        assertThatThrownBy(() -> Classifier.load(folder).close())
                .isInstanceOf(InputException.class)
                .hasMessage(folder + " is no model: it has no model.json");
    }

    @Test
    void modelIsNotWrittenOverWhatIsThere() {
        assertThatThrownBy(() -> TinyModels.write(good, Task.BINARY, 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is there already");
    }

    private void changed(UnaryOperator<String> change) throws IOException {
        Files.createLink(folder.resolve("model.safetensors"), good.resolve("model.safetensors"));
        Files.writeString(folder.resolve("model.json"), change.apply(Files.readString(good.resolve("model.json"))));
    }
}
