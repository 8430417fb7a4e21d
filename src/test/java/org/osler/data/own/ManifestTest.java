package org.osler.data.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osler.data.Dataset;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.metric.Task;

/** Datasets of images that a CSV file lists. */
class ManifestTest extends WithOwnImages {

    @Test
    void aManifestKeepsGroupsTogetherAndItsColumnsReachable() throws IOException {
        StringBuilder csv = new StringBuilder("\ufefffile;dx;patient;age\r\n");
        for (int i = 0; i < 60; i++) {
            String name = "images/bild " + i + " ü.png";
            OwnFiles.grey(data.resolve(name), 30, 30, i % 3 * 80);
            csv.append("\"%s\";%s;%s;%d\r\n".formatted(name, "abc".charAt(i % 3), i < 57 ? "p" + i / 4 : "", 20 + i));
        }
        Path manifest = Files.writeString(data.resolve("list.csv"), csv);
        var columns = new Columns(Optional.of("file"), List.of("dx"), Optional.empty(), Optional.of("patient"));
        ImageSettings settings = OwnFiles.settings(manifest, columns, Optional.of(new Shares(50, 25, 25)), 3, false);
        try (Dataset dataset = open(settings)) {
            assertThat(dataset.task()).isEqualTo(Task.MULTI_CLASS);
            Metadata metadata = dataset.metadata();
            assertThat(metadata.columns()).containsExactly("image", "dx", "patient", "age");
            assertThat(metadata.groupColumn()).contains("patient");
            Map<String, Split> splitOf = new HashMap<>();
            for (Split split : Split.values()) {
                assertThat(dataset.count(split)).isBetween(11, 34);
                List<String> patients = metadata.column(split, "patient").orElseThrow();
                List<String> ages = metadata.column(split, "age").orElseThrow();
                List<String> images = metadata.column(split, "image").orElseThrow();
                for (int i = 0; i < patients.size(); i++) {
                    assertThat(images.get(i))
                            .isEqualTo("images/bild " + (Integer.parseInt(ages.get(i)) - 20) + " ü.png");
                    if (!patients.get(i).isEmpty()) {
                        assertThat(splitOf.putIfAbsent(patients.get(i), split)).isIn(null, split);
                    }
                }
            }
            assertThat(metadata.column(Split.TEST, "height")).isEmpty();
        }
        String hash = hashOf(settings);
        Files.writeString(manifest, csv.toString().replace(";21\r", ";99\r"));
        try (Dataset dataset = open(settings)) {
            assertThat(dataset.hash()).isEqualTo(hash);
            Set<String> ages = new HashSet<>();
            for (Split split : Split.values()) {
                ages.addAll(dataset.metadata().column(split, "age").orElseThrow());
            }
            assertThat(ages).contains("99").doesNotContain("21");
        }
    }

    @Test
    void severalLabelColumnsAreLabelsOfTheirOwn() throws IOException {
        StringBuilder csv = new StringBuilder("image,label:edema,label:effusion,split\n");
        for (int i = 0; i < 24; i++) {
            OwnFiles.grey(data.resolve(i + ".png"), 30, 30, i);
            csv.append("%d.png,%d,%s,%s\n"
                    .formatted(
                            i,
                            i % 2,
                            i % 3 == 0 ? "1.0" : "0.0",
                            List.of("train", "val", "test").get(i / 8)));
        }
        Path manifest = Files.writeString(data.resolve("manifest.csv"), csv);
        try (Dataset dataset = open(OwnFiles.settings(manifest))) {
            assertThat(dataset.task()).isEqualTo(Task.MULTI_LABEL);
            assertThat(dataset.labelNames()).containsExactly("edema", "effusion");
            assertThat(dataset.labels(Split.TRAIN)[3]).containsExactly(1, 1);
            assertThat(dataset.labels(Split.TRAIN)[4]).containsExactly(0, 0);
        }
        Files.writeString(manifest, csv.toString().replace("5.png,1", "5.png,maybe"));
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(manifest)))
                .hasMessageContaining("5.png: edema is \"maybe\"; a label of several is 0 or 1");
    }

    @Test
    void numbersAsLabelsAreInTheOrderOfTheirValues() throws IOException {
        StringBuilder csv = new StringBuilder("image,label\n");
        for (int i = 0; i < 60; i++) {
            OwnFiles.grey(data.resolve(i + ".png"), 30, 30, i);
            csv.append("%d.png,%d\n".formatted(i, i % 2 == 0 ? 10 : 9));
        }
        Path manifest = Files.writeString(data.resolve("manifest.csv"), csv);
        assertThat(OwnImages.read(OwnFiles.settings(manifest)).labelNames()).containsExactly("9", "10");
    }

    @Test
    void everyWrongLineOfAManifestIsNamed() throws IOException {
        OwnFiles.classFolders(data, 3);
        OwnFiles.grey(folder.resolve("outside.png"), 20, 20, 0);
        Files.createSymbolicLink(data.resolve("link.png"), folder.resolve("outside.png"));
        Path manifest = Files.writeString(data.resolve("manifest.csv"), """
                image,label,split
                light/0.png,light,train
                ../outside.png,dark,train
                /etc/passwd,dark,train
                link.png,dark,train
                light/9.png,light,test
                light/1.png,,val
                light/0.png,dark,test
                light/2.png,light,trian
                light/2.png
                """);
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(manifest)))
                .hasMessageContaining("manifest.csv: 8 lines are wrong")
                .hasMessageContaining("line 3: ../outside.png lies outside of")
                .hasMessageContaining("line 4: /etc/passwd lies outside of")
                .hasMessageContaining("line 5: link.png lies outside of")
                .hasMessageContaining("line 6: there is no file light/9.png")
                .hasMessageContaining("line 7 has no label")
                .hasMessageContaining("line 8: light/0.png is listed a second time, first in line 2")
                .hasMessageContaining("line 9: split \"trian\" should be train, val or test")
                .hasMessageContaining("line 10 has 1 values; there are 3 columns");
        Files.writeString(manifest, "picture,label\na.png,x\n");
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(manifest)))
                .hasMessageContaining("has no column \"image\"; it has picture, label");
        Files.write(manifest, new byte[] {'i', 'm', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(manifest))).hasMessageContaining("UTF-8");
    }
}
