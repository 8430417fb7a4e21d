package org.osler.study;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osler.data.Dataset;
import org.osler.data.FewShot;
import org.osler.data.Split;

/**
 * What trials that share dataset, encoder and draw train on.
 *
 * @param dataset the open dataset
 * @param weights of the encoder
 * @param draw how the images were chosen
 * @param chosen indices of the training images used, in file order
 */
record TrainingSet(Dataset dataset, Sources.Weights weights, Draw draw, int[] chosen) {

    /**
     * Which images are used.
     *
     * @param shots images a class; empty: all there are
     * @param seed the seed that decides the draw; empty where none does
     */
    record Draw(OptionalInt shots, OptionalLong seed) {
        static Draw of(Trial trial) {
            return new Draw(
                    trial.shots(),
                    trial.draw() == FewShot.Draw.SEEDED ? OptionalLong.of(trial.seed()) : OptionalLong.empty());
        }

        boolean isFewShot() {
            return shots.isPresent();
        }
    }

    /** What trials on one dataset with one encoder train on: those of a draw together, in the order of the trials. */
    static Map<TrainingSet, List<Trial>> of(List<Trial> trials, Dataset dataset, Sources.Weights weights) {
        Map<Draw, List<Trial>> byDraw =
                trials.stream().collect(Collectors.groupingBy(Draw::of, LinkedHashMap::new, Collectors.toList()));
        Map<TrainingSet, List<Trial>> bySet = new LinkedHashMap<>();
        byDraw.forEach((draw, drawn) -> bySet.put(of(dataset, weights, draw), drawn));
        return bySet;
    }

    /** The training images that a draw chooses. */
    static TrainingSet of(Dataset dataset, Sources.Weights weights, Draw draw) {
        int[][] labels = dataset.labels(Split.TRAIN);
        return new TrainingSet(dataset, weights, draw, chosen(dataset, labels, draw));
    }

    private static int[] chosen(Dataset dataset, int[][] labels, Draw draw) {
        if (!draw.isFewShot()) {
            // Not a draw of very many: that would pass over images that have none of their dataset's labels.
            return IntStream.range(0, labels.length).toArray();
        }
        int shots = draw.shots().orElseThrow();
        return draw.seed().isPresent()
                ? FewShot.seeded(
                        dataset.task(),
                        dataset.classes(),
                        labels,
                        shots,
                        draw.seed().getAsLong())
                : FewShot.first(dataset.task(), dataset.classes(), labels, shots);
    }

    /** The labels of every split, those of training as stored. */
    Map<Split, int[][]> labels() {
        Map<Split, int[][]> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            labels.put(split, dataset.labels(split));
        }
        return labels;
    }
}
