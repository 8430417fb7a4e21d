package org.osler.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osler.metric.Evaluation;

/** The columns of {@code results.csv}: one row a trial. */
final class ResultColumns {

    /** In the order in which they are written. */
    static final List<Column<TrialResult>> ALL = all();

    private ResultColumns() {}

    private static List<Column<TrialResult>> all() {
        List<Column<TrialResult>> columns = new ArrayList<>();
        columns.add(Column.of("trial", result -> result.trial().id()));
        SettingColumns.ALL.forEach(column -> columns.add(column.of(TrialResult::trial)));
        columns.add(Column.of("seed", result -> result.trial().seed()));
        columns.addAll(data());
        columns.addAll(evaluation("val_", TrialResult::val));
        columns.addAll(evaluation("", TrialResult::test));
        columns.addAll(perClass());
        columns.add(Column.of("best_epoch", result -> result.best().epoch()));
        columns.add(Column.of("best_iteration", result -> result.best().iteration()));
        columns.add(Column.of("seconds", TrialResult::seconds));
        columns.addAll(provenance());
        return List.copyOf(columns);
    }

    private static List<Column<TrialResult>> data() {
        return List.of(
                Column.of("task", result -> result.data().task().id()),
                Column.of("channels", result -> result.data().channels()),
                Column.of("height", result -> result.data().height()),
                Column.of("width", result -> result.data().width()),
                Column.of("train_images", result -> result.data().train()),
                Column.of("val_images", result -> result.data().val()),
                Column.of("test_images", result -> result.data().test()));
    }

    private static List<Column<TrialResult>> evaluation(String prefix, Function<TrialResult, Evaluation> of) {
        return List.of(
                Column.of(prefix + "acc", result -> of.apply(result).accuracy()),
                Column.of(prefix + "auc", result -> of.apply(result).auc()),
                Column.of(prefix + "balanced_acc", result -> of.apply(result).balancedAccuracy()),
                Column.of(prefix + "ece", result -> of.apply(result).ece()),
                Column.of(prefix + "brier", result -> of.apply(result).brier()));
    }

    private static List<Column<TrialResult>> perClass() {
        return List.of(
                Column.of("classes", result -> names(result.data().labels())),
                Column.of("class_support", result -> ints(result.test().support())),
                Column.of("class_sensitivity", result -> result.test().sensitivity()),
                Column.of("class_specificity", result -> result.test().specificity()),
                Column.of("class_auc", result -> result.test().classAuc()),
                Column.of("class_f1", result -> result.test().f1()),
                Column.of("confusion", result -> confusion(result.test().confusion())));
    }

    private static List<Column<TrialResult>> provenance() {
        return List.of(
                made("osler", Provenance::osler),
                made("commit", Provenance::commit),
                made("libtorch", Provenance::libtorch),
                made("jvm", Provenance::jvm),
                made("os", Provenance::os),
                made("cpu", Provenance::cpu),
                made("threads", Provenance::threads),
                made("device", Provenance::device),
                made("weights_sha256", Provenance::weightsSha256),
                made("data_md5", Provenance::dataMd5),
                made("started", Provenance::started),
                made("finished", Provenance::finished));
    }

    private static Column<TrialResult> made(String name, Function<Provenance, Object> value) {
        return Column.of(name, result -> value.apply(result.provenance()));
    }

    /** Semicolons divide the names. */
    private static List<String> names(List<String> labels) {
        return labels.stream().map(label -> label.replace(';', ',')).toList();
    }

    private static List<Integer> ints(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** Rows divided by bars. */
    private static String confusion(int[][] counts) {
        return Arrays.stream(counts)
                .map(row -> Arrays.stream(row).mapToObj(Integer::toString).collect(Collectors.joining(";")))
                .collect(Collectors.joining("|"));
    }
}
