package org.osler.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.osler.data.Dataset;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.data.review.SubgroupColumn;
import org.osler.study.review.Audit;
import org.osler.study.review.AuditFile;
import org.osler.study.review.Auditing;
import org.osler.train.Progress;
import org.osler.train.SimilarImages;
import org.osler.weights.Hashes;
import org.osler.weights.Home;

/**
 * Finds out what a reviewer asks of a study's datasets: leaks between splits, and the subgroups of the test images. Where
 * features of a trained encoder are at hand, near-identical images are looked for by them.
 */
public final class DatasetAudit {

    private final Study study;
    private final Sources sources;
    private final Inputs inputs;
    private final FeatureFiles files;
    private final Progress progress;

    private record Key(String dataset, OptionalInt size) {}

    DatasetAudit(Study study, Sources sources, Inputs inputs, FeatureFiles files, Progress progress) {
        this.study = study;
        this.sources = sources;
        this.inputs = inputs;
        this.files = files;
        this.progress = progress;
    }

    /**
     * What the audit of one dataset found.
     *
     * @param dataset its name
     * @param found leaks and subgroups
     * @param csv every image that has partners in another split, a line each
     */
    public record Outcome(String dataset, Auditing.Found found, String csv) {}

    /**
     * Audits the dataset of a study of one dataset and one encoder; writes nothing but features, where they are made.
     *
     * @param threshold near-identical images are looked for by the encoder's features, from this cosine on; empty: they are
     *     not looked for, and no encoder runs
     * @throws org.osler.InputException if data or weights are not to be had
     */
    public static Outcome of(Study study, Home home, Optional<Double> threshold, Progress progress) throws IOException {
        Sources sources = new Sources(study, home, progress);
        Trial trial = Plan.of(study).trials().get(0);
        try (Dataset dataset = sources.dataset(trial)) {
            Optional<Auditing.Features> features = Optional.empty();
            if (threshold.isPresent()) {
                Sources.Weights weights = sources.weights(trial);
                Path file = new FeatureFiles(home)
                        .get(
                                trial,
                                sources.card(trial),
                                dataset,
                                weights,
                                () -> sources.frozenEncoder(trial, weights),
                                progress);
                features = Optional.of(new Auditing.Features(file, EncoderTitle.of(trial), threshold.get()));
            }
            Metadata metadata = dataset.metadata();
            var question =
                    new Auditing.Question("", features, study.dataset(trial).subgroups());
            Auditing.Found found = Auditing.of(dataset, metadata, question, progress);
            return new Outcome(dataset.name(), found, LeakTable.csv(dataset, metadata, found));
        }
    }

    /**
     * Audits the datasets that trials of a run have results of, unless that was done before, and keeps what is found in the
     * results folder.
     *
     * @param trials of the run
     * @param results all of the results folder
     */
    void keep(List<Trial> trials, List<TrialResult> results) throws IOException {
        Set<String> done = results.stream().map(result -> result.trial().id()).collect(Collectors.toSet());
        Map<Key, List<Trial>> byData = new LinkedHashMap<>();
        for (Trial trial : trials) {
            if (done.contains(trial.id())) {
                byData.computeIfAbsent(new Key(trial.dataset(), trial.size()), key -> new ArrayList<>())
                        .add(trial);
            }
        }
        for (List<Trial> ofData : byData.values()) {
            keep(ofData);
        }
    }

    /** What was found before stays if nothing but the features is gone, so that a copied results folder loses nothing. */
    private void keep(List<Trial> trials) throws IOException {
        Trial any = trials.get(0);
        try (Dataset dataset = sources.dataset(any)) {
            Metadata metadata = dataset.metadata();
            List<SubgroupColumn> subgroups = study.dataset(any).subgroups();
            String key = key(metadata, subgroups);
            Optional<Audit> before = AuditFile.find(study.out(), dataset.name(), dataset.hash())
                    .filter(audit -> audit.asked().equals(key));
            if (before.isPresent() && before.get().similarity() != null) {
                return;
            }
            Optional<Auditing.Features> features = features(trials, dataset.hash());
            if (before.isEmpty() || features.isPresent()) {
                Progress named = (what, steps) -> progress.begin(dataset.name() + " · " + what, steps);
                var question = new Auditing.Question(key, features, subgroups);
                AuditFile.write(
                        study.out(),
                        Auditing.of(dataset, metadata, question, named).audit());
            }
        }
    }

    /** The features of the first trained encoder that has any; those of untrained ones were not tried for this. */
    private Optional<Auditing.Features> features(List<Trial> trials, String dataHash) throws IOException {
        for (Trial trial : trials) {
            if (trial.weights() == WeightsKind.PRETRAINED && trial.strategy().onFeatures()) {
                Optional<Path> file = files.find(
                        trial, sources.card(trial), inputs.weights(trial).sha256(), dataHash);
                if (file.isPresent()) {
                    return Optional.of(
                            new Auditing.Features(file.get(), EncoderTitle.of(trial), SimilarImages.THRESHOLD));
                }
            }
        }
        return Optional.empty();
    }

    private static String key(Metadata metadata, List<SubgroupColumn> subgroups) {
        MessageDigest digest = Hashes.digest("SHA-256");
        for (Split split : Split.values()) {
            digest.update(metadata.rows().get(split).toString().getBytes(StandardCharsets.UTF_8));
        }
        String asked = metadata.group() + "\n" + metadata.columns() + "\n" + subgroups;
        return HexFormat.of().formatHex(digest.digest(asked.getBytes(StandardCharsets.UTF_8)));
    }
}
