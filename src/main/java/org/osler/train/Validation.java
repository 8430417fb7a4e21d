package org.osler.train;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * When a run is validated, and what follows from it.
 *
 * @param times about how often, spread over the epochs as Wu and Papież 2025 do; empty: after every epoch
 * @param best what the best checkpoint is chosen by
 * @param patience epochs without a better checkpoint after which a run ends early; empty: never
 */
public record Validation(OptionalInt times, Best best, OptionalInt patience) {

    /** What the best checkpoint is chosen by, on validation; of equal ones the first counts. */
    public enum Best {
        /** Highest accuracy. */
        ACC {
            @Override
            double worth(CurvePoint point) {
                return point.valAccuracy();
            }
        },
        /** Highest AUC. */
        AUC {
            @Override
            double worth(CurvePoint point) {
                return point.valAuc();
            }
        },
        /** Lowest loss. */
        LOSS {
            @Override
            double worth(CurvePoint point) {
                return -point.valLoss();
            }
        };

        /** The name used in study files and tables. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Larger is better; NaN where it is not defined. */
        abstract double worth(CurvePoint point);
    }

    /** Epochs from one validation to the next. */
    int every(int epochs) {
        return times.isPresent() ? epochs / Math.min(times.getAsInt(), epochs) : 1;
    }
}
