package org.osler.recommend;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.osler.metric.Interval;

/**
 * Where an encoder stands. Accuracy and AUC are fractions; NaN where they are not defined.
 *
 * @param encoder timm's id
 * @param name for reading, e.g. {@code ViT-Ti/16}
 * @param untrained whether its weights were drawn at random
 * @param multiplyAdds of one image
 * @param auc of linear probes on training images that they have not seen
 * @param aucInterval its 95 % interval over images; NaN ends where there is none
 * @param accuracy of the same probes
 * @param behind how it compares with the first; empty for the first
 * @param neighboursAuc AUC of nearest neighbours on the same images
 * @param logMe see {@link org.osler.train.LogMe}
 * @param test what the probes that the study trained are worth on test; took no part in the ranking; empty if
 *     some of them failed
 */
public record Standing(
        String encoder,
        String name,
        boolean untrained,
        double multiplyAdds,
        double auc,
        Interval aucInterval,
        double accuracy,
        Optional<Behind> behind,
        double neighboursAuc,
        double logMe,
        Optional<Test> test) {

    public Standing {
        Stream.of(encoder, name, aucInterval, behind, test).forEach(Objects::requireNonNull);
    }

    /**
     * How an encoder compares with the first.
     *
     * @param difference its AUC less that of the first, 0 or below
     * @param interval 95 % interval of the difference over images
     * @param p two-sided, by paired bootstrap, corrected by Holm for all comparisons with the first; NaN if classes are too
     *     rare for it
     */
    public record Behind(double difference, Interval interval, double p) {

        public Behind {
            Objects.requireNonNull(interval);
        }

        static final double ALPHA = 0.05;

        /** Whether the images at hand tell it from the first. */
        @JsonIgnore
        public boolean isReal() {
            return p < ALPHA; // false for NaN
        }
    }

    /**
     * Means and population standard deviations over seeds.
     *
     * @param seeds how many there are
     */
    public record Test(double accuracy, double accuracyStd, double auc, double aucStd, int seeds) {}
}
