package org.osler.study.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osler.data.Split;
import org.osler.data.review.Cause;
import org.osler.data.review.GroupColumn;
import org.osler.data.review.Link;

/** What an audit found, in words. */
public final class AuditWords {

    private static final Link.Between TEST_IN_TRAIN = new Link.Between(Split.TEST, Split.TRAIN);

    private AuditWords() {}

    /** A cause as tables name it, e.g. {@code same lesion_id}. */
    public static String title(Audit audit, Cause cause) {
        return switch (cause) {
            case IDENTICAL -> "identical images";
            case GROUP -> "same " + audit.groups().orElseThrow().name();
            case SIMILAR ->
                String.format(
                        Locale.ROOT,
                        "near-identical (cosine ≥ %s, %s)",
                        number(audit.similarity().threshold()),
                        audit.similarity().encoder());
        };
    }

    private static String number(double value) {
        return Double.toString(value);
    }

    /** Whole sentences, the weightiest first; at least one. */
    public static List<String> of(Audit audit) {
        List<String> words = new ArrayList<>(ofTestInTrain(audit));
        if (words.isEmpty()) {
            words.add("No test image was found in training.");
        }
        Optional<GroupColumn> groups = audit.groups();
        if (groups.isEmpty()) {
            words.add("No column tells which images are of the same patient or lesion, so whether splits share some is"
                    + " not known.");
        } else if (audit.tally(Set.of(Cause.GROUP), TEST_IN_TRAIN).images() == 0) {
            words.add(groups(audit, groups.get()));
        }
        return words;
    }

    /** Only what says that training knows test images; none if it does not. */
    public static List<String> ofTestInTrain(Audit audit) {
        List<String> words = new ArrayList<>();
        int test = audit.counts().get(Split.TEST);
        audit.groups()
                .filter(groups ->
                        audit.tally(Set.of(Cause.GROUP), TEST_IN_TRAIN).images() > 0)
                .ifPresent(groups -> words.add(groups(audit, groups)));
        for (Cause cause : List.of(Cause.IDENTICAL, Cause.SIMILAR)) {
            if (audit.lookedFor().contains(cause)) {
                images(audit, cause, test).ifPresent(words::add);
            }
        }
        return words;
    }

    private static String groups(Audit audit, GroupColumn groups) {
        int test = audit.counts().get(Split.TEST);
        int shared = audit.tally(Set.of(Cause.GROUP), TEST_IN_TRAIN).images();
        String found = count(shared, test) + " one with train.";
        return groups.guessed()
                ? String.format(
                        Locale.ROOT,
                        "%s looks like a group (%,d values for %,d images): %s",
                        groups.name(),
                        groups.groups(),
                        groups.images(),
                        found)
                : groups.name() + ": " + found;
    }

    private static Optional<String> images(Audit audit, Cause cause, int test) {
        Audit.Tally tally = audit.tally(Set.of(cause), TEST_IN_TRAIN);
        if (tally.images() == 0) {
            return Optional.empty();
        }
        String what =
                cause == Cause.IDENTICAL ? "the same pixels as a training image" : "a near-identical one in train";
        return Optional.of(String.format(
                Locale.ROOT,
                "%,d of %,d test images %s %s%s.",
                tally.images(),
                test,
                tally.images() == 1 ? "has" : "have",
                what,
                otherLabels(tally)));
    }

    private static String otherLabels(Audit.Tally tally) {
        if (tally.otherLabels() == 0) {
            return "";
        }
        if (tally.otherLabels() == tally.images()) {
            return tally.images() == 1 ? ", with another label" : ", all with another label";
        }
        return String.format(Locale.ROOT, ", %,d of them with another label", tally.otherLabels());
    }

    private static String count(int images, int test) {
        return String.format(Locale.ROOT, "%,d of %,d test images %s", images, test, images == 1 ? "shares" : "share");
    }
}
