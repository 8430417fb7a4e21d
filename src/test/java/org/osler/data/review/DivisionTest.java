package org.osler.data.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.osler.InputException;

class DivisionTest {

    private static Division divide(String column, List<Double> edges, String... cells) {
        return Division.of(new SubgroupColumn(column, edges), List.of(cells));
    }

    @Test
    void wordsAreGroupsAndTheUnknownComeLast() {
        Division division = divide("sex", List.of(), "male", "female", "", "unknown", "male", "NA");
        assertThat(division.names()).containsExactly("female", "male", "unknown");
        assertThat(division.member()).containsExactly(1, 0, 2, 2, 1, 2);
    }

    @Test
    void agesAreCutWhereCliniciansCutThem() {
        Division division =
                divide("age", List.of(), "0.0", "29.0", "30.0", "44.9", "45", "59", "60", "74", "75", "90", "", "31");
        assertThat(division.names())
                .containsExactly("< 30", "30 to < 45", "45 to < 60", "60 to < 75", "≥ 75", "unknown");
        assertThat(division.member()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 1);
    }

    @Test
    void bandsOfWholeNumbersAreNamedByTheirLast() {
        Division division = divide("age_years", List.of(), "5", "31", "32", "33", "46", "47", "61", "62", "76");
        assertThat(division.names()).containsExactly("< 30", "30–44", "45–59", "60–74", "≥ 75");
    }

    @Test
    void edgesThatAreGivenCount() {
        Division division = divide("age", List.of(40.0, 41.0), "39", "40", "41");
        assertThat(division.names()).containsExactly("< 40", "40", "≥ 41");
        assertThat(division.member()).containsExactly(0, 1, 2);
        assertThatThrownBy(() -> divide("sex", List.of(40.0), "male"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has values that are no numbers, such as \"male\"");
    }

    @Test
    void fewNumbersAreGroupsByValue() {
        Division division = divide("grade", List.of(), "10", "2", "2.0", "3");
        assertThat(division.names()).containsExactly("2", "3", "10");
        assertThat(division.member()).containsExactly(2, 0, 0, 1);
    }

    @Test
    void otherNumbersAreCutAtTheirQuartiles() {
        String[] cells = IntStream.rangeClosed(1, 12).mapToObj(String::valueOf).toArray(String[]::new);
        assertThat(divide("thickness", List.of(), cells).names()).containsExactly("< 4", "4–6", "7–9", "≥ 10");
        String[] mostlyZero = IntStream.range(0, 60)
                .mapToObj(i -> String.valueOf(Math.max(0, i - 50)))
                .toArray(String[]::new);
        assertThat(divide("thickness", List.of(), mostlyZero).names()).containsExactly("< 1", "≥ 1");
    }

    @Test
    void theRarestOfVeryManyWordsAreOneGroup() {
        String[] cells =
                IntStream.range(0, 100).mapToObj(i -> "w" + Math.max(i, 10)).toArray(String[]::new);
        Division division = divide("device", List.of(), cells);
        assertThat(division.names()).hasSize(40).contains("w10", "others");
        assertThat(division.member()).hasSize(100);
    }
}
