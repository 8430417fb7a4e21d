package org.osler.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.tensor.Device;

/**
 * A study's trials in the order in which they run: those that share features stand together, and among them what is
 * quick comes before fine-tuning.
 *
 * @param trials every trial once
 */
public record Plan(List<Trial> trials) {

    public Plan {
        trials = List.copyOf(trials);
    }

    /**
     * What a frozen encoder's features depend on; trials with the same value share them.
     *
     * @param dataset the dataset's name
     * @param size side in pixels of the stored images; empty: as the file has it
     * @param encoder timm's id
     * @param input side in pixels of what the encoder sees
     * @param resize how one becomes the other
     */
    public record Features(String dataset, OptionalInt size, String encoder, int input, Resize resize) {
        static Features of(Trial trial) {
            return new Features(trial.dataset(), trial.size(), trial.encoder(), trial.input(), trial.resize());
        }
    }

    /**
     * A line of the plan's table.
     *
     * @param dataset the dataset's name
     * @param encoder timm's id
     * @param strategy the strategy's id
     * @param trials how many trials that makes
     */
    public record Row(String dataset, String encoder, String strategy, int trials) {}

    /** The trials of a study on the kind of device that it chooses. */
    public static Plan of(Study study) {
        return of(study, study.device().kind());
    }

    /**
     * The trials of a study: its lists multiplied. Nearest neighbours draw nothing at random unless the training set
     * itself is drawn by seed, so they get one trial, with the first seed, where other strategies get one a seed.
     * Where an official image already has the input's size, all ways of resizing leave it as it is: the first one counts.
     *
     * @param device the kind of device that the study's choice came to
     */
    public static Plan of(Study study, Device.Kind device) {
        List<Trial> trials = new ArrayList<>();
        for (DatasetChoice dataset : study.datasets()) {
            for (EncoderChoice encoder : study.encoders()) {
                for (Features features : features(study, dataset, encoder)) {
                    trials.addAll(trials(study, device, dataset.kind(), encoder, features));
                }
            }
        }
        return new Plan(trials);
    }

    private static List<Features> features(Study study, DatasetChoice dataset, EncoderChoice encoder) {
        List<Integer> inputs = study.inputs().isEmpty() ? List.of(encoder.card().input()) : study.inputs();
        List<Features> all = new ArrayList<>();
        for (OptionalInt given : dataset.sizes(study.sizes())) {
            for (int input : inputs) {
                OptionalInt size = dataset.stored(given, input);
                for (Resize resize : resizes(study, dataset, size, input)) {
                    all.add(new Features(dataset.name(), size, encoder.card().id(), input, resize));
                }
            }
        }
        return all;
    }

    private static List<Resize> resizes(Study study, DatasetChoice dataset, OptionalInt size, int input) {
        boolean asItIs = dataset.kind() != DatasetChoice.Kind.FILE && size.isPresent() && size.getAsInt() == input;
        return asItIs ? study.resizes().subList(0, 1) : study.resizes();
    }

    private static List<Trial> trials(
            Study study, Device.Kind device, DatasetChoice.Kind kind, EncoderChoice encoder, Features features) {
        List<Trial> all = new ArrayList<>();
        for (Strategy strategy :
                quickFirst(study.strategies().get(encoder.card().family()), encoder)) {
            for (OptionalInt shots : study.shots()) {
                for (FewShot.Draw draw : shots.isEmpty() ? List.of(FewShot.Draw.FIRST) : study.draws()) {
                    for (long seed : seeds(study, strategy, draw)) {
                        all.add(new Trial(
                                features.dataset(),
                                kind,
                                features.size(),
                                features.input(),
                                features.resize(),
                                features.encoder(),
                                encoder.weights().under(strategy),
                                strategy,
                                shots,
                                draw,
                                seed,
                                study.recipe().of(encoder.card(), strategy),
                                study.precision(),
                                device,
                                encoder.description()));
                    }
                }
            }
        }
        return all;
    }

    private static List<Long> seeds(Study study, Strategy strategy, FewShot.Draw draw) {
        boolean same = strategy instanceof Strategy.NearestNeighbours && draw == FewShot.Draw.FIRST;
        return same ? study.seeds().subList(0, 1) : study.seeds();
    }

    /** What the strategies come to on an encoder, each once. */
    private static List<Strategy> quickFirst(List<Strategy> strategies, EncoderChoice encoder) {
        return strategies.stream()
                .map(strategy -> strategy.on(encoder.card().architecture()))
                .distinct()
                .sorted(Comparator.comparingInt(Plan::effort))
                .toList();
    }

    private static int effort(Strategy strategy) {
        if (strategy instanceof Strategy.NearestNeighbours) {
            return 0;
        }
        if (strategy instanceof Strategy.LinearProbe probe) {
            return probe.drifts() ? 2 : 1;
        }
        return 3;
    }

    /** Whether a trial is on an encoder; parts of a study may have none. */
    public boolean uses(EncoderChoice encoder) {
        return trials.stream()
                .anyMatch(trial -> trial.encoder().equals(encoder.card().id()));
    }

    /**
     * Whether a trial is on a dataset.
     *
     * @param size side in pixels of its stored images; empty: as the file has it
     */
    public boolean uses(DatasetChoice dataset, OptionalInt size) {
        return trials.stream()
                .anyMatch(trial ->
                        trial.dataset().equals(dataset.name()) && trial.size().equals(size));
    }

    /** The trials in runs that share features, in order. */
    public List<List<Trial>> groups() {
        Map<Features, List<Trial>> groups = new LinkedHashMap<>();
        for (Trial trial : trials) {
            groups.computeIfAbsent(Features.of(trial), key -> new ArrayList<>()).add(trial);
        }
        return groups.values().stream().map(List::copyOf).toList();
    }

    /** How many trials each dataset, encoder and strategy get, in the order of the plan. */
    public List<Row> table() {
        Map<Row, Integer> counts = new LinkedHashMap<>();
        for (Trial trial : trials) {
            counts.merge(
                    new Row(trial.dataset(), trial.encoder(), trial.strategy().id(), 0), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new Row(
                        entry.getKey().dataset(),
                        entry.getKey().encoder(),
                        entry.getKey().strategy(),
                        entry.getValue()))
                .toList();
    }
}
