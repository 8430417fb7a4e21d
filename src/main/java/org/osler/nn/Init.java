package org.osler.nn;

import java.util.Arrays;
import org.osler.SeededRandom;

/** How the values of a parameter are drawn before training; the names are timm's. */
@FunctionalInterface
public interface Init {

    Init ZEROS = (values, random) -> Arrays.fill(values, 0);
    Init ONES = (values, random) -> Arrays.fill(values, 1);

    /**
     * Fills {@code values} with the next values of the parameter, in row-major order. In which pieces that happens makes
     * no difference.
     */
    void fill(float[] values, SeededRandom random);

    /** Normal with mean 0; timm's truncation at ±2, a hundred deviations away, is left out. */
    static Init normal(double deviation) {
        return (values, random) -> random.normals(values, deviation);
    }

    /** Uniform in ±bound. PyTorch's default for a layer of {@code fanIn} inputs has bound 1/√fanIn, bias included. */
    static Init uniform(double bound) {
        return (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.uniform(-bound, bound);
            }
        };
    }

    /** PyTorch's default for weight and bias of linear and convolutional layers: uniform in ±1/√fanIn. */
    static Init pytorchDefault(long fanIn) {
        return uniform(1 / Math.sqrt((double) fanIn));
    }

    /** Normal with variance 2/fanIn (He et al. 2015, arXiv 1502.01852), which keeps a signal's size through ReLUs. */
    static Init kaimingFanIn(long fanIn) {
        return normal(Math.sqrt(2 / (double) fanIn));
    }

    /** Normal with variance 2/fanOut (He et al. 2015), for convolutions before ReLU. */
    static Init kaimingFanOut(long fanOut) {
        return normal(Math.sqrt(2 / (double) fanOut));
    }
}
