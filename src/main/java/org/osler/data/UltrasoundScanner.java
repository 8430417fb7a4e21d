package org.osler.data;

import java.util.SplittableRandom;
import org.osler.SeededRandom;

/**
 * Turns tissue into the picture that a scanner shows.
 *
 * <p>Many scatterers in each resolution cell add up to a complex Gaussian echo; its envelope is Rayleigh-distributed
 * speckle (Burckhardt 1978, doi 10.1109/T-SU.1978.30978), as coarse as the beam, which is wider than its pulse is long
 * and widens with depth. Independent looks are averaged, as spatial compounding does, and the logarithm of the envelope
 * is shown.
 */
final class UltrasoundScanner {

    private static final int LOOKS = 3;
    private static final double PULSE = 0.0048;
    private static final double BEAM = 0.0085;
    /** Shown from black to white, in decibels over glandular tissue. */
    private static final double BLACK = -36;

    private static final double WHITE = 19;

    /** A uniform 16-bit number has variance 65,536² / 12; four of them, a third of 65,536². */
    private static final float BELL_UNIT = (float) (StrictMath.sqrt(3) / 65_536);

    private UltrasoundScanner() {}

    /** Scans; grey levels from 0 to 1, row by row, as many as the tissue has points. */
    static float[] scan(Tissue tissue, SeededRandom random) {
        int side = tissue.side();
        float[] envelope = new float[side * side];
        float[] amplitudes = amplitudes(tissue);
        var noise = new SplittableRandom(((long) random.below(1 << 30) << 30) | random.below(1 << 30));
        for (int look = 0; look < LOOKS; look++) {
            float[] real = echo(amplitudes, side, noise);
            float[] imaginary = echo(amplitudes, side, noise);
            for (int i = 0; i < envelope.length; i++) {
                envelope[i] += (float) Math.sqrt(real[i] * real[i] + imaginary[i] * imaginary[i]) / LOOKS;
            }
        }
        for (int i = 0; i < envelope.length; i++) {
            double decibels = 20 * StrictMath.log10(envelope[i] + 1e-6);
            envelope[i] = (float) Math.min(Math.max((decibels - BLACK) / (WHITE - BLACK), 0), 1);
        }
        return envelope;
    }

    /** One part of the complex echo: white noise as strong as the tissue scatters, smeared by the beam. */
    private static float[] echo(float[] amplitudes, int side, SplittableRandom noise) {
        float[] result = new float[amplitudes.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = amplitudes[i] * bell(noise.nextLong());
        }
        float[] line = new float[side];
        for (int row = 0; row < side; row++) {
            float[] kernel = kernel(side * BEAM * (0.7 + 0.9 * row / side));
            smear(result, row * side, 1, line, kernel);
        }
        float[] kernel = kernel(side * PULSE);
        for (int column = 0; column < side; column++) {
            smear(result, column, side, line, kernel);
        }
        return result;
    }

    /** The sum of a number's four 16-bit quarters, centred, with variance 1: close enough to normal to be smeared. */
    private static float bell(long bits) {
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum - 2 * 65_535) * BELL_UNIT;
    }

    private static float[] amplitudes(Tissue tissue) {
        float[] result = tissue.decibels().clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) StrictMath.exp(result[i] * (StrictMath.log(10) / 20));
        }
        return result;
    }

    /** Half of a Gaussian, scaled so that white noise keeps its power. */
    private static float[] kernel(double sigma) {
        int reach = (int) Math.ceil(2.5 * sigma);
        float[] half = new float[reach + 1];
        double power = 0;
        for (int i = 0; i <= reach; i++) {
            half[i] = (float) StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            power += (i == 0 ? 1 : 2) * half[i] * half[i];
        }
        for (int i = 0; i <= reach; i++) {
            half[i] /= (float) Math.sqrt(power);
        }
        return half;
    }

    /** Convolves one line of an image in place; mirrored at its ends. */
    private static void smear(float[] image, int start, int stride, float[] line, float[] half) {
        int last = line.length - 1;
        for (int i = 0; i <= last; i++) {
            line[i] = image[start + i * stride];
        }
        for (int i = 0; i <= last; i++) {
            float sum = half[0] * line[i];
            for (int tap = 1; tap < half.length; tap++) {
                sum += half[tap] * (line[Math.abs(i - tap)] + line[last - Math.abs(last - i - tap)]);
            }
            image[start + i * stride] = sum;
        }
    }
}
