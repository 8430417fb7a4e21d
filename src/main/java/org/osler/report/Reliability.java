package org.osler.report;

import java.util.ArrayList;
import java.util.List;
import org.osler.metric.Calibration;
import org.osler.report.ReportModel.Bin;

/** The reliability diagram of Guo et al. 2017 (arXiv 1706.04599): how often predictions are right, by confidence. */
final class Reliability {

    private Reliability() {}

    /**
     * Bins of equal width, (b/15, (b+1)/15], as {@link Calibration} has them; all labels of a multi-label task
     * together.
     */
    static List<Bin> bins(Verdicts verdicts) {
        int[] counts = new int[Calibration.BINS];
        double[] confidences = new double[Calibration.BINS];
        double[] rights = new double[Calibration.BINS];
        for (int i = 0; i < verdicts.labels().length; i++) {
            for (int q = 0; q < verdicts.questions(); q++) {
                double confidence = verdicts.score(i, q, verdicts.answer(i, q));
                int bin = bin(confidence);
                counts[bin]++;
                confidences[bin] += confidence;
                rights[bin] += verdicts.right(i, q) ? 1 : 0;
            }
        }
        var bins = new ArrayList<Bin>();
        for (int b = 0; b < counts.length; b++) {
            int count = Math.max(1, counts[b]);
            bins.add(new Bin(counts[b], confidences[b] / count, rights[b] / count));
        }
        return List.copyOf(bins);
    }

    private static int bin(double confidence) {
        int bin = 0;
        while (bin < Calibration.BINS - 1 && confidence > (bin + 1) / (double) Calibration.BINS) {
            bin++;
        }
        return bin;
    }
}
