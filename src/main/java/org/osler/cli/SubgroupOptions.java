package org.osler.cli;

import java.util.List;
import org.osler.InputException;
import org.osler.study.StudyOptions;
import picocli.CommandLine.Option;

/** By which columns of a manifest test images are divided into subgroups. */
final class SubgroupOptions {

    private static final String DATASETS = "datasets";
    private static final String SUBGROUPS = "subgroups";

    @Option(
            names = "--subgroups",
            paramLabel = "COLUMN[=EDGE/EDGE…]",
            split = ",",
            description =
                    "Columns of a manifest by which test images are divided, e.g. sex,age; numbers are cut at edges, if"
                            + " given: sex,age=40/60.")
    private List<String> columns;

    /** Whether any are asked for. */
    boolean given() {
        return columns != null;
    }

    /** Says them as a study would. */
    void say(StudyOptions options, String data) {
        if (columns == null) {
            return;
        }
        if (!ImageOptions.suit(data)) {
            throw new InputException("--subgroups names columns of a manifest; " + data + " is none");
        }
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            int equals = column.indexOf('=');
            List<String> edges = equals < 0
                    ? List.of()
                    : List.of(column.substring(equals + 1).split("/", -1));
            options.sayItem(
                    "--subgroups " + column,
                    List.of(DATASETS, SUBGROUPS),
                    equals < 0 ? column : column.substring(0, equals),
                    edges);
        }
    }
}
