package org.osler.data.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osler.data.Metadata;
import org.osler.data.Split;

class LeaksTest {

    private static final Link.Between TEST_IN_TRAIN = new Link.Between(Split.TEST, Split.TRAIN);

    /** One row an image: its file and its patient. */
    private static Metadata metadata(
            String group, String column, List<String> train, List<String> val, List<String> test) {
        Map<Split, List<List<String>>> rows = new EnumMap<>(Split.class);
        rows.put(Split.TRAIN, train.stream().map(cell -> List.of("a.png", cell)).toList());
        rows.put(Split.VAL, val.stream().map(cell -> List.of("b.png", cell)).toList());
        rows.put(Split.TEST, test.stream().map(cell -> List.of("c.png", cell)).toList());
        return new Metadata(group, List.of("image", column), rows);
    }

    @Test
    void groupsThatSplitsShareAreCountedByImages() {
        Metadata metadata = metadata(
                "patient",
                "patient",
                List.of("p1", "p1", "p2", "", ""),
                List.of("p2", "p3"),
                List.of("p3", "p1", "", "p1"));
        List<Link> links = SharedGroups.of(metadata, "patient");
        assertThat(links)
                .containsExactly(
                        new Link(Cause.GROUP, Split.TEST, 1, Split.TRAIN, 0, 2, Double.NaN),
                        new Link(Cause.GROUP, Split.TEST, 3, Split.TRAIN, 0, 2, Double.NaN),
                        new Link(Cause.GROUP, Split.TEST, 0, Split.VAL, 1, 1, Double.NaN),
                        new Link(Cause.GROUP, Split.VAL, 0, Split.TRAIN, 2, 1, Double.NaN));
        Leaks leaks = new Leaks(links);
        assertThat(leaks.testInTrain(Set.of(Cause.GROUP)).stream()).containsExactly(1, 3);
        assertThat(leaks.testInTrain(Set.of(Cause.IDENTICAL)).stream()).isEmpty();
    }

    @Test
    void imagesOfUnknownGroupsBelongTogetherWithNone() {
        Metadata metadata =
                metadata("patient", "patient", List.of("NA", "unknown"), List.of("?"), List.of("na", "Unknown"));
        assertThat(SharedGroups.of(metadata, "patient")).isEmpty();
    }

    @Test
    void anImageWithSeveralCausesIsCountedOnce() {
        Leaks leaks = new Leaks(List.of(
                new Link(Cause.IDENTICAL, Split.TEST, 5, Split.TRAIN, 0, 1, 1),
                new Link(Cause.SIMILAR, Split.TEST, 5, Split.TRAIN, 0, 2, 1),
                new Link(Cause.SIMILAR, Split.TEST, 6, Split.TRAIN, 3, 1, 0.9),
                new Link(Cause.SIMILAR, Split.TEST, 7, Split.VAL, 3, 1, 0.9)));
        assertThat(leaks.testInTrain(Set.of(Cause.values())).stream()).containsExactly(5, 6);
        assertThat(TEST_IN_TRAIN).isEqualTo(leaks.links().get(0).between());
    }

    @Test
    void aColumnThatLooksLikeGroupsIsFound() {
        List<String> train = List.of("p1", "p1", "p2", "p2", "p3", "p4", "p5");
        for (String name : List.of("patient", "lesion_id", "PatientID", "case", "subject no", "mrn", "exam_uid")) {
            assertThat(GroupColumn.of(metadata(null, name, train, List.of("p6"), List.of("p1"))))
                    .as(name)
                    .contains(new GroupColumn(name, true, 6, 9));
        }
        for (String name : List.of("age", "sex", "site", "paid", "localization", "casework")) {
            assertThat(GroupColumn.of(metadata(null, name, train, List.of("p6"), List.of("p1"))))
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void columnsOfSitesOrOfSingleImagesAreNoGroups() {
        List<String> all = List.of("1", "2", "3", "4", "5", "6", "7");
        assertThat(GroupColumn.of(metadata(null, "exam_id", all, List.of("8"), List.of("9"))))
                .isEmpty();
        assertThat(GroupColumn.of(metadata(null, "site_id", List.of("a", "a", "a"), List.of("b"), List.of("b"))))
                .isEmpty();
    }

    /** Slices and acquisitions have the fewest values, and patients fewer than series. */
    @Test
    void patientsComeBeforeWhatTheyHaveAndSlicesAreNone() {
        List<String> columns = List.of("image", "slice_id", "acquisition_id", "series_uid", "patient_id");
        List<List<String>> train = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            train.add(List.of("i" + i, "s" + i % 6, "a" + i % 7, "r" + i / 2, "p" + i / 4));
        }
        var rows = Map.of(Split.TRAIN, train, Split.VAL, List.<List<String>>of(), Split.TEST, List.<List<String>>of());
        assertThat(GroupColumn.of(new Metadata(null, columns, rows)))
                .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo("patient_id"));
        var without = new Metadata(
                null,
                columns.subList(0, 4),
                Map.of(
                        Split.TRAIN,
                                train.stream().map(row -> row.subList(0, 4)).toList(),
                        Split.VAL, List.of(),
                        Split.TEST, List.of()));
        assertThat(GroupColumn.of(without))
                .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo("series_uid"));
    }

    @Test
    void theColumnThatWasNamedIsTaken() {
        Metadata metadata = metadata("owner", "owner", List.of("x", "x"), List.of("y"), List.of("x"));
        assertThat(GroupColumn.of(metadata)).contains(new GroupColumn("owner", false, 2, 4));
    }
}
