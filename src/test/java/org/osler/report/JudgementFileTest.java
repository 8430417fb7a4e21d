package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;

/** What a report remembers of the one before. */
class JudgementFileTest {

    @TempDir
    private Path folder;

    private DatasetResolver datasets;
    private String first;

    @BeforeEach
    void firstReport() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        datasets = new DemoGrid(2, 2, folder).fill(results);
        first = report();
        assertThat(cache()).exists();
    }

    /** The report's text without the minute that it was made in. */
    private String report() throws IOException {
        String page = Files.readString(Report.write(folder.resolve("results"), datasets));
        return page.replaceAll("\\d{1,2} \\w+ \\d{4}, \\d{2}:\\d{2} UTC", "");
    }

    private Path cache() {
        return folder.resolve("results").resolve(JudgementFile.NAME);
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("results/results.db"));
                var run = connection.createStatement()) {
            run.executeUpdate(statement);
        }
    }

    @Test
    void theNextReportIsTheSameAndJudgesNothingAgain() throws IOException, SQLException {
        assertThat(report()).isEqualTo(first);
        // Of the second dataset, which is not binary: DeLong's test reads the scores of those.
        sql("UPDATE score SET data = x'00' WHERE split = 'test' AND trial = 20");
        assertThat(report()).isEqualTo(first);
        Files.delete(cache());
        assertThatThrownBy(this::report).isInstanceOf(InputException.class).hasMessageContaining("damaged");
    }

    @Test
    void otherScoresAreJudgedAnew() throws IOException, SQLException {
        // Another trial's scores take this one's place, with their checksum.
        sql("UPDATE score SET (data, checksum) = (SELECT data, checksum FROM score WHERE trial = 1 AND split = 'test')"
                + " WHERE split = 'test' AND trial = 5");
        String changed = report();
        assertThat(changed).isNotEqualTo(first);
        Files.delete(cache());
        assertThat(report()).isEqualTo(changed);
    }

    @Test
    void damagedItIsMadeAgain() throws IOException {
        byte[] whole = Files.readAllBytes(cache());
        for (int at : new int[] {0, 3, 7, whole.length / 2, whole.length - 1}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(cache(), damaged);
            assertThat(report()).isEqualTo(first);
            assertThat(Files.readAllBytes(cache())).hasSameSizeAs(whole).isNotEqualTo(damaged);
        }
        Files.write(cache(), new byte[5]);
        assertThat(report()).isEqualTo(first);
    }
}
