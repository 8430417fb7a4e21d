package org.osler.data;

import org.osler.SeededRandom;

/** Draws one image of a phantom dataset: tissue, findings, scan, and down to its size. */
final class Phantom {

    /** Images are drawn at least this fine and averaged down, so that small ones look like small ultrasound images. */
    private static final int FINEST = 128;

    private final PhantomSpec spec;
    private final SeededRandom random;

    Phantom(PhantomSpec spec, Split split, int index) {
        this.spec = spec;
        this.random = SeededRandom.of(spec.seed(), "phantom/" + split.id() + "/" + index);
    }

    /**
     * Draws.
     *
     * @param labels the class, or 0 or 1 for each label
     * @return [H, W, C]
     */
    byte[] draw(int[] labels) {
        int scale = Math.max(1, (FINEST + spec.size() - 1) / spec.size());
        Tissue tissue = new Tissue(scale * spec.size(), spec.channels() == 3);
        new BreastTissue(random, 1).paint(tissue);
        switch (spec.task()) {
            case BINARY -> finding(labels[0] == 0 ? Finding.SMOOTH_MASS : Finding.SPICULATED_MASS, tissue);
            case MULTI_CLASS -> finding(Finding.IN_ORDER.get(labels[0]), tissue);
            case ORDINAL -> grade(labels[0], tissue);
            case MULTI_LABEL -> findings(labels, tissue);
        }
        float[] grey = UltrasoundScanner.scan(tissue, random);
        return spec.channels() == 1 ? grey(grey, scale) : colour(grey, tissue.flow(), scale);
    }

    private void finding(Finding finding, Tissue tissue) {
        var place =
                new Finding.Place(random.uniform(0.32, 0.68), random.uniform(0.36, 0.54), random.uniform(0.12, 0.2));
        finding.paint(tissue, place, random);
    }

    /** Severity grows with the grade and overlaps a little between neighbours; so does size. */
    private void grade(int grade, Tissue tissue) {
        double step = 1.0 / (spec.classes() - 1);
        double severity = Math.min(Math.max(step * (grade + 0.3 * random.normal()), 0), 1);
        double radius = 0.1 + 0.09 * severity + random.uniform(-0.015, 0.025);
        var place = new Finding.Place(random.uniform(0.35, 0.65), random.uniform(0.36, 0.54), radius);
        Finding.mass(tissue, place, severity, random);
    }

    /** Each finding that is present gets a place of its own: cells of a grid in random order. */
    private void findings(int[] labels, Tissue tissue) {
        int[] cells = random.permutation(PhantomSpec.MOST_CLASSES);
        for (int label = 0; label < labels.length; label++) {
            if (labels[label] == 1) {
                double x = 0.16 + 0.23 * (cells[label] % 4) + random.uniform(-0.02, 0.02);
                int row = cells[label] / 4;
                double y = 0.36 + 0.28 * row + random.uniform(-0.03, 0.03);
                var place = new Finding.Place(x, y, random.uniform(0.085, 0.11));
                Finding.IN_ORDER.get(label).paint(tissue, place, random);
            }
        }
    }

    private byte[] grey(float[] grey, int scale) {
        byte[] result = new byte[spec.size() * spec.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = level(mean(grey, i, scale));
        }
        return result;
    }

    /** Grey with a cool tint; flow towards the probe from red to yellow, away from it from blue to cyan. */
    private byte[] colour(float[] grey, float[] flow, int scale) {
        byte[] result = new byte[3 * spec.size() * spec.size()];
        for (int i = 0; i < result.length / 3; i++) {
            double level = mean(grey, i, scale);
            double speed = mean(flow, i, scale);
            double share = Math.min(1, 2.5 * Math.abs(speed));
            double strong = 0.55 + 0.45 * Math.abs(speed);
            double green = 0.75 * Math.max(0, Math.abs(speed) - 0.35);
            double red = speed > 0 ? strong : 0.05;
            double blue = speed > 0 ? 0.05 : strong;
            result[3 * i] = level(0.94 * level + share * (red - 0.94 * level));
            result[3 * i + 1] = level(0.98 * level + share * (green - 0.98 * level));
            result[3 * i + 2] = level(level + share * (blue - level));
        }
        return result;
    }

    private double mean(float[] fine, int pixel, int scale) {
        int side = spec.size() * scale;
        int corner = pixel / spec.size() * scale * side + pixel % spec.size() * scale;
        double sum = 0;
        for (int y = 0; y < scale; y++) {
            for (int x = 0; x < scale; x++) {
                sum += fine[corner + y * side + x];
            }
        }
        return sum / (scale * scale);
    }

    private static byte level(double value) {
        return (byte) Math.round(255 * Math.min(Math.max(value, 0), 1));
    }
}
