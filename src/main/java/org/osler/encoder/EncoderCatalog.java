package org.osler.encoder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osler.weights.HubFile;

/** The encoders that Osler knows, in the order in which tables list them. */
public final class EncoderCatalog {

    private static final Map<String, Architecture> ARCHITECTURES = Stream.of(
                    ResNet.ARCHITECTURES, VisionTransformer.ARCHITECTURES)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(Architecture::name, Function.identity()));

    private static final List<EncoderCard> CARDS = List.of(
            timm("resnet18.a1_in1k", "ResNet-18", Normalisation.IMAGENET),
            timm("resnet34.a1_in1k", "ResNet-34", Normalisation.IMAGENET),
            timm("resnet50.a1_in1k", "ResNet-50", Normalisation.IMAGENET),
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

    private static EncoderCard timm(String id, String paperName, Normalisation normalisation) {
        Architecture architecture = ARCHITECTURES.get(id.substring(0, id.indexOf('.')));
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
