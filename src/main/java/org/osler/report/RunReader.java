package org.osler.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.metric.Evaluation;
import org.osler.metric.Metric;
import org.osler.report.ReportModel.Bin;
import org.osler.report.ReportModel.ClassResult;
import org.osler.report.ReportModel.Detail;
import org.osler.report.ReportModel.Point;
import org.osler.report.ReportModel.Run;
import org.osler.report.ReportModel.Scores;
import org.osler.study.Provenance;
import org.osler.study.Strategy;
import org.osler.study.Trial;
import org.osler.study.TrialResult;

/** One trial's result as the page shows it. */
final class RunReader {

    private RunReader() {}

    /**
     * Reads a run.
     *
     * @param judgement what the single test images tell; empty if their labels are not to be had
     * @param resamples where what was drawn is kept
     * @param detailed whether to keep what the classifier does class by class
     */
    static Run run(TrialResult result, Optional<Judgement.OfRun> judgement, Resamples resamples, boolean detailed) {
        Trial trial = result.trial();
        List<Point> curve = trial.strategy() instanceof Strategy.NearestNeighbours
                ? List.of()
                : result.curve().stream()
                        .map(p -> new Point(p.epoch(), p.iteration(), p.trainLoss(), p.valAccuracy(), p.valAuc()))
                        .toList();
        return new Run(
                trial.id(),
                trial.seed(),
                trial.strategy().settings(),
                scores(result.val()),
                scores(result.test()),
                judgement.flatMap(j -> resamples.interval(trial.id(), Metric.ACCURACY, j.accuracies())),
                judgement.flatMap(j -> resamples.interval(trial.id(), Metric.AUC, j.aucs())),
                curve,
                curve.isEmpty() ? -1 : result.curve().indexOf(result.best()),
                detailed
                        ? Optional.of(detail(
                                result.test(),
                                judgement.map(Judgement.OfRun::bins).orElse(List.of())))
                        : Optional.empty(),
                result.seconds(),
                provenance(trial, result.provenance()));
    }

    private static Scores scores(Evaluation evaluation) {
        return new Scores(evaluation.accuracy(), evaluation.auc());
    }

    private static Detail detail(Evaluation test, List<Bin> calibration) {
        var classes = new ArrayList<ClassResult>();
        for (int k = 0; k < test.support().length; k++) {
            classes.add(new ClassResult(
                    test.sensitivity()[k], test.specificity()[k], test.classAuc()[k], test.f1()[k], test.support()[k]));
        }
        double[][] confusion = Arrays.stream(test.confusion())
                .map(line -> Arrays.stream(line).asDoubleStream().toArray())
                .toArray(double[][]::new);
        return new Detail(classes, confusion, calibration, test.ece(), test.brier());
    }

    private static Map<String, String> provenance(Trial trial, Provenance made) {
        var provenance = new LinkedHashMap<String, String>();
        provenance.put("Osler", made.osler() + " (" + made.commit() + ")");
        provenance.put("libtorch", made.libtorch());
        provenance.put("JVM", made.jvm());
        provenance.put("system", made.os());
        provenance.put("processor", made.cpu());
        provenance.put("device", made.device());
        provenance.put("threads", String.valueOf(made.threads()));
        provenance.put("precision", Settings.word(trial.precision()));
        provenance.put("recipe", trial.recipe().name());
        provenance.put("input", trial.input() + " px, " + trial.resize().id());
        provenance.put("encoder", trial.encoder());
        provenance.put("weights SHA-256", made.weightsSha256());
        provenance.put("data MD5", made.dataMd5());
        provenance.put("finished", Dates.text(made.finished()));
        return provenance;
    }
}
