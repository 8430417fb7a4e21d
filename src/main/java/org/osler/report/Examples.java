package org.osler.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osler.metric.Task;
import org.osler.report.ReportModel.Example;

/** Picks the test images that show best what a row's runs can and cannot do. */
final class Examples {

    private final Task task;
    private final List<String> names;
    private final Verdicts mean;
    private final List<Verdicts> runs;
    private final List<Example> picked = new ArrayList<>();
    private final Set<Integer> seen = new HashSet<>();

    /** A question about a case, with the mean score of the true answer. */
    private record Question(int index, int question, int truth, double truthScore, boolean right) {}

    private Examples(List<String> names, List<Verdicts> runs) {
        this.task = runs.get(0).task();
        this.names = names;
        this.runs = runs;
        this.mean = new Verdicts(task, runs.get(0).labels(), mean(runs));
    }

    /**
     * Judges by the mean score over the runs: first the mistakes that give the true answer the lowest score, then right
     * answers that give it the highest, of each class in turn. An image appears once at most.
     *
     * @param names of the labels
     * @param runs verdicts of the row's runs on the same cases, at least one
     * @param count of images in all; two thirds of them mistakes, if there are as many
     */
    static List<Example> pick(List<String> names, List<Verdicts> runs, int count) {
        var examples = new Examples(names, runs);
        int mistakes = (2 * count + 2) / 3;
        for (int i = 0; i < mistakes; i++) {
            examples.add(examples.worstMistake());
        }
        for (int turn = 0; turn < count - mistakes; turn++) {
            examples.add(examples.bestRight(examples.classInTurn(turn)));
        }
        return List.copyOf(examples.picked);
    }

    private void add(Optional<Question> question) {
        question.ifPresent(found -> {
            seen.add(found.index());
            picked.add(example(found));
        });
    }

    private int classInTurn(int turn) {
        return turn % names.size();
    }

    /** The class that a right answer shows; multi-label: the label, if it is there, for its absence shows nothing. */
    private int kind(int question, int truth) {
        if (task != Task.MULTI_LABEL) {
            return truth;
        }
        return truth == 1 ? question : -1;
    }

    /** The mistake that gives the true answer the lowest score, of images not picked yet; of equal ones the first. */
    private Optional<Question> worstMistake() {
        Question worst = null;
        for (int i = 0; i < mean.labels().length; i++) {
            if (!seen.contains(i)) {
                for (int q = 0; q < mean.questions(); q++) {
                    if (!mean.right(i, q) && (worst == null || truthScore(i, q) < worst.truthScore())) {
                        worst = question(i, q);
                    }
                }
            }
        }
        return Optional.ofNullable(worst);
    }

    /** The right answer of a kind that gives it the highest score, if there is none of it of any, likewise. */
    private Optional<Question> bestRight(int wanted) {
        Question best = null;
        for (int i = 0; i < mean.labels().length; i++) {
            if (!seen.contains(i)) {
                for (int q = 0; q < mean.questions(); q++) {
                    if (mean.right(i, q) && (best == null || isBetter(i, q, best, wanted))) {
                        best = question(i, q);
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isBetter(int i, int q, Question best, int wanted) {
        boolean wantedHere = kind(q, mean.truth(i, q)) == wanted;
        boolean wantedThere = kind(best.question(), best.truth()) == wanted;
        return wantedHere == wantedThere ? truthScore(i, q) > best.truthScore() : wantedHere;
    }

    private double truthScore(int i, int q) {
        return mean.score(i, q, mean.truth(i, q));
    }

    private Question question(int i, int q) {
        return new Question(i, q, mean.truth(i, q), truthScore(i, q), mean.right(i, q));
    }

    private Example example(Question question) {
        int i = question.index();
        int q = question.question();
        int answer = mean.answer(i, q);
        int wrong = (int) runs.stream().filter(run -> !run.right(i, q)).count();
        return new Example(
                i,
                name(q, question.truth()),
                name(q, answer),
                question.truthScore(),
                mean.score(i, q, answer),
                question.right(),
                wrong);
    }

    private String name(int question, int answer) {
        if (task != Task.MULTI_LABEL) {
            return names.get(answer);
        }
        return answer == 1 ? names.get(question) : "no " + names.get(question);
    }

    private static double[][] mean(List<Verdicts> runs) {
        double[][] first = runs.get(0).scores();
        double[][] mean = new double[first.length][first[0].length];
        for (Verdicts run : runs) {
            for (int i = 0; i < mean.length; i++) {
                for (int c = 0; c < mean[i].length; c++) {
                    mean[i][c] += run.scores()[i][c] / runs.size();
                }
            }
        }
        return mean;
    }
}
