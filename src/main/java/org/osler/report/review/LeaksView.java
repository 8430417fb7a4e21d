package org.osler.report.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.osler.data.image.Picture;
import org.osler.data.review.Cause;
import org.osler.data.review.Link;
import org.osler.metric.Subgroup.Estimate;
import org.osler.study.review.Audit;
import org.osler.study.review.AuditWords;
import org.osler.study.review.PicturedPair;

/**
 * What the page says of the leaks of one dataset, every number a text.
 *
 * @param title the dataset's name
 * @param words whole sentences
 * @param between titles of the columns of {@code causes}
 * @param causes what splits share, by cause
 * @param settings metrics with and without the images that leak; none if there are no such images
 * @param pairs pictures
 */
public record LeaksView(
        String title,
        List<String> words,
        List<String> between,
        List<CauseLine> causes,
        List<SettingLines> settings,
        List<Pair> pairs) {

    private static final int DIGITS = 2;

    /** What splits share, for one cause or any. */
    public record CauseLine(String title, List<String> counts) {}

    /** One setting with and without the images that leak. */
    public record SettingLines(String name, List<Line> lines) {}

    /**
     * One set of test images.
     *
     * @param what which they are
     * @param accuracyDifference to that of all test images; empty for these
     */
    public record Line(
            String what,
            String images,
            String accuracy,
            String accuracyInterval,
            String accuracyDifference,
            String sameMix,
            String sameMixInterval,
            String sameMixDifference,
            String auc,
            String aucInterval,
            String aucDifference) {}

    /**
     * Two images.
     *
     * @param cause why they are shown
     * @param sameLabel whether their labels are the same
     */
    public record Pair(String cause, Side later, Side earlier, boolean sameLabel) {}

    /** An image with its file and label. */
    public record Side(String uri, String split, String name, String label) {}

    static LeaksView of(Review.OfDataset dataset, Function<Picture, String> uri) {
        Audit audit = dataset.audit();
        return new LeaksView(
                dataset.title(),
                AuditWords.of(audit),
                Link.Between.ALL.stream()
                        .map(between -> between.later().id() + " in "
                                + between.earlier().id())
                        .toList(),
                causes(audit),
                dataset.leftOut().stream()
                        .map(leftOut -> new SettingLines(leftOut.setting().name(), lines(audit, leftOut)))
                        .toList(),
                audit.pairs().stream().map(pair -> pair(audit, pair, uri)).toList());
    }

    private static List<CauseLine> causes(Audit audit) {
        List<CauseLine> lines = new ArrayList<>();
        for (Cause cause : audit.lookedFor()) {
            lines.add(line(audit, AuditWords.title(audit, cause), Set.of(cause)));
        }
        if (audit.lookedFor().size() > 1) {
            lines.add(line(audit, "any of these", audit.lookedFor()));
        }
        return lines;
    }

    private static CauseLine line(Audit audit, String title, Set<Cause> causes) {
        return new CauseLine(
                title,
                Link.Between.ALL.stream()
                        .map(between -> Shown.count(audit.tally(causes, between).images()))
                        .toList());
    }

    private static List<Line> lines(Audit audit, LeftOut leftOut) {
        LeftOut.Part all = leftOut.parts().get(0);
        return leftOut.parts().stream()
                .map(part -> new Line(
                        what(audit, part, all),
                        Shown.count(part.images()),
                        Shown.percent(part.accuracy().value(), DIGITS),
                        Shown.interval(part.accuracy().interval(), DIGITS),
                        difference(part, part.accuracy(), all.accuracy()),
                        Shown.percent(part.sameMix().value(), DIGITS),
                        Shown.interval(part.sameMix().interval(), DIGITS),
                        difference(part, part.sameMix(), all.accuracy()),
                        Shown.percent(part.auc().value(), DIGITS),
                        Shown.interval(part.auc().interval(), DIGITS),
                        difference(part, part.auc(), all.auc())))
                .toList();
    }

    private static String difference(LeftOut.Part part, Estimate ours, Estimate whole) {
        return part.causes().isEmpty() ? "" : Shown.difference(ours.value() - whole.value());
    }

    private static String what(Audit audit, LeftOut.Part part, LeftOut.Part all) {
        if (part.causes().isEmpty()) {
            return "all test images";
        }
        String out = Shown.count(all.images() - part.images());
        if (part.causes().size() > 1) {
            return "without all " + out;
        }
        String cause = switch (part.causes().iterator().next()) {
            case IDENTICAL -> "identical";
            case GROUP -> "of the same " + audit.groups().orElseThrow().name();
            case SIMILAR -> "near-identical";
        };
        return "without the " + out + " " + cause;
    }

    private static Pair pair(Audit audit, PicturedPair pair, Function<Picture, String> uri) {
        String cause = switch (pair.cause()) {
            case IDENTICAL -> "identical";
            case GROUP -> audit.groups().orElseThrow().name() + " " + pair.group();
            case SIMILAR -> "cosine " + Shown.percent(pair.similarity() / 100, DIGITS);
        };
        return new Pair(
                cause,
                side(pair.later(), uri),
                side(pair.earlier(), uri),
                pair.later().label().equals(pair.earlier().label()));
    }

    private static Side side(PicturedPair.Side side, Function<Picture, String> uri) {
        return new Side(uri.apply(side.picture()), side.split().id(), side.name(), side.label());
    }
}
