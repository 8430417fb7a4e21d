package org.osler.study;

import java.util.List;

/** Results over seeds, with learning rates chosen on validation. */
public final class Summary {

    private Summary() {}

    /** One row for each setting, in the order in which settings first appear. */
    public static List<SummaryRow> of(List<TrialResult> results) {
        throw new UnsupportedOperationException(results.toString());
    }
}
