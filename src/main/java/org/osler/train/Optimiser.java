package org.osler.train;

import java.util.Locale;
import org.osler.tensor.Adam;

/**
 * An optimiser and its settings.
 *
 * @param kind which one
 * @param weightDecay how strongly weights are drawn to zero
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment
 */
public record Optimiser(Kind kind, double weightDecay, double beta1, double beta2, double epsilon) {

    /** The optimisers there are. */
    public enum Kind {
        /** Weight decay by itself. */
        ADAMW,
        /** Weight decay as part of the gradient. */
        ADAM;

        /** The name used in study files and tables. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Adam.Settings settings() {
        return new Adam.Settings(kind == Kind.ADAMW, beta1, beta2, epsilon, weightDecay);
    }
}
