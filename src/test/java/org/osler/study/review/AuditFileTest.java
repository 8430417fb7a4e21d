package org.osler.study.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Split;
import org.osler.data.image.Picture;
import org.osler.data.review.Cause;
import org.osler.data.review.Division;
import org.osler.data.review.GroupColumn;
import org.osler.metric.Task;
import org.osler.metric.Units;

class AuditFileTest {

    private static final String HASH = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private static Audit audit(GroupColumn groups) {
        var side = new PicturedPair.Side(Split.TEST, "a ä.png", "benign", new Picture(1, 2, 1, new byte[] {-1, 7}));
        return new Audit(
                Audit.FORMAT,
                "key",
                "mine",
                HASH,
                Task.BINARY,
                List.of("benign", "malignant"),
                Map.of(Split.TRAIN, 4, Split.VAL, 2, Split.TEST, 3),
                new int[][] {{0}, {1}, {0}},
                new int[] {0, 1, 0},
                groups,
                null,
                List.of(new Audit.Tally(Set.of(Cause.IDENTICAL), Split.TEST, Split.TRAIN, 1, 0)),
                Map.of(Cause.IDENTICAL, List.of(2)),
                List.of(new PicturedPair(Cause.SIMILAR, 0.5, "", side, side), unmeasured(side)),
                List.of(new Division("sex", List.of("f", "m"), List.of(0, 1, 0))));
    }

    private static PicturedPair unmeasured(PicturedPair.Side side) {
        return new PicturedPair(Cause.GROUP, Double.NaN, "p1", side, side);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        AuditFile.write(folder, audit(new GroupColumn("patient", true, 3, 9)));
        Audit read = AuditFile.find(folder, "mine", HASH).orElseThrow();
        var mapper = new ObjectMapper();
        // As trees: the order of a Map.of is another in every process.
        assertThat(mapper.<JsonNode>valueToTree(read))
                .isEqualTo(mapper.<JsonNode>valueToTree(audit(new GroupColumn("patient", true, 3, 9))));
        assertThat(read.units()).isEqualTo(new Units(0, 1, 0));
        assertThat(read.testLabels()).isDeepEqualTo(new int[][] {{0}, {1}, {0}});
        assertThat(read.testInTrain(read.lookedFor()).stream()).containsExactly(2);
        assertThat(read.pairs().get(0).later().picture().pixels()).containsExactly(-1, 7);
        assertThat(read.pairs().get(1).similarity()).isNaN();
        assertThat(AuditFile.all(folder)).hasSize(1);
        assertThat(AuditFile.find(folder, "mine", HASH.replace('f', 'e'))).isEmpty();
    }

    @Test
    void aDamagedFileCountsAsNone() throws IOException {
        AuditFile.write(folder, audit(null));
        Path file = folder.resolve("audit/mine-01234567.json");
        Files.writeString(file, Files.readString(file).substring(0, 80));
        assertThat(AuditFile.find(folder, "mine", HASH)).isEmpty();
        assertThat(AuditFile.all(folder)).isEmpty();
        Files.writeString(file, "{\"format\": 99}");
        assertThat(AuditFile.all(folder)).isEmpty();
    }
}
