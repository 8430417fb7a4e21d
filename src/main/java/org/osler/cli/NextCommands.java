package org.osler.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osler.recommend.Recommendation;
import org.osler.recommend.Standing;
import org.osler.recommend.Untried;
import org.osler.study.Strategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command lines that go on from a recommendation, with the options about data that it was given. */
final class NextCommands {

    /** What other commands do not take, or take otherwise. */
    private static final Set<String> OWN = Set.of("--encoders", "--weights", "--budget", "--out", "--seeds");

    private static final int MINUTE = 60;

    /** Estimates are taken this much larger. */
    private static final double RESERVE = 1.3;

    private final CommandSpec spec;
    private final String data;
    private final EncoderChoices encoders;

    NextCommands(CommandSpec spec, String data, EncoderChoices encoders) {
        this.spec = spec;
        this.data = data;
        this.encoders = encoders;
    }

    /** The command line of the recommendation itself. */
    String asGiven() {
        List<String> words = new ArrayList<>(List.of("osler"));
        words.addAll(spec.commandLine().getParseResult().originalArgs());
        // picocli gives the words of the whole command line only to the root
        if (!words.contains(spec.name())) {
            words.add(1, spec.name());
        }
        return ShellWords.of(words);
    }

    /** The recommendation with them. */
    Recommendation complete(Recommendation found) {
        Standing best = found.standings().get(0);
        List<Recommendation.Next> next = new ArrayList<>();
        next.add(new Recommendation.Next(
                "Train and keep a model on " + best.name(), train(best.encoder(), Strategy.LinearProbe.ID)));
        next.add(new Recommendation.Next(
                "Fine-tune it (--set recipe.iterations=500 for a first look)",
                train(best.encoder(), Strategy.FineTune.ID)));
        if (found.untried().stream().anyMatch(Untried::outOfTime)) {
            next.add(new Recommendation.Next("Try the others, too", again(minutes(found))));
        }
        return found.with(found.fineTuning(), next);
    }

    /** What the others will take; where that is not known, twice the time that was given. */
    private static long minutes(Recommendation found) {
        List<Untried> left = found.untried().stream().filter(Untried::outOfTime).toList();
        boolean known = left.stream().allMatch(each -> each.seconds().isPresent());
        double seconds = known
                ? RESERVE
                        * left.stream()
                                .mapToDouble(each -> each.seconds().getAsDouble())
                                .sum()
                : 2 * found.budgetSeconds();
        return (long) Math.ceil(seconds / MINUTE);
    }

    private String train(String encoder, String strategy) {
        List<String> words = new ArrayList<>(List.of("osler", "train", data, "--encoder", encoder));
        words.addAll(encoders.weightsOf(encoder));
        words.addAll(List.of("--strategy", strategy));
        words.addAll(kept(OWN));
        return ShellWords.of(words);
    }

    private String again(long minutes) {
        List<String> words = new ArrayList<>(List.of("osler", "recommend", data));
        words.addAll(kept(Set.of("--budget")));
        words.addAll(List.of("--budget", minutes + "m"));
        return ShellWords.of(words);
    }

    /** The options that were given, but for some. */
    private List<String> kept(Set<String> others) {
        List<String> words = new ArrayList<>();
        // An option given twice is matched twice, each time with all of its values.
        for (OptionSpec option :
                new LinkedHashSet<>(spec.commandLine().getParseResult().matchedOptions())) {
            if (others.contains(option.longestName())) {
                continue;
            }
            if (takesValues(option)) {
                option.originalStringValues().forEach(value -> words.addAll(List.of(option.longestName(), value)));
            } else {
                words.add(option.longestName());
            }
        }
        return words;
    }

    private static boolean takesValues(ArgSpec option) {
        return option.arity().max() > 0;
    }
}
