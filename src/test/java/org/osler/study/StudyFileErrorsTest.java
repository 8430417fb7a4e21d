package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;

/** Every error names the file and line, or the option, what stands there, and what would be right. */
class StudyFileErrorsTest {

    private static final String HEAD = """
            study: s
            datasets: [breastmnist]
            encoders: [resnet18, vit_tiny_patch16_224]
            strategies: [linear-probe]
            """;

    @TempDir
    private Path folder;

    private String error(String text, Map<String, String> overrides) throws IOException {
        return error(text.getBytes(StandardCharsets.UTF_8), overrides);
    }

    private String error(byte[] content, Map<String, String> overrides) throws IOException {
        Path file = folder.resolve("s.yaml");
        Files.write(file, content);
        Throwable thrown = catchThrowable(() -> StudyFile.read(file, overrides));
        assertThat(thrown).isInstanceOf(InputException.class);
        assertThat(thrown.getMessage().lines()).hasSizeLessThanOrEqualTo(2);
        return thrown.getMessage().replace(folder + "/", "");
    }

    /** A fifth line after the head, and the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "seed: [1] | unknown key \"seed\" in a study; did you mean \"seeds\"?",
                "Seeds: [1] | unknown key \"Seeds\" in a study; did you mean \"seeds\"?",
                "iterations: 3 | unknown key \"iterations\" in a study; it belongs under recipe, as in recipe: {iterations: …}",
                "zzzzzzzz: 3 | unknown key \"zzzzzzzz\" in a study; valid: study, datasets, encoders, weights, size, input, resize, strategies, batch-norm, shots, draw, seeds, recipe, device, precision, threads, data-dir, out",
                "study: t | \"study\" stands here a second time; the first is in line 1",
                "size: 100 | unknown size \"100\"; valid: 28, 64, 128, 224",
                "size: big | unknown size \"big\"; valid: 28, 64, 128, 224",
                "size: [28, 28] | size: \"28\" is listed twice",
                "size: {28: 64} | size takes a single value; here is a map",
                "input: 8 | input: 8 is out of range; it must be a whole number from 16 to 4096",
                "input: 99999999999999999999 | input: \"99999999999999999999\" is not a whole number from 16 to 4096",
                "resize: padd | unknown resize \"padd\"; did you mean \"pad\"?",
                "shots: some | shots: \"some\" is not a whole number from 1 to 1000000",
                "shots: 0 | shots: 0 is out of range; it must be a whole number from 1 to 1000000",
                "seeds: [] | seeds is an empty list; name at least one",
                "seeds: [0, one] | seeds: \"one\" is not a whole number from 0 to 9007199254740991",
                "seeds: [-1] | seeds: -1 is out of range; it must be a whole number from 0 to 9007199254740991",
                "seeds: 0.5 | seeds: \"0.5\" is not a whole number from 0 to 9007199254740991",
                "seeds: | seeds takes a single value; here is nothing",
                "recipe: wu2024 | unknown recipe \"wu2024\"; did you mean \"wu2025\"?",
                "recipe: {iteration: 3} | unknown key \"iteration\" in recipe; did you mean \"iterations\"?",
                "recipe: {iterations: 0} | iterations: 0 is out of range; it must be a whole number from 1 to 100000000",
                "recipe: {beta1: 1} | beta1: 1 is out of range; it must be 0 or above, below 1",
                "recipe: {epsilon: x} | epsilon: \"x\" is not a number; it must be above 0, at most 1",
                "recipe: [wu2025] | recipe is a map with the keys name, iterations, epochs, batch, last-batch, optimiser, weight-decay, beta1, beta2, epsilon, schedule, head-lr-decay, head-lr-decay-every, steps, delay, encoder-schedule, validations, best, patience, binary-logits; here is a list",
                "recipe: {name: doerich2024} | unknown recipe \"doerich2024\"; did you mean \"doerrich2024\"?",
                "recipe: {iterations: 3, epochs: 3} | epochs and iterations both say how long a run lasts; give one of them",
                "recipe: {schedule: cosin} | unknown schedule \"cosin\"; did you mean \"cosine\"?",
                "recipe: {schedule: cosine, head-lr-decay: 0.5} | head-lr-decay belongs to schedule: exponential or steps; here it is cosine",
                "recipe: {steps: [0.5]} | steps belongs to schedule: steps; here it is exponential",
                "recipe: {schedule: steps, steps: [0.5, 2]} | steps: 2 is out of range; it must be above 0, at most 1",
                "recipe: {validations: often} | validations: \"often\" is not a whole number from 1 to 10000, or every-epoch",
                "recipe: {patience: 0} | patience: 0 is out of range; it must be a whole number from 1 to 1000000, or none",
                "recipe: {binary-logits: 3} | unknown binary-logits \"3\"; valid: 1, 2",
                "recipe: {optimiser: sgd} | unknown optimiser \"sgd\"; valid: adamw, adam",
                "batch-norm: drifting | unknown batch-norm \"drifting\"; valid: frozen, drift",
                "batch-norm: [drift, drift] | batch-norm: \"drift\" is listed twice",
                "device: gpu | unknown device \"gpu\"; did you mean \"cpu\"?",
                "precision: fp16 | unknown precision \"fp16\"; valid: fp32, bf16",
                "threads: 0 | threads: 0 is out of range; it must be a whole number from 1 to 4096",
                "data-dir: nowhere | data-dir: there is no folder nowhere",
                "weights: pre-trained | unknown weights \"pre-trained\"; did you mean \"pretrained\"?",
                "weights: {resnet18: no.safetensors} | weights: there is no file or folder no.safetensors",
                "weights: {resnet34: random} | weights: \"resnet34\" is no encoder of this study; valid: resnet18.a1_in1k, vit_tiny_patch16_224.augreg_in21k_ft_in1k, others",
                "weights: {resnet18: random, resnet18.a1_in1k: random} | weights: resnet18.a1_in1k is named twice",
                "weights: *a | anchors and aliases (& and *) are not used in study files; write the value out",
                "weights: !!java.net.URL [x] | tags (!) are not used in study files; write the plain value",
                "seeds: [[[[[[[[[[1]]]]]]]]]] | nested too deep; a study file needs no more than 8 levels",
                "--- | a second YAML document starts here; there may be one only",
            })
    void wrongLineIsNamed(String line, String message) throws IOException {
        String expected = message.startsWith("a second YAML") ? "s.yaml:6: " : "s.yaml:5: ";
        String text = line.equals("---") ? HEAD + "---\na: 1\n" : HEAD + line + "\n";
        assertThat(error(text, Map.of())).isEqualTo(expected + message);
    }

    /** In place of the datasets in line 2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[brestmnist] | unknown dataset \"brestmnist\"; did you mean \"breastmnist\"?",
                "[imagenet] | unknown dataset \"imagenet\"; `osler datasets` lists the known ones; files are named as {path: FILE.npz}, {path: FOLDER} or {path: MANIFEST.csv}",
                "[] | datasets is an empty list; name at least one",
                "[breastmnist, breastmnist] | datasets: a second dataset is called \"breastmnist\"; leave it out or give it a name of its own",
                "[x.npz] | path: there is no file x.npz",
                "[{path: x.npz}] | path: there is no file x.npz",
                "['x_{size}.npz'] | path: there is no file x_224.npz",
                "[{path: s.yaml}] | path: s.yaml is no .npz file, no folder of class folders and no .csv manifest",
                "[{path: ., colums: {}}] | unknown key \"colums\" in a dataset of images; did you mean \"columns\"?",
                "[{path: ., fit: zoom}] | unknown fit \"zoom\"; valid: stretch, crop, pad",
                "[{path: ., window: [5, 5]}] | window: \"5\" is listed twice",
                "[{path: ., window: [5, 1]}] | window takes two numbers, the values that become black and white, as in [0, 4095]; here are [5.0, 1.0]",
                "[{path: ., splits: {train: 1}}] | \"val\" is missing in splits",
                "[{path: ., size: 5000}] | size: 5000 is out of range; it must be a whole number from 8 to 4096",
                "[{path: x.csv}] | path: there is no file or folder x.csv",
                "[{file: x.npz}] | unknown key \"file\" in a dataset; valid: path, name, task, labels",
                "[{name: x}] | \"path\" is missing in a dataset",
                "[{phantom: {task: binry}}] | unknown task \"binry\"; did you mean \"binary\"?",
                "[{phantom: {classes: 2}}] | \"task\" is missing in phantom",
                "[{phantom: {task: binary, classes: 3}}] | classes: 3 is out of range; it must be a whole number from 2 to 2",
                "[{phantom: {task: multi-class}}] | \"classes\" is missing in phantom",
                "[{phantom: {task: binary, size: 20}}] | size: 20 is out of range; it must be a whole number from 28 to 224",
                "[{phantom: {task: binary, channels: 2}}] | unknown channels \"2\"; valid: 1, 3",
                "[{phantom: {task: binary}, name: breastmnist}] | \"breastmnist\" is the name of an official dataset; give another name",
                "[{phantom: {task: binary}, name: a/b}] | \"a/b\" is no name; give a name of letters, digits, . _ -",
            })
    void wrongDatasetIsNamed(String datasets, String message) throws IOException {
        assertThat(error(HEAD.replace("[breastmnist]", datasets), Map.of())).isEqualTo("s.yaml:2: " + message);
    }

    /** In place of the strategies in line 4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[finetune] | unknown strategy \"finetune\"; did you mean \"fine-tune\"?",
                "[fine-tune, fine-tune] | strategies: \"fine-tune\" is listed twice; give it lists of values instead",
                "[{fine-tune: {encoder_lr: 1}}] | unknown key \"encoder_lr\" in fine-tune; did you mean \"encoder-lr\"?",
                "[{fine-tune: {encoder-lr: -1e-4}}] | encoder-lr: -1e-4 is out of range; it must be above 0, at most 1",
                "[{fine-tune: {encoder-lr: [1e-4, 0.0001]}}] | encoder-lr: \"0.0001\" is listed twice",
                "[{fine-tune: {encoder-lr: {vti: 1e-4}}}] | unknown key \"vti\" in encoder-lr; did you mean \"vit\"?",
                "[{fine-tune: {head-lr: []}}] | head-lr is an empty list; name at least one",
                "[{linear-probe: {head-lr: fast}}] | head-lr: \"fast\" is not a number; it must be above 0, at most 1",
                "[{linear-probe: {head-lr: .inf}}] | head-lr: \".inf\" is not a number; it must be above 0, at most 1",
                "[{linear-probe: 1e-3}] | linear-probe is a map with the keys head-lr; here is \"1e-3\"",
                "[{nearest-neighbours: {k: 0}}] | k: 0 is out of range; it must be a whole number from 1 to 10000",
            })
    void wrongStrategyIsNamed(String strategies, String message) throws IOException {
        assertThat(error(HEAD.replace("[linear-probe]", strategies), Map.of())).isEqualTo("s.yaml:4: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "seed | 1 | unknown key \"seed\"; did you mean \"seeds\"?",
                "recpe.iterations | 1 | unknown key \"recpe.iterations\"; did you mean \"recipe.iterations\"?",
                "recipe.iteration | 1 | unknown key \"iteration\" in recipe; did you mean \"iterations\"?",
                "recipe.iterations | few | iterations: \"few\" is not a whole number from 1 to 100000000",
                "seeds | [0 | no valid YAML: expected ',' or ']', but got <stream end>",
                "data-dir | /no/where | data-dir: there is no folder /no/where",
                "weights.vit_tny_patch16_224 | x | weights: \"vit_tny_patch16_224\" is no encoder of this study; did you mean \"vit_tiny_patch16_224\"?",
                "weights.vit_tiny_patch16_224 | no.safetensors | weights: there is no file or folder no.safetensors",
                "encoders | resnet81 | unknown encoder \"resnet81\"; did you mean \"resnet18.a1_in1k\"?",
                "encoders | ViT-Tii/16 | unknown encoder \"ViT-Tii/16\"; did you mean \"vit_tiny_patch16_224.augreg_in21k_ft_in1k\"?",
                "encoders | gpt | unknown encoder \"gpt\"; `osler models` lists the known ones",
                "size | 100 | unknown size \"100\"; valid: 28, 64, 128, 224",
            })
    void wrongOverrideIsNamed(String key, String value, String message) throws IOException {
        assertThat(error(HEAD, Map.of(key, value))).isEqualTo("--set " + key + "=" + value + ": " + message);
    }

    @Test
    void emptyOverrideIsNamed() throws IOException {
        assertThat(error(HEAD, Map.of("seeds", "")))
                .isEqualTo("--set seeds=: seeds takes a single value; here is nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"study", "datasets", "encoders", "strategies"})
    void missingKeyIsNamed(String key) throws IOException {
        String text = HEAD.replaceFirst("(?m)^" + key + ":.*\n", "");
        assertThat(error(text, Map.of())).isEqualTo("s.yaml:1: \"" + key + "\" is missing in a study");
    }

    @Test
    void studyNameThatIsNoFileNameIsNamed() throws IOException {
        assertThat(error(HEAD.replace("study: s", "study: ../s"), Map.of()))
                .isEqualTo("s.yaml:1: study: \"../s\" is no name; it may hold letters, digits, . _ -");
    }

    @Test
    void brokenYamlIsNamedByItsLine() throws IOException {
        assertThat(error("study: s\ndatasets: [breastmnist\nencoders: x\n", Map.of()))
                .isEqualTo("s.yaml:3: no valid YAML: expected ',' or ']', but got :");
        assertThat(error("study: s\n\tdatasets: x\n", Map.of())).startsWith("s.yaml:2: no valid YAML: found character");
        assertThat(error("[x]: 3\n", Map.of())).startsWith("s.yaml:1: no valid YAML: ");
    }

    @Test
    void fileThatIsNoStudyIsNamed() throws IOException {
        assertThat(error("", Map.of())).startsWith("s.yaml:1: the file is empty");
        assertThat(error("- a\n", Map.of())).startsWith("s.yaml:1: a study is a map with the keys study, datasets");
        assertThat(error(new byte[] {(byte) 0xff, (byte) 0xfe, 0}, Map.of())).isEqualTo("s.yaml is no text in UTF-8");
        assertThat(error(new byte[(1 << 20) + 1], Map.of()))
                .isEqualTo("s.yaml is larger than 1 MiB; that is no study file");
        assertThat(catchThrowable(() -> StudyFile.read(Path.of("no.yaml"), Map.of())))
                .isInstanceOf(InputException.class)
                .hasMessage("there is no study file no.yaml");
        assertThat(catchThrowable(() -> StudyFile.read(folder, Map.of())))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("is a folder; name the study file in it");
    }

    @Test
    void billionLaughsAreRefusedAtTheFirst() throws IOException {
        assertThat(error("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", Map.of()))
                .startsWith("s.yaml:1: anchors and aliases");
    }
}
