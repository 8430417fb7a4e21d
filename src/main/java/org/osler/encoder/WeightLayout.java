package org.osler.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A naming of tensors in weight files, as the program that wrote them has it, brought to timm's names.
 *
 * @param sign a name that begins so is found in files of this layout only
 * @param prefix what the encoder's names begin with; the file's other tensors belong to other parts of a larger model
 * @param renames what is replaced in the rest of a name, in order
 */
record WeightLayout(String sign, String prefix, Map<Pattern, String> renames) {

    private static final WeightLayout TIMM = new WeightLayout("", "", Map.of());

    private static final List<WeightLayout> OTHERS = List.of(
            // open_clip with an image tower of timm's: BiomedCLIP.
            layout("visual.trunk.", "visual.trunk."),
            // The original Segment Anything, and MedSAM.
            layout("image_encoder.", "image_encoder.", "\\.mlp\\.lin", ".mlp.fc"),
            // Segment Anything and MedSAM in the transformers library.
            layout(
                    "vision_encoder.",
                    "vision_encoder.",
                    "^patch_embed\\.projection\\.",
                    "patch_embed.proj.",
                    "^layers\\.",
                    "blocks.",
                    "^neck\\.conv1\\.",
                    "neck.0.",
                    "^neck\\.layer_norm1\\.",
                    "neck.1.",
                    "^neck\\.conv2\\.",
                    "neck.2.",
                    "^neck\\.layer_norm2\\.",
                    "neck.3.",
                    "\\.layer_norm",
                    ".norm",
                    "\\.mlp\\.lin",
                    ".mlp.fc"),
            // torchvision's VGG.
            layout(
                    "classifier.0.",
                    "",
                    "^classifier\\.0\\.",
                    "pre_logits.fc1.",
                    "^classifier\\.3\\.",
                    "pre_logits.fc2.",
                    "^classifier\\.6\\.",
                    "head.fc."));

    /** What pre-training by masked patches leaves in files, beside the encoder. */
    private static final Pattern PRETRAINING = Pattern.compile("mask_token|lm_head\\..*");

    private static WeightLayout layout(String sign, String prefix, String... replacements) {
        Map<Pattern, String> renames = new LinkedHashMap<>();
        for (int i = 0; i < replacements.length; i += 2) {
            renames.put(Pattern.compile(replacements[i]), replacements[i + 1]);
        }
        return new WeightLayout(sign, prefix, renames);
    }

    /** The layout that a file's names show. */
    static WeightLayout of(Set<String> names) {
        return OTHERS.stream()
                .filter(layout -> names.stream().anyMatch(name -> name.startsWith(layout.sign)))
                .findFirst()
                .orElse(TIMM);
    }

    /** timm's name of a tensor; empty if it is no part of the encoder. */
    Optional<String> timmName(String name) {
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = name.substring(prefix.length());
        if (PRETRAINING.matcher(rest).matches()) {
            return Optional.empty();
        }
        for (Map.Entry<Pattern, String> rename : renames.entrySet()) {
            rest = rename.getKey().matcher(rest).replaceAll(rename.getValue());
        }
        return Optional.of(rest);
    }
}
