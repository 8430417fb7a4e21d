package org.osler.encoder;

import java.util.List;
import java.util.Optional;
import org.osler.encoder.EncoderCard.Family;
import org.osler.encoder.VisionTransformer.Config;

/** The encoders that Osler knows, in the order in which tables list them. */
public final class EncoderCatalog {

    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
    private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);

    private static final List<EncoderCard> CARDS = List.of(
            resnet("resnet18.a1_in1k", "ResNet-18", 512),
            resnet("resnet34.a1_in1k", "ResNet-34", 512),
            resnet("resnet50.a1_in1k", "ResNet-50", 2048),
            vit("vit_tiny_patch16_224.augreg_in21k_ft_in1k", "ViT-Ti/16", 192),
            vit("vit_small_patch16_224.augreg_in21k_ft_in1k", "ViT-S/16", 384),
            vit("vit_base_patch16_224.augreg2_in21k_ft_in1k", "ViT-B/16", 768));

    private EncoderCatalog() {}

    /** Every card, in table order. */
    public static List<EncoderCard> cards() {
        return CARDS;
    }

    /** The card of a full id, or of an architecture's name without a tag (its first card then). */
    public static Optional<EncoderCard> find(String name) {
        return CARDS.stream()
                .filter(card -> card.id().equals(name) || card.architecture().equals(name))
                .findFirst();
    }

    /**
     * Declares an encoder's network for square images of {@code input} pixels; its values are still to be loaded or
     * drawn.
     *
     * @throws org.osler.InputException if the architecture cannot take that size
     */
    public static Encoder build(EncoderCard card, int input) {
        return switch (card.architecture()) {
            case "resnet18" -> new ResNet(card, input, new int[] {2, 2, 2, 2}, false);
            case "resnet34" -> new ResNet(card, input, new int[] {3, 4, 6, 3}, false);
            case "resnet50" -> new ResNet(card, input, new int[] {3, 4, 6, 3}, true);
            case "vit_tiny_patch16_224" -> new VisionTransformer(card, input, Config.plain(16, 192, 12, 3));
            case "vit_small_patch16_224" -> new VisionTransformer(card, input, Config.plain(16, 384, 12, 6));
            case "vit_base_patch16_224" -> new VisionTransformer(card, input, Config.plain(16, 768, 12, 12));
            default -> throw new IllegalArgumentException("no architecture for " + card.id());
        };
    }

    private static EncoderCard resnet(String id, String paperName, int features) {
        return new EncoderCard(
                id, paperName, Family.CNN, features, 224, IMAGENET_MEAN, IMAGENET_STD, "timm/" + id, "Apache-2.0");
    }

    private static EncoderCard vit(String id, String paperName, int features) {
        return new EncoderCard(id, paperName, Family.VIT, features, 224, HALF, HALF, "timm/" + id, "Apache-2.0");
    }
}
