package org.osler.recommend;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a recommendation says, in a few sentences. */
final class InWords {

    /** An encoder that needs so much less work than the best is worth naming. */
    private static final double CHEAPER = 2;

    private static final int MOST_NAMES = 4;

    private InWords() {}

    static String of(Recommendation found) {
        List<Standing> standings = found.standings();
        Standing best = standings.get(0);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s fits best: AUC %.1f %% on %,d training images that its probes had not seen%s.",
                best.name(),
                100 * best.auc(),
                found.images(),
                found.groupColumn()
                        .map(column -> String.format(
                                Locale.ROOT, " (%,d groups by %s, each kept together)", found.groups(), column))
                        .orElse("")));
        if (standings.size() == 1) {
            return text.append(" No other encoder was tried, so this compares nothing.")
                    .toString();
        }
        List<Standing> level = found.leaders().stream().skip(1).toList();
        if (level.isEmpty()) {
            return text.append(" Every other encoder is behind it by more than chance explains.")
                    .toString();
        }
        text.append(" These images do not tell it from ").append(names(level)).append('.');
        if (level.size() == standings.size() - 1) {
            text.append(" More images would, if there is a difference.");
        }
        level.stream()
                .min(Comparator.comparingDouble(Standing::multiplyAdds))
                .filter(cheap -> cheap.multiplyAdds() * CHEAPER <= best.multiplyAdds())
                .ifPresent(cheap -> text.append(String.format(
                        Locale.ROOT,
                        " Of these, %s needs %.0f times less work an image.",
                        cheap.name(),
                        best.multiplyAdds() / cheap.multiplyAdds())));
        return text.toString();
    }

    private static String names(List<Standing> standings) {
        if (standings.size() > MOST_NAMES) {
            return standings.size() + " others (" + names(standings.subList(0, MOST_NAMES)) + ", …)";
        }
        return standings.stream().map(Standing::name).collect(Collectors.joining(", "));
    }
}
