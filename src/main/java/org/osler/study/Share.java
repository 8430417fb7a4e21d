package org.osler.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osler.InputException;

/**
 * One of several equal parts of a study, for machines that work on it apart: the parts have no trial in common and
 * together are the whole.
 *
 * <p>Trials on features that share an encoder pass stay together; others are dealt one by one. What is dealt is ordered
 * by trial id, a hash, so that large and small encoders mix, and the parts do not depend on the order of a study's lists.
 *
 * @param number which part, from 1
 * @param of how many parts there are
 */
public record Share(int number, int of) {

    /** The only part: the whole study. */
    public static final Share WHOLE = new Share(1, 1);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    public Share {
        if (number < 1 || number > of) {
            throw new InputException(
                    "there is no part " + number + " of " + of + "; the first of 4 is 1/4, the last 4/4");
        }
    }

    /**
     * Reads {@code 2/4}, the second of four parts.
     *
     * @throws InputException if it is of another form, or there is no such part
     */
    public static Share parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InputException("\"" + text + "\" is no part of a study; 2/4 is the second of four");
        }
        return new Share(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether this is all there is. */
    public boolean isWhole() {
        return of == 1;
    }

    /** This part's trials, in the order of the plan; none where there are more parts than work to deal. */
    public Plan of(Plan plan) {
        if (isWhole()) {
            return plan;
        }
        List<Trial> onFeatures = new ArrayList<>();
        List<Trial> others = new ArrayList<>();
        plan.trials().forEach(trial -> (trial.strategy().onFeatures() ? onFeatures : others).add(trial));
        List<List<Trial>> hands = new ArrayList<>(sorted(onFeatures, Plan.Features::of));
        hands.addAll(sorted(others, Trial::id));
        Set<Trial> mine = new HashSet<>();
        for (int i = number - 1; i < hands.size(); i += of) {
            mine.addAll(hands.get(i));
        }
        return new Plan(plan.trials().stream().filter(mine::contains).toList());
    }

    private static List<List<Trial>> sorted(List<Trial> trials, Function<Trial, Object> together) {
        Map<Object, List<Trial>> hands = new LinkedHashMap<>();
        for (Trial trial : trials) {
            hands.computeIfAbsent(together.apply(trial), any -> new ArrayList<>())
                    .add(trial);
        }
        Comparator<List<Trial>> byFirstId = Comparator.comparing(
                hand -> hand.stream().map(Trial::id).sorted().findFirst().orElseThrow());
        return hands.values().stream().sorted(byFirstId).toList();
    }
}
