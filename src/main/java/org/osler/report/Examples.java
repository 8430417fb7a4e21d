package org.osler.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.osler.metric.Task;
import org.osler.report.ReportModel.Example;

/** Picks the test images that show best what a row's runs can and cannot do. */
final class Examples {

    private final Task task;
    private final List<String> names;
    private final Verdicts mean;
    private final List<Verdicts> runs;

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
        List<Question> questions = examples.questions();
        var picked = new ArrayList<Example>();
        int mistakes = (2 * count + 2) / 3;
        var seen = new HashSet<Integer>();
        questions.stream()
                .filter(question -> !question.right())
                .sorted(Comparator.comparingDouble(Question::truthScore))
                .filter(question -> seen.add(question.index()))
                .limit(mistakes)
                .map(examples::example)
                .forEach(picked::add);
        seen.clear();
        picked.forEach(example -> seen.add(example.index()));
        int rights = count - mistakes;
        for (int turn = 0; turn < rights; turn++) {
            int wanted = examples.classInTurn(turn);
            questions.stream()
                    .filter(question -> question.right() && !seen.contains(question.index()))
                    .min(Comparator.comparing((Question question) -> examples.kind(question) != wanted)
                            .thenComparing(Comparator.comparingDouble(Question::truthScore)
                                    .reversed()))
                    .ifPresent(question -> {
                        seen.add(question.index());
                        picked.add(examples.example(question));
                    });
        }
        return List.copyOf(picked);
    }

    private int classInTurn(int turn) {
        return turn % names.size();
    }

    /** The class that a right answer shows; multi-label: the label, if it is there, for its absence shows nothing. */
    private int kind(Question question) {
        if (task != Task.MULTI_LABEL) {
            return question.truth();
        }
        return question.truth() == 1 ? question.question() : -1;
    }

    private List<Question> questions() {
        return IntStream.range(0, mean.labels().length)
                .boxed()
                .flatMap(i -> IntStream.range(0, mean.questions()).mapToObj(q -> question(i, q)))
                .toList();
    }

    private Question question(int i, int q) {
        int truth = mean.truth(i, q);
        return new Question(i, q, truth, mean.score(i, q, truth), mean.right(i, q));
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
