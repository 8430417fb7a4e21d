package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.encoder.EncoderCard;
import org.osler.weights.Home;
import org.osler.weights.WeightFiles;

/**
 * What is not on this machine and is published, so that it could be fetched. Files that the user named are the user's
 * own, and none of them is here.
 *
 * @param weights encoders whose weights are missing
 * @param datasets official files that are missing
 */
public record Needs(List<EncoderCard> weights, List<OfficialFile> datasets) {

    public Needs {
        weights = List.copyOf(weights);
        datasets = List.copyOf(datasets);
    }

    /**
     * One of the catalog's files.
     *
     * @param card its dataset
     * @param size 28, 64, 128 or 224
     */
    public record OfficialFile(DatasetCard card, int size) {}

    /** What a study lacks. */
    public static Needs of(Study study, Home home) throws IOException {
        return of(study, Share.WHOLE, home);
    }

    /** What a part of a study lacks. */
    public static Needs of(Study study, Share share, Home home) throws IOException {
        Plan plan = share.of(Plan.of(study));
        List<EncoderCard> weights = new ArrayList<>();
        for (EncoderChoice choice : study.encoders()) {
            boolean usual =
                    choice.weights() == WeightsKind.PRETRAINED && choice.file().isEmpty();
            if (usual && plan.uses(choice) && isMissing(home, choice.card())) {
                weights.add(choice.card());
            }
        }
        List<OfficialFile> datasets = new ArrayList<>();
        for (DatasetChoice choice : study.datasets()) {
            if (choice instanceof DatasetChoice.MedMnist published) {
                DatasetCard card = DatasetCatalog.find(published.name()).orElseThrow();
                for (OptionalInt size : published.sizes(study.sizes())) {
                    if (plan.uses(choice, size) && isMissing(home, study.dataDir(), card, size.orElseThrow())) {
                        datasets.add(new OfficialFile(card, size.orElseThrow()));
                    }
                }
            }
        }
        return new Needs(weights, datasets);
    }

    /** Whether an encoder's weights are published and not in any of the usual places. */
    public static boolean isMissing(Home home, EncoderCard card) throws IOException {
        return card.source().isPresent()
                && WeightFiles.atHand(home, card.id(), card.source()).isEmpty();
    }

    /** Whether there is an official file of that size and none of the usual places has it. */
    public static boolean isMissing(Home home, Optional<Path> dataDir, DatasetCard card, int size) {
        return card.files().containsKey(size)
                && DatasetFiles.of(home, dataDir).atHand(card, size).isEmpty();
    }

    /** Whether nothing is missing that could be fetched. */
    public boolean isEmpty() {
        return weights.isEmpty() && datasets.isEmpty();
    }
}
