package org.osler.encoder;

import static org.osler.encoder.Normalisation.CLIP;
import static org.osler.encoder.Normalisation.HALF;
import static org.osler.encoder.Normalisation.IMAGENET;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osler.weights.HubFile;

/** The encoders that Osler knows, in the order in which tables list them. */
public final class EncoderCatalog {

    private static final List<Architecture> ARCHITECTURES = Stream.of(
                    Vgg.ARCHITECTURES,
                    DenseNet.ARCHITECTURES,
                    ResNet.ARCHITECTURES,
                    EfficientNet.ARCHITECTURES,
                    ConvNext.ARCHITECTURES,
                    VisionTransformer.ARCHITECTURES,
                    Eva.ARCHITECTURES,
                    SamVit.ARCHITECTURES)
            .flatMap(List::stream)
            .toList();

    private static final String APACHE = "Apache-2.0";
    private static final String MIT = "MIT";
    private static final String DINOV3 = "DINOv3 licence";

    private static final List<EncoderCard> WU2025 = List.of(
            timm("vgg16.tv_in1k", "VGG16", IMAGENET, "BSD-3-Clause"),
            timm("densenet121.ra_in1k", "DenseNet-121", IMAGENET, APACHE),
            timm("resnet18.a1_in1k", "ResNet-18", IMAGENET, APACHE),
            timm("efficientnet_b4.ra2_in1k", "EfficientNet-B4", IMAGENET, APACHE),
            timm("vit_base_patch16_224.augreg2_in21k_ft_in1k", "ViT-B/16", HALF, APACHE),
            timm("vit_base_patch16_clip_224.laion2b_ft_in12k_in1k", "CLIP ViT-B/16", CLIP, APACHE),
            timm("vit_base_patch16_224.sam_in1k", "SAM-C ViT-B/16", HALF, APACHE),
            timm("samvit_base_patch16.sa1b", "SAM ViT-B/16", IMAGENET, APACHE),
            timm("eva02_base_patch14_224.mim_in22k", "EVA-02 ViT-B/14", CLIP, MIT),
            timm("vit_base_patch16_clip_224.openai", "OpenAI ViT-B/16", CLIP, APACHE),
            timm("vit_base_patch16_224.dino", "DINO ViT-B/16", IMAGENET, APACHE),
            timm("vit_base_patch14_dinov2.lvd142m", "DINOv2 ViT-B/14", IMAGENET, APACHE));

    private static final List<EncoderCard> FURTHER = List.of(
            // Trained on medical images.
            converted("samvit_base_patch16.medsam", "MedSAM ViT-B/16", IMAGENET, APACHE),
            converted("vit_base_patch16_224.biomedclip", "BiomedCLIP ViT-B/16", CLIP, MIT),
            // Others that people ask for.
            timm("resnet34.a1_in1k", "ResNet-34", IMAGENET, APACHE),
            timm("resnet50.a1_in1k", "ResNet-50", IMAGENET, APACHE),
            timm("resnet101.a1_in1k", "ResNet-101", IMAGENET, APACHE),
            timm("convnext_tiny.in12k_ft_in1k", "ConvNeXt-T", IMAGENET, APACHE),
            timm("vit_tiny_patch16_224.augreg_in21k_ft_in1k", "ViT-Ti/16", HALF, APACHE),
            timm("vit_small_patch16_224.augreg_in21k_ft_in1k", "ViT-S/16", HALF, APACHE),
            timm("vit_small_patch16_224.dino", "DINO ViT-S/16", IMAGENET, APACHE),
            timm("vit_small_patch14_dinov2.lvd142m", "DINOv2 ViT-S/14", IMAGENET, APACHE),
            timm("vit_small_patch14_reg4_dinov2.lvd142m", "DINOv2 ViT-S/14 reg", IMAGENET, APACHE),
            timm("vit_base_patch14_reg4_dinov2.lvd142m", "DINOv2 ViT-B/14 reg", IMAGENET, APACHE),
            timm("vit_small_patch16_dinov3.lvd1689m", "DINOv3 ViT-S/16", IMAGENET, DINOV3),
            timm("vit_base_patch16_dinov3.lvd1689m", "DINOv3 ViT-B/16", IMAGENET, DINOV3),
            timm("vit_base_patch16_siglip_224.v2_webli", "SigLIP 2 ViT-B/16", HALF, APACHE));

    private static final List<EncoderCard> CARDS =
            Stream.of(WU2025, FURTHER).flatMap(List::stream).toList();

    private EncoderCatalog() {}

    /** Every card, in table order. */
    public static List<EncoderCard> cards() {
        return CARDS;
    }

    /** The twelve of Wu and Papież 2025. */
    public static List<EncoderCard> wu2025() {
        return WU2025;
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

    /** A card whose weights timm publishes. */
    private static EncoderCard timm(String id, String paperName, Normalisation normalisation, String license) {
        return card(id, paperName, normalisation, Optional.of(HubFile.model("timm/" + id)), license);
    }

    /** A card whose weights their authors publish as a pickle: they are converted outside, see docs/encoders.md. */
    private static EncoderCard converted(String id, String paperName, Normalisation normalisation, String license) {
        return card(id, paperName, normalisation, Optional.empty(), license);
    }

    private static EncoderCard card(
            String id, String paperName, Normalisation normalisation, Optional<HubFile> source, String license) {
        Architecture architecture =
                architecture(id.substring(0, id.indexOf('.'))).orElseThrow();
        return new EncoderCard(
                id,
                paperName,
                architecture,
                architecture.input(),
                normalisation.mean(),
                normalisation.std(),
                source,
                license);
    }
}
