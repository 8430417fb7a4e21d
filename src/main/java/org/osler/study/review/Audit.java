package org.osler.study.review;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osler.data.Split;
import org.osler.data.review.Cause;
import org.osler.data.review.Division;
import org.osler.data.review.GroupColumn;
import org.osler.data.review.Link;
import org.osler.metric.Task;
import org.osler.metric.Units;

/**
 * What was found out about a dataset, with all that a report needs to show it and to judge predictions again: neither images
 * nor labels have to be at hand then.
 *
 * @param format of the file, {@link #FORMAT}
 * @param asked stands for everything that it was made from
 * @param dataset the dataset's name
 * @param hash the dataset's
 * @param task what is predicted
 * @param labels names of the classes
 * @param counts how many images each split has
 * @param testLabels {@code [N][L]} of the test split
 * @param testUnits which test images hang together, as {@link Units} has it
 * @param groupColumn the column of groups; null: there is none
 * @param similarity how similar images were looked for; null: they were not
 * @param tallies what splits share
 * @param testInTrain by cause the test images that have partners in training, ascending
 * @param pairs some of them to be looked at
 * @param divisions of the test images into subgroups
 */
public record Audit(
        int format,
        String asked,
        String dataset,
        String hash,
        Task task,
        List<String> labels,
        Map<Split, Integer> counts,
        int[][] testLabels,
        int[] testUnits,
        GroupColumn groupColumn,
        Similarity similarity,
        List<Tally> tallies,
        Map<Cause, List<Integer>> testInTrain,
        List<PicturedPair> pairs,
        List<Division> divisions) {

    static final int FORMAT = 2;

    public Audit {
        labels = List.copyOf(labels);
        counts = Map.copyOf(counts);
        tallies = List.copyOf(tallies);
        testInTrain = Map.copyOf(testInTrain);
        pairs = List.copyOf(pairs);
        divisions = List.copyOf(divisions);
    }

    /**
     * How many images of a split have partners in another.
     *
     * @param causes why: for any one of these
     * @param later the images' split
     * @param earlier the partners'
     * @param images how many
     * @param otherLabels how many of them have another label than the partner that was noted
     */
    public record Tally(Set<Cause> causes, Split later, Split earlier, int images, int otherLabels) {}

    /**
     * How similar images were looked for.
     *
     * @param encoder whose features were compared
     * @param threshold cosine similarity from which on two images count as near-identical
     */
    public record Similarity(String encoder, double threshold) {}

    /** The test images that hang together: those of one group. */
    @JsonIgnore
    public Units units() {
        return new Units(testUnits);
    }

    /** The column of groups, if there is one. */
    @JsonIgnore
    public Optional<GroupColumn> groups() {
        return Optional.ofNullable(groupColumn);
    }

    /**
     * What two splits share.
     *
     * @param causes one that was looked for, or all of them
     */
    public Tally tally(Set<Cause> causes, Link.Between between) {
        return tallies.stream()
                .filter(tally -> tally.causes().equals(causes)
                        && tally.later() == between.later()
                        && tally.earlier() == between.earlier())
                .findFirst()
                .orElseThrow();
    }

    /** The causes that were looked for, in order. */
    @JsonIgnore
    public Set<Cause> lookedFor() {
        Set<Cause> causes = EnumSet.of(Cause.IDENTICAL);
        if (groupColumn != null) {
            causes.add(Cause.GROUP);
        }
        if (similarity != null) {
            causes.add(Cause.SIMILAR);
        }
        return causes;
    }

    /** The test images that have partners in training, for one of these causes. */
    public BitSet testInTrain(Set<Cause> causes) {
        BitSet images = new BitSet();
        causes.forEach(cause -> testInTrain.getOrDefault(cause, List.of()).forEach(images::set));
        return images;
    }
}
