package org.osler.study.review;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.data.review.Cause;
import org.osler.data.review.Division;
import org.osler.data.review.GroupColumn;
import org.osler.data.review.IdenticalImages;
import org.osler.data.review.Leaks;
import org.osler.data.review.Link;
import org.osler.data.review.SharedGroups;
import org.osler.data.review.SubgroupColumn;
import org.osler.metric.Task;
import org.osler.tensor.Scope;
import org.osler.train.FeatureExtractor;
import org.osler.train.Progress;
import org.osler.train.SimilarImages;

/** Finds out what a reviewer asks of one dataset. */
public final class Auditing {

    /** The most pairs of each cause that are pictured. */
    private static final int PICTURED = 6;

    /** Cosine from which on images have the same pixels, or as good as. */
    private static final double IDENTICAL = 0.99995;

    private final Dataset dataset;
    private final Map<Split, Images> images;
    private final Metadata metadata;
    private final Progress progress;
    private final List<Link> links = new ArrayList<>();

    private Auditing(Dataset dataset, Map<Split, Images> images, Metadata metadata, Progress progress) {
        this.dataset = dataset;
        this.images = images;
        this.metadata = metadata;
        this.progress = progress;
    }

    /**
     * What is asked.
     *
     * @param key stands for it and for everything that it is found out from; kept in the audit
     * @param features of all splits, to look for similar images by; empty: these are not looked for
     * @param subgroups by which columns the test images are divided
     */
    public record Question(String key, Optional<Features> features, List<SubgroupColumn> subgroups) {

        public Question {
            subgroups = List.copyOf(subgroups);
        }
    }

    /**
     * Features of a dataset.
     *
     * @param file as {@link FeatureExtractor} writes it
     * @param encoder whose they are
     * @param threshold from which cosine on two images count as similar
     */
    public record Features(Path file, String encoder, double threshold) {}

    /**
     * What was found.
     *
     * @param audit what is kept
     * @param leaks every image that has partners in another split
     */
    public record Found(Audit audit, Leaks leaks) {}

    /**
     * Finds it out.
     *
     * @param question its columns of subgroups are there
     * @throws org.osler.InputException if a column is cut that holds no numbers
     * @throws IOException if the disk fails
     */
    public static Found of(Dataset dataset, Metadata metadata, Question question, Progress progress)
            throws IOException {
        Map<Split, Images> images = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            images.put(split, dataset.images(split));
        }
        return new Auditing(dataset, images, metadata, progress).run(question);
    }

    private Found run(Question question) throws IOException {
        List<Division> divisions = new ArrayList<>();
        for (SubgroupColumn column : question.subgroups()) {
            divisions.add(Division.of(
                    column, metadata.column(Split.TEST, column.name()).orElseThrow()));
        }
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            counts.put(split, dataset.count(split));
        }
        Optional<GroupColumn> groups = GroupColumn.of(metadata);
        identical(counts);
        groups.ifPresent(column -> links.addAll(SharedGroups.of(metadata, column.name())));
        if (question.features().isPresent()) {
            similar(question.features().get(), counts);
        }
        Set<Cause> looked = lookedFor(groups.isPresent(), question.features().isPresent());
        Leaks leaks = new Leaks(links);
        Map<Cause, List<Integer>> testInTrain = new EnumMap<>(Cause.class);
        looked.forEach(cause -> testInTrain.put(
                cause, leaks.testInTrain(Set.of(cause)).stream().boxed().toList()));
        Audit audit = new Audit(
                Audit.FORMAT,
                question.key(),
                dataset.name(),
                dataset.hash(),
                dataset.task(),
                dataset.labelNames(),
                counts,
                dataset.labels(Split.TEST),
                GroupColumn.units(dataset, Split.TEST).of(),
                groups.orElse(null),
                question.features()
                        .map(features -> new Audit.Similarity(features.encoder(), features.threshold()))
                        .orElse(null),
                tallies(looked),
                testInTrain,
                pictured(looked, groups),
                divisions);
        return new Found(audit, leaks);
    }

    private static Set<Cause> lookedFor(boolean groups, boolean features) {
        Set<Cause> causes = EnumSet.of(Cause.IDENTICAL);
        if (groups) {
            causes.add(Cause.GROUP);
        }
        if (features) {
            causes.add(Cause.SIMILAR);
        }
        return causes;
    }

    private void identical(Map<Split, Integer> counts) {
        long all = counts.values().stream().mapToLong(count -> count).sum();
        try (Progress.Bar bar = progress.begin("looking for identical images", all)) {
            links.addAll(IdenticalImages.of(images, bar::step));
        }
    }

    private void similar(Features features, Map<Split, Integer> counts) throws IOException {
        try (Scope scope = Scope.open();
                Progress.Bar bar = progress.begin("looking for similar images", SimilarImages.steps(counts))) {
            links.addAll(SimilarImages.of(FeatureExtractor.read(features.file()), features.threshold(), bar::step));
        }
    }

    private List<Audit.Tally> tallies(Set<Cause> looked) {
        List<Set<Cause>> asked = new ArrayList<>();
        looked.forEach(cause -> asked.add(Set.of(cause)));
        if (looked.size() > 1) {
            asked.add(looked);
        }
        List<Audit.Tally> tallies = new ArrayList<>();
        for (Link.Between between : Link.Between.ALL) {
            for (Set<Cause> causes : asked) {
                Set<Integer> images = new HashSet<>();
                Set<Integer> otherLabels = new HashSet<>();
                for (Link link : links) {
                    if (link.between().equals(between) && causes.contains(link.cause())) {
                        images.add(link.index());
                        if (!label(link.split(), link.index()).equals(label(link.other(), link.partner()))) {
                            otherLabels.add(link.index());
                        }
                    }
                }
                tallies.add(
                        new Audit.Tally(causes, between.later(), between.earlier(), images.size(), otherLabels.size()));
            }
        }
        return tallies;
    }

    /**
     * Of each cause a few pairs of test and training, those of other labels first; of similar ones the most similar that are
     * not the same, of groups some from the whole split.
     */
    private List<PicturedPair> pictured(Set<Cause> looked, Optional<GroupColumn> groups) {
        List<PicturedPair> pairs = new ArrayList<>();
        for (Cause cause : looked) {
            List<Link> own = links.stream()
                    .filter(link -> link.cause() == cause && link.between().equals(Link.Between.ALL.get(0)))
                    .filter(link -> cause != Cause.SIMILAR || link.similarity() < IDENTICAL)
                    .sorted(Comparator.comparing(this::sameLabel)
                            .thenComparing(link -> cause == Cause.SIMILAR ? -link.similarity() : 0))
                    .toList();
            int step = cause == Cause.SIMILAR ? 1 : Math.max(1, own.size() / PICTURED);
            IntStream.range(0, Math.min(PICTURED, own.size()))
                    .mapToObj(k -> pair(own.get(k * step), groups))
                    .forEach(pairs::add);
        }
        return pairs;
    }

    private boolean sameLabel(Link link) {
        return label(link.split(), link.index()).equals(label(link.other(), link.partner()));
    }

    private PicturedPair pair(Link link, Optional<GroupColumn> groups) {
        String group = link.cause() == Cause.GROUP
                ? metadata.column(link.split(), groups.orElseThrow().name())
                        .orElseThrow()
                        .get(link.index())
                : "";
        return new PicturedPair(
                link.cause(),
                link.similarity(),
                group,
                side(link.split(), link.index()),
                side(link.other(), link.partner()));
    }

    private PicturedPair.Side side(Split split, int index) {
        return new PicturedPair.Side(
                split, name(metadata, split, index), label(split, index), Thumbnail.of(images.get(split), index));
    }

    /** An image's file; where that is not known its number in the split. */
    public static String name(Metadata metadata, Split split, int index) {
        return metadata.column(split, Metadata.IMAGE)
                .map(names -> names.get(index))
                .orElseGet(() -> split.id() + " " + index);
    }

    private String label(Split split, int index) {
        return label(dataset, split, index);
    }

    /** The class of an image, or its labels, as people read them. */
    public static String label(Dataset dataset, Split split, int index) {
        int[] labels = dataset.labels(split)[index];
        List<String> names = dataset.labelNames();
        if (dataset.task() != Task.MULTI_LABEL) {
            return names.get(labels[0]);
        }
        return IntStream.range(0, labels.length)
                .filter(c -> labels[c] == 1)
                .mapToObj(names::get)
                .collect(Collectors.joining(", "));
    }
}
