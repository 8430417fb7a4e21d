package org.osler.encoder;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osler.weights.HubFile;

/** The encoders that Osler knows, in the order in which tables list them. */
public final class EncoderCatalog {

    private static final List<Architecture> ARCHITECTURES = Stream.of(
                    ResNet.ARCHITECTURES, VisionTransformer.ARCHITECTURES)
            .flatMap(List::stream)
            .toList();

    private static final List<EncoderCard> CARDS = List.of(
            timm("resnet18.a1_in1k", "ResNet-18", Normalisation.IMAGENET),
            timm("resnet34.a1_in1k", "ResNet-34", Normalisation.IMAGENET),
            timm("resnet50.a1_in1k", "ResNet-50", Normalisation.IMAGENET),
            timm("resnet101.a1_in1k", "ResNet-101", Normalisation.IMAGENET),
            timm("vit_tiny_patch16_224.augreg_in21k_ft_in1k", "ViT-Ti/16", Normalisation.HALF),
            timm("vit_small_patch16_224.augreg_in21k_ft_in1k", "ViT-S/16", Normalisation.HALF),
            timm("vit_base_patch16_224.augreg2_in21k_ft_in1k", "ViT-B/16", Normalisation.HALF));

    private EncoderCatalog() {}

    /** Every card, in table order. */
    public static List<EncoderCard> cards() {
        return CARDS;
    }

    /** The card of a full id, or of an architecture's name without a tag (its first card then). */
    public static Optional<EncoderCard> find(String name) {
        return CARDS.stream()
                .filter(card ->
                        card.id().equals(name) || card.architecture().name().equals(name))
                .findFirst();
    }

    /** Every architecture, whose weights a card may name. */
    public static List<Architecture> architectures() {
        return ARCHITECTURES;
    }

    /** The architecture of timm's name, e.g. {@code vit_tiny_patch16_224}. */
    public static Optional<Architecture> architecture(String name) {
        return ARCHITECTURES.stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst();
    }

    private static EncoderCard timm(String id, String paperName, Normalisation normalisation) {
        Architecture architecture =
                architecture(id.substring(0, id.indexOf('.'))).orElseThrow();
        return new EncoderCard(
                id,
                paperName,
                architecture,
                architecture.input(),
                normalisation.mean(),
                normalisation.std(),
                Optional.of(HubFile.model("timm/" + id)),
                "Apache-2.0");
    }
}
