package org.osler.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.osler.data.PilBilinear;
import org.osler.data.image.Picture;
import org.osler.model.EvidenceMap;
import org.osler.model.Explanation;
import org.osler.model.MapMethod;
import org.osler.model.Prediction;

/** The page of explained images as one HTML text. */
final class ExplanationPage {

    /** More classes than these are not shown: those with the highest probabilities are. */
    private static final int MOST_BARS = 12;

    private static final int RGB = 3;

    /** Longest side in pixels of training images. */
    private static final int THUMBNAIL = 128;

    private static final List<String> STYLES = List.of("page.css", "sections.css", "explanation.css");

    private ExplanationPage() {}

    /** What the page shows of one image; empty texts: nothing. */
    record Card(
            String name,
            String answer,
            String probability,
            String truth,
            boolean right,
            String picture,
            List<Layer> maps,
            List<Bar> bars,
            int hiddenBars,
            List<Near> near) {}

    /** A map over the picture. */
    record Layer(String caption, String overlay) {}

    /** A class with its probability: as text, and as a width in percent. */
    record Bar(String label, String text, String width, boolean said) {}

    /** A training image. */
    record Near(String picture, String label, String similarity, String image) {}

    static String html(ExplanationHeader header, List<Card> cards, int count) {
        var root = new HashMap<String, Object>();
        root.put("model", header.model());
        root.put("encoder", header.encoder());
        root.put("classSpecific", header.method() == MapMethod.GRAD_CAM);
        root.put("neighbours", header.neighbours().orElse(""));
        root.put("written", Dates.text(header.written()));
        root.put("count", count);
        root.put("cards", new ObjectMapper().convertValue(cards, new TypeReference<List<Object>>() {}));
        root.put("css", HtmlPage.together(STYLES));
        return HtmlPage.fill("explanation.ftlh", root);
    }

    static Card card(ExplainedImage image, List<byte[]> overlays) {
        Explanation explanation = image.explanation();
        Prediction prediction = explanation.prediction();
        List<Layer> maps = new ArrayList<>();
        for (int i = 0; i < overlays.size(); i++) {
            maps.add(new Layer(caption(explanation.maps().get(i)), PngImage.dataUri(overlays.get(i))));
        }
        String answer = prediction.labels().isEmpty() ? "none" : String.join(", ", prediction.labels());
        String probability = prediction.labels().size() == 1
                ? percent(prediction.probabilities().get(prediction.labels().get(0)))
                : "";
        List<Bar> bars = bars(prediction);
        return new Card(
                image.name(),
                answer,
                probability,
                image.truth().orElse(""),
                image.truth().map(answer::equals).orElse(false),
                uri(explanation.seen()),
                maps,
                bars,
                prediction.scores().length - bars.size(),
                image.near().stream().map(ExplanationPage::near).toList());
    }

    private static String caption(EvidenceMap map) {
        if (map.label().isEmpty()) {
            return "what the encoder attends to";
        }
        return map.isEmpty()
                ? "nothing speaks for " + map.label().get()
                : "speaks for " + map.label().get();
    }

    private static List<Bar> bars(Prediction prediction) {
        double[] scores = prediction.scores();
        List<Integer> shown = IntStream.range(0, scores.length).boxed().toList();
        if (shown.size() > MOST_BARS) {
            shown = shown.stream()
                    .sorted(Comparator.comparingDouble((Integer c) -> -scores[c]))
                    .limit(MOST_BARS)
                    .toList();
        }
        return shown.stream()
                .map(c -> new Bar(
                        prediction.names().get(c),
                        percent(scores[c]),
                        String.format(Locale.ROOT, "%.1f", 100 * scores[c]),
                        prediction.labels().contains(prediction.names().get(c))))
                .toList();
    }

    private static Near near(ExplainedImage.Near near) {
        List<String> labels = near.neighbour().labels();
        return new Near(
                uri(small(near.picture())),
                labels.isEmpty() ? "none" : String.join(", ", labels),
                String.format(Locale.ROOT, "%.3f", near.neighbour().similarity()),
                near.neighbour().image());
    }

    private static String uri(Picture picture) {
        return PngImage.dataUri(PngImage.png(isGrey(picture) ? picture.withChannels(1) : picture));
    }

    /** Whether colours add nothing, as in what the encoder saw of a grey image. */
    private static boolean isGrey(Picture picture) {
        byte[] pixels = picture.pixels();
        for (int i = 0; i < pixels.length && picture.channels() == RGB; i += RGB) {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static Picture small(Picture picture) {
        int longest = Math.max(picture.height(), picture.width());
        if (longest <= THUMBNAIL) {
            return picture;
        }
        int height = Math.max(1, Math.round((float) picture.height() * THUMBNAIL / longest));
        int width = Math.max(1, Math.round((float) picture.width() * THUMBNAIL / longest));
        byte[] reduced = new byte[height * width * picture.channels()];
        PilBilinear.resize(
                picture.pixels(), picture.height(), picture.width(), picture.channels(), reduced, height, width);
        return new Picture(height, width, picture.channels(), reduced);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
