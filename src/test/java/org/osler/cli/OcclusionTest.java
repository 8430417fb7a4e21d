package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.SharedFiles;
import org.osler.data.image.Picture;
import org.osler.model.Classifier;
import org.osler.model.EvidenceMap;
import org.osler.model.Explanation;
import org.osler.model.MapMethod;
import org.osler.model.Prediction;

/**
 * Whether a map finds what a prediction rests on, judged by the prediction itself: hiding the places of the highest values
 * costs the predicted class more than hiding as many of the lowest. Real ultrasound images, real weights.
 */
class OcclusionTest {

    private static final double SHARE = 0.2;
    private static final int EVERY = 9;

    @TempDir
    private Path folder;

    @Test
    void hidingTheHighestPlacesCostsMoreThanHidingTheLowest() throws IOException {
        Path images = SharedFiles.path("data/busi");
        Path weights = SharedFiles.path("weights/vit_tiny_patch16_224.tinyimagenet.safetensors");
        Path model = folder.resolve("model");
        Cli train = Cli.run(
                folder,
                "train",
                images.resolve("manifest.csv").toString(),
                "--encoder",
                "vit_tiny_patch16_224",
                "--weights",
                weights.toString(),
                "--set",
                "recipe.iterations=1000",
                "--out",
                model.toString());
        assertThat(train.code()).as(train.err()).isZero();
        List<Path> files;
        try (Stream<Path> all = Files.walk(images)) {
            List<Path> pngs = all.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .toList();
            files = IntStream.range(0, pngs.size())
                    .filter(i -> i % EVERY == 0)
                    .mapToObj(pngs::get)
                    .toList();
        }
        double[] falls = new double[4];
        try (Classifier classifier = Classifier.load(model)) {
            for (Path file : files) {
                Explanation gradCam = classifier.explain(classifier.prepare(file), MapMethod.GRAD_CAM);
                Explanation attention = classifier.explain(classifier.prepare(file), MapMethod.ATTENTION);
                falls[0] += fall(classifier, gradCam, true) / files.size();
                falls[1] += fall(classifier, gradCam, false) / files.size();
                falls[2] += fall(classifier, attention, true) / files.size();
                falls[3] += fall(classifier, attention, false) / files.size();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d images of BUSI, a fifth hidden, mean fall of the predicted class's probability: grad-cam %.3f highest,"
                        + " %.3f lowest; attention %.3f highest, %.3f lowest%n",
                files.size(),
                falls[0],
                falls[1],
                falls[2],
                falls[3]);
        assertThat(falls[0]).isGreaterThan(falls[1] + 0.05);
    }

    /** By how much the predicted class's probability falls when places become the image's mean grey. */
    private static double fall(Classifier classifier, Explanation explanation, boolean highest) {
        EvidenceMap map = explanation.maps().get(0);
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, map.values().length).boxed().toList());
        // Of equal values (there are many zeros) any may come first.
        Collections.shuffle(places, new Random(0));
        Comparator<Integer> byValue = Comparator.comparingDouble(place -> map.values()[place]);
        places.sort(highest ? byValue.reversed() : byValue);
        Picture seen = explanation.seen();
        BufferedImage image = image(seen);
        int mean = mean(seen);
        int side = seen.width() / map.width();
        for (int place : places.subList(0, (int) (SHARE * places.size()))) {
            for (int i = 0; i < side * side; i++) {
                int x = place % map.width() * side + i % side;
                int y = place / map.width() * side + i / side;
                image.setRGB(x, y, mean * 0x010101);
            }
        }
        Prediction before = explanation.prediction();
        Prediction after = classifier.predict(image);
        return before.probabilities().get(before.label())
                - after.probabilities().get(before.label());
    }

    private static int mean(Picture seen) {
        long sum = 0;
        for (byte level : seen.pixels()) {
            sum += level & 0xff;
        }
        return (int) (sum / seen.pixels().length);
    }

    private static BufferedImage image(Picture seen) {
        BufferedImage image = new BufferedImage(seen.width(), seen.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < seen.width() * seen.height(); i++) {
            int red = seen.pixels()[3 * i] & 0xff;
            int green = seen.pixels()[3 * i + 1] & 0xff;
            int blue = seen.pixels()[3 * i + 2] & 0xff;
            image.setRGB(i % seen.width(), i / seen.width(), red << 16 | green << 8 | blue);
        }
        return image;
    }
}
