package org.osler.data;

import static org.osler.data.SmoothNoise.step;

import java.util.List;
import org.osler.SeededRandom;

/** What a phantom can show, each drawn somewhere in the tissue with its own size, shape and strength. */
enum Finding {
    CYST("cyst") {
        @Override
        void paint(Tissue tissue, Place place, SeededRandom random) {
            double radius = place.radius() * random.uniform(0.75, 1.1);
            var outline =
                    new Outline(random, place.x(), place.y(), radius, radius * random.uniform(0.7, 0.95), 0.025, 0);
            fluid(random).paint(tissue, outline, random);
            vessels(tissue, outline, 1, 1.5, random);
        }
    },
    SPICULATED_MASS("spiculated mass") {
        @Override
        void paint(Tissue tissue, Place place, SeededRandom random) {
            mass(tissue, place, 0.85 - 0.13 * Math.abs(random.normal()), random);
        }
    },
    SMOOTH_MASS("smooth mass") {
        @Override
        void paint(Tissue tissue, Place place, SeededRandom random) {
            mass(tissue, place, 0.1 + 0.13 * Math.abs(random.normal()), random);
        }
    },
    CALCIFICATIONS("calcifications") {
        @Override
        void paint(Tissue tissue, Place place, SeededRandom random) {
            var bed = new Outline(random, place.x(), place.y(), place.radius() * 1.1, place.radius() * 0.8, 0.12, 0);
            new Lesion(-6, 3, 0.6, 0, 0, -3, 0).paint(tissue, bed, random);
            int count = 6 + random.below(7);
            for (int i = 0; i < count; i++) {
                double x = place.x() + place.radius() * random.uniform(-0.8, 0.8);
                double y = place.y() + place.radius() * random.uniform(-0.6, 0.6);
                grain(tissue, x, y, random.uniform(0.008, 0.014), random.uniform(17, 24));
            }
            vessels(tissue, bed, 1, 1.2, random);
        }
    },
    LYMPH_NODE("lymph node") {
        @Override
        void paint(Tissue tissue, Place place, SeededRandom random) {
            double aspect = random.uniform(0.5, 0.65);
            double radius = place.radius() * random.uniform(0.9, 1.15);
            var cortex = new Outline(random, place.x(), place.y(), radius, radius * aspect, 0.04, 0);
            new Lesion(-19, 1.5, 0.12, 3, 0, 1, 3).paint(tissue, cortex, random);
            double shift = radius * random.uniform(-0.1, 0.1);
            var hilum = new Outline(random, place.x() + shift, place.y(), radius * 0.6, radius * aspect * 0.5, 0.1, 0);
            new Lesion(0, 2.5, 0.6, 0, 0, 0, 0).paint(tissue, hilum, random);
            vessels(tissue, hilum, 2, 0.6, random);
        }
    },
    LIPOMA("lipoma") {
        @Override
        void paint(Tissue tissue, Place place, SeededRandom random) {
            double radius = place.radius() * random.uniform(1, 1.25);
            var outline =
                    new Outline(random, place.x(), place.y(), radius, radius * random.uniform(0.5, 0.65), 0.04, 0);
            new Lesion(8, 2, 0.2, 4, 0, 0, 4).paint(tissue, outline, random);
        }
    },
    COMPLEX_CYST("complex cyst") {
        @Override
        void paint(Tissue tissue, Place place, SeededRandom random) {
            double radius = place.radius() * random.uniform(1, 1.25);
            var outline = new Outline(random, place.x(), place.y(), radius, radius * 0.85, 0.05, 0);
            fluid(random).paint(tissue, outline, random);
            double side = random.uniform() < 0.5 ? -1 : 1;
            var nodule = new Outline(
                    random,
                    place.x() + side * radius * random.uniform(0.3, 0.5),
                    place.y() + radius * random.uniform(-0.1, 0.35),
                    radius * random.uniform(0.4, 0.5),
                    radius * random.uniform(0.35, 0.45),
                    0.1,
                    0.1);
            new Lesion(-3, 3, 0.2, 0, 0, 0, 0).paint(tissue, nodule, random);
            vessels(tissue, nodule, 2, 0.6, random);
        }
    },
    DILATED_DUCT("dilated duct") {
        @Override
        void paint(Tissue tissue, Place place, SeededRandom random) {
            SmoothNoise course = new SmoothNoise(random, 5, 1);
            double slope = random.uniform(-0.3, 0.3);
            double width = place.radius() * random.uniform(0.2, 0.3);
            double length = place.radius() * random.uniform(2, 2.6);
            tissue.scatter((x, y, now) -> {
                double along = x - place.x();
                double middle = place.y() + slope * along + 0.04 * course.at(x, 0);
                double narrow = width * Math.sqrt(Math.max(0.01, 1 - along * along / (length * length)));
                double at = Math.abs(y - middle) / narrow;
                double inside = step((1 - at) / 0.35 + 0.5) * step((length - Math.abs(along)) / 0.03);
                double wall = (at - 1.15) / 0.22;
                double bright = wall * wall > 9 || Math.abs(along) > length ? 0 : 6 * StrictMath.exp(-wall * wall);
                return now + inside * (-32 - now) + bright;
            });
        }
    };

    /** Class 0 of a multi-class phantom, class 1, … */
    static final List<Finding> IN_ORDER =
            List.of(CYST, SPICULATED_MASS, SMOOTH_MASS, CALCIFICATIONS, LYMPH_NODE, LIPOMA, COMPLEX_CYST, DILATED_DUCT);

    private final String label;

    Finding(String label) {
        this.label = label;
    }

    /** The name of the class or label. */
    String label() {
        return label;
    }

    abstract void paint(Tissue tissue, Place place, SeededRandom random);

    /**
     * Where a finding goes and how large it is.
     *
     * @param x of its centre
     * @param y of its centre
     * @param radius about half its width
     */
    record Place(double x, double y, double radius) {}

    /** A solid mass of a severity between 0 (smooth) and 1 (spiculated). */
    static void mass(Tissue tissue, Place place, double severity, SeededRandom random) {
        Outline outline = Lesion.massOutline(severity, place.x(), place.y(), place.radius(), random);
        Lesion.mass(severity, random).paint(tissue, outline, random);
        int count = (int) (1 + 4 * severity + random.uniform(0, 2));
        vessels(tissue, outline, count, severity > 0.5 ? 0.8 : 1.2, random);
    }

    private static Lesion fluid(SeededRandom random) {
        return new Lesion(-33, 3, 0.16, 4, 0, random.uniform(5, 9), 5);
    }

    /** A speck of chalk: bright, with a thin shadow. */
    private static void grain(Tissue tissue, double atX, double atY, double size, double strength) {
        tissue.scatter((x, y, now) -> {
            double dx = (x - atX) / size;
            double dy = (y - atY) / size;
            if (Math.abs(dx) > 3 || dy < -3) {
                return now;
            }
            double shadow = dy > 1 ? 5 * StrictMath.exp(-dx * dx) * step((0.25 - (y - atY)) / 0.25) : 0;
            return now - shadow + strength * StrictMath.exp(-Math.min(50, dx * dx + dy * dy));
        });
    }

    /** Blood vessels around an outline: short bent stretches at about {@code reach} times its radius. */
    private static void vessels(Tissue tissue, Outline outline, int count, double reach, SeededRandom random) {
        for (int i = 0; i < count; i++) {
            double angle = random.uniform(0, 2 * Math.PI);
            double distance = reach * random.uniform(0.7, 1.2);
            double x0 = outline.x() + distance * outline.radiusX() * StrictMath.cos(angle);
            double y0 = outline.y() + distance * outline.radiusY() * StrictMath.sin(angle);
            double length = outline.radiusX() * random.uniform(0.25, 0.55);
            double width = outline.radiusX() * random.uniform(0.08, 0.16);
            double turn = random.uniform(0, Math.PI);
            double cos = StrictMath.cos(turn);
            double sin = StrictMath.sin(turn);
            double bend = random.uniform(-2, 2) / length;
            double speed = random.uniform(0.5, 1) * (random.uniform() < 0.5 ? -1 : 1);
            tissue.flow((x, y, now) -> {
                double along = (x - x0) * cos + (y - y0) * sin;
                double across = (y - y0) * cos - (x - x0) * sin + bend * along * along * 0.3;
                double t = along * along / (length * length) + across * across / (width * width);
                return t > 1 ? now : now + (speed - now) * step(2 * (1 - t));
            });
        }
    }
}
