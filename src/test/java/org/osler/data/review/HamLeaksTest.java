package org.osler.data.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osler.SharedFiles;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.data.image.Fit;
import org.osler.data.own.Columns;
import org.osler.data.own.ImageSettings;
import org.osler.data.own.OwnImages;

/** HAM10000 with DermaMNIST's splits; counts by Python's csv module. No image is decoded. */
class HamLeaksTest {

    private static Metadata metadata() throws IOException {
        return OwnImages.read(new ImageSettings(
                        "ham10000",
                        SharedFiles.path("data/ham10000/manifest.csv"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Columns.USUAL,
                        Optional.empty(),
                        0,
                        Fit.STRETCH,
                        Optional.empty(),
                        false))
                .metadata();
    }

    @Test
    void lesionsThatSplitsShareAreFoundWithoutBeingNamed() throws IOException {
        Metadata metadata = metadata();
        GroupColumn column = GroupColumn.of(metadata).orElseThrow();
        assertThat(column).isEqualTo(new GroupColumn("lesion_id", true, 7470, 10015));
        Leaks leaks = new Leaks(SharedGroups.of(metadata, column.name()));
        assertThat(leaks.testInTrain(Set.of(Cause.GROUP)).cardinality()).isEqualTo(693);
        assertThat(leaks.links()).filteredOn(link -> link.other() == Split.VAL).hasSize(120);
        assertThat(leaks.links()).filteredOn(link -> link.split() == Split.VAL).hasSize(348);

        Division age = Division.of(
                new SubgroupColumn("age", List.of()),
                metadata.column(Split.TEST, "age").orElseThrow());
        assertThat(age.names()).containsExactly("< 30", "30–44", "45–59", "60–74", "≥ 75", "unknown");
        assertThat(age.names().stream()
                        .map(name -> age.member().stream()
                                .filter(g -> g == age.names().indexOf(name))
                                .count()))
                .containsExactly(130L, 446L, 672L, 475L, 268L, 14L);
    }
}
