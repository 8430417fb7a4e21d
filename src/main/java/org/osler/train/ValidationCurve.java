package org.osler.train;

import java.util.ArrayList;
import java.util.List;

/** The validations of one run so far: which was best, and whether the run is to end early. */
final class ValidationCurve {

    private final Validation validation;
    private final List<CurvePoint> points = new ArrayList<>();
    private CurvePoint best;

    ValidationCurve(Validation validation) {
        this.validation = validation;
    }

    /** Takes a validation in; says whether it is better than every one before. Anything is better than what is not defined. */
    boolean add(CurvePoint point) {
        points.add(point);
        boolean better = best == null
                || worth(point) > worth(best)
                || (Double.isNaN(worth(best)) && !Double.isNaN(worth(point)));
        if (better) {
            best = point;
        }
        return better;
    }

    private double worth(CurvePoint point) {
        return validation.best().worth(point);
    }

    /** Whether patience is at its end. */
    boolean stopped() {
        return best != null
                && validation.patience().isPresent()
                && points.get(points.size() - 1).epoch() - best.epoch()
                        >= validation.patience().getAsInt();
    }

    /** The best validation so far; null before the first. */
    CurvePoint best() {
        return best;
    }

    /** The iteration of the last validation; 0 before the first. */
    int lastIteration() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).iteration();
    }

    List<CurvePoint> points() {
        return List.copyOf(points);
    }

    /** Takes over where a checkpoint was. */
    void restore(List<CurvePoint> earlier) {
        points.clear();
        best = null;
        earlier.forEach(this::add);
    }
}
