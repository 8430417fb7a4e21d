package org.osler.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.encoder.Architecture;
import org.osler.tensor.Precision;

/**
 * A checked study: everything a study file says, with defaults filled in. Its lists multiply into trials, see
 * {@link Plan}. None is empty and none holds an entry twice.
 *
 * @param name the study's name; letters, digits, {@code . _ -}
 * @param datasets the datasets
 * @param encoders the encoders
 * @param sizes image sizes for MedMNIST datasets: 28, 64, 128, 224
 * @param inputs sides in pixels of what encoders see; empty: each encoder's own
 * @param resizes how images become that size
 * @param strategies strategies and their learning rates, by the encoder's family
 * @param shots training images a class; empty: all images
 * @param draws how few-shot training sets are drawn
 * @param seeds seeds, from 0
 * @param recipe values of the training recipe
 * @param device where to compute
 * @param precision how to compute
 * @param threads processor threads; empty: as many as there are cores
 * @param dataDir folder with dataset files; empty: the usual places
 * @param out folder for results
 */
public record Study(
        String name,
        List<DatasetChoice> datasets,
        List<EncoderChoice> encoders,
        List<Integer> sizes,
        List<Integer> inputs,
        List<Resize> resizes,
        Map<Architecture.Family, List<Strategy>> strategies,
        List<OptionalInt> shots,
        List<FewShot.Draw> draws,
        List<Long> seeds,
        RecipeChoice recipe,
        DeviceChoice device,
        Precision precision,
        OptionalInt threads,
        Optional<Path> dataDir,
        Path out) {

    public Study {
        datasets = List.copyOf(datasets);
        encoders = List.copyOf(encoders);
        sizes = List.copyOf(sizes);
        inputs = List.copyOf(inputs);
        resizes = List.copyOf(resizes);
        strategies = Map.copyOf(strategies);
        shots = List.copyOf(shots);
        draws = List.copyOf(draws);
        seeds = List.copyOf(seeds);
    }

    /** The dataset that a trial of this study names. */
    public DatasetChoice dataset(Trial trial) {
        return datasets.stream()
                .filter(choice -> choice.name().equals(trial.dataset()))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(trial.dataset()));
    }

    /** The same study of some of its encoders only. */
    public Study with(List<EncoderChoice> some) {
        return new Study(
                name,
                datasets,
                some,
                sizes,
                inputs,
                resizes,
                strategies,
                shots,
                draws,
                seeds,
                recipe,
                device,
                precision,
                threads,
                dataDir,
                out);
    }

    /** The encoder that a trial of this study names. */
    public EncoderChoice encoder(Trial trial) {
        return encoders.stream()
                .filter(choice -> choice.card().id().equals(trial.encoder()))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(trial.encoder()));
    }
}
