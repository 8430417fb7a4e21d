package org.osler.study;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.osler.weights.Home;

/** The parts that an {@link Outlook} knows a run by. */
final class OutlookParts {

    private OutlookParts() {}

    /** The outlook of a run that has this to do. */
    static Outlook of(Study study, Home home, List<Runner.Work> work) throws IOException {
        var outlook = new Outlook(InstantSource.system());
        var atHand = new FeaturesAtHand(study, home);
        var costs = PlanCosts.relative(study);
        for (Runner.Work piece : work) {
            if (!piece.trials().isEmpty()) {
                add(outlook, costs, piece.trials(), atHand.has(piece.trials().get(0)));
            }
        }
        return outlook;
    }

    private static void add(Outlook outlook, PlanCosts costs, List<Trial> piece, boolean passed) {
        Trial any = piece.get(0);
        boolean onFeatures = any.strategy().onFeatures();
        if (onFeatures && !passed) {
            outlook.add(
                    Plan.Features.of(any),
                    new Outlook.Part(PlanCost.Kind.FEATURES, any.encoder(), costs.passSeconds(any)));
        }
        PlanCost.Kind kind = onFeatures ? PlanCost.Kind.HEADS : PlanCost.Kind.ENCODER;
        for (Trial trial : piece) {
            outlook.add(trial, new Outlook.Part(kind, trial.encoder(), costs.seconds(trial)));
        }
    }

    /** What a piece of work is known by. */
    static List<Object> keys(Runner.Work work) {
        List<Object> keys = new ArrayList<>(work.trials());
        Trial any = work.trials().get(0);
        if (any.strategy().onFeatures()) {
            keys.add(Plan.Features.of(any));
        }
        return keys;
    }
}
