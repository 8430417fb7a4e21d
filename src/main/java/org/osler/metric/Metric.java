package org.osler.metric;

/** The metrics that are one number for a whole set of scores. */
public enum Metric {
    /** See {@link Accuracy}. */
    ACCURACY("acc"),
    /** See {@link RocAuc}. */
    AUC("auc"),
    /** See {@link BalancedAccuracy}. */
    BALANCED_ACCURACY("balanced-acc"),
    /** Expected calibration error, see {@link Calibration}. */
    ECE("ece"),
    /** See {@link Brier}. */
    BRIER("brier");

    private final String id;

    Metric(String id) {
        this.id = id;
    }

    /** The name used in files and tables, e.g. {@code balanced-acc}. */
    public String id() {
        return id;
    }

    WeightedMetric on(Sample sample) {
        return switch (this) {
            case ACCURACY -> Accuracy.on(sample);
            case AUC -> RocAuc.on(sample);
            case BALANCED_ACCURACY -> BalancedAccuracy.on(sample);
            case ECE -> Calibration.on(sample);
            case BRIER -> Brier.on(sample);
        };
    }
}
