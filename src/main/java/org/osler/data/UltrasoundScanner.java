package org.osler.data;

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

    private static final int LOOKS = 2;
    private static final double PULSE = 0.0032;
    private static final double BEAM = 0.0055;
    /** Shown from black to white, in decibels over glandular tissue. */
    private static final double BLACK = -34;

    private static final double WHITE = 16;

    private UltrasoundScanner() {}

    /** Scans; grey levels from 0 to 1, row by row, as many as the tissue has points. */
    static float[] scan(Tissue tissue, SeededRandom random) {
        int side = tissue.side();
        float[] envelope = new float[side * side];
        for (int look = 0; look < LOOKS; look++) {
            float[] real = echo(tissue, random);
            float[] imaginary = echo(tissue, random);
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
    private static float[] echo(Tissue tissue, SeededRandom random) {
        int side = tissue.side();
        float[] result = new float[side * side];
        float[] decibels = tissue.decibels();
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (random.normal() * amplitude(decibels[i]));
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

    private static double amplitude(double decibels) {
        return StrictMath.exp(decibels * (StrictMath.log(10) / 20));
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
