package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import org.osler.nn.Attention;
import org.osler.nn.AttentionPool;
import org.osler.nn.FirstTokenAttention;
import org.osler.nn.FirstTokenBlock;
import org.osler.nn.Init;
import org.osler.nn.LayerNorm;
import org.osler.nn.LayerScale;
import org.osler.nn.LinearInit;
import org.osler.nn.Mlp;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.nn.TransformerBlock;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/**
 * Vision transformer (Dosovitskiy et al. 2020, arXiv 2010.11929) as timm's {@code VisionTransformer} builds it: the plain
 * models, and those of CLIP, DINO, DINOv2 and SigLIP.
 */
final class VisionTransformer extends Network implements Attending {

    static final List<Architecture> ARCHITECTURES = List.of(
            architecture("vit_tiny_patch16_224", 224, 5_524_416, 1_253_491_200L, Config.plain(16, 192, 3)),
            architecture("vit_small_patch16_224", 224, 21_665_664, 4_598_498_304L, Config.plain(16, 384, 6)),
            architecture("vit_base_patch16_224", 224, 85_798_656, 17_563_060_224L, Config.plain(16, 768, 12)),
            architecture(
                    "vit_base_patch16_clip_224",
                    224,
                    85_799_424,
                    17_563_060_224L,
                    Config.plain(16, 768, 12).withPreNorm(1e-5)),
            architecture(
                    "vit_small_patch14_dinov2",
                    518,
                    22_056_192,
                    46_696_739_328L,
                    Config.plain(14, 384, 6).withLayerScale(1e-5)),
            architecture(
                    "vit_base_patch14_dinov2",
                    518,
                    86_579_712,
                    151_573_718_016L,
                    Config.plain(14, 768, 12).withLayerScale(1e-5)),
            architecture(
                    "vit_small_patch14_reg4_dinov2",
                    518,
                    22_057_344,
                    46_882_828_800L,
                    Config.plain(14, 384, 6).withLayerScale(1e-5).withRegisters(4)),
            architecture(
                    "vit_base_patch14_reg4_dinov2",
                    518,
                    86_582_016,
                    152_115_766_272L,
                    Config.plain(14, 768, 12).withLayerScale(1e-5).withRegisters(4)),
            architecture(
                    "vit_base_patch16_siglip_224",
                    224,
                    92_884_224,
                    17_708_292_096L,
                    Config.plain(16, 768, 12).withAttentionPool()));

    private static final int DEPTH = 12;
    private static final double DEVIATION = 0.02;
    private static final LinearInit LINEAR = LinearInit.normal(DEVIATION);

    /**
     * What distinguishes one model from another.
     *
     * @param patch side of a patch in pixels
     * @param features width D of a token
     * @param heads attention heads a block
     * @param classToken whether a class token comes first, and is what the pooled vector is made of; otherwise all tokens
     *     are pooled by attention
     * @param registers further tokens without content of their own (Darcet et al. 2023, arXiv 2309.16588); positions are
     *     then embedded in patches only
     * @param preNorm a norm before the blocks, and no bias in the patch embedding (CLIP)
     * @param layerScale starting value of layer scale, or 0 for none
     * @param epsilon of every layer norm
     */
    record Config(
            int patch,
            int features,
            int heads,
            boolean classToken,
            int registers,
            boolean preNorm,
            double layerScale,
            double epsilon) {

        /** The plain model of the original paper. */
        static Config plain(int patch, int features, int heads) {
            return new Config(patch, features, heads, true, 0, false, 0, 1e-6);
        }

        Config withPreNorm(double normEpsilon) {
            return new Config(patch, features, heads, classToken, registers, true, layerScale, normEpsilon);
        }

        Config withLayerScale(double start) {
            return new Config(patch, features, heads, classToken, registers, preNorm, start, epsilon);
        }

        Config withRegisters(int count) {
            return new Config(patch, features, heads, classToken, count, preNorm, layerScale, epsilon);
        }

        Config withAttentionPool() {
            return new Config(patch, features, heads, false, registers, preNorm, layerScale, epsilon);
        }

        /** Tokens before the patches. */
        int prefix() {
            return (classToken ? 1 : 0) + registers;
        }

        /** Tokens before the patches that have a position. */
        int placedPrefix() {
            return registers > 0 ? 0 : prefix();
        }
    }

    private final Config config;
    private final List<Tensor> prefix = new ArrayList<>();
    private final Tensor positions;
    private final PatchEmbedding patches;
    private final LayerNorm normBefore;
    private final List<TransformerBlock> blocks = new ArrayList<>();
    private final FirstTokenBlock lastBlock;
    private final LayerNorm normAfter;
    private final AttentionPool attentionPool;

    VisionTransformer(EncoderCard card, int input, Config config) {
        super(card, input);
        this.config = config;
        Names names = names();
        int width = config.features();
        this.patches = new PatchEmbedding(names, card, input, config.patch(), width, !config.preNorm());
        if (config.classToken()) {
            prefix.add(names.parameter("cls_token", Init.normal(1e-6), 1, 1, width));
        }
        if (config.registers() > 0) {
            prefix.add(names.parameter("reg_token", Init.normal(1e-6), 1, config.registers(), width));
        }
        long places = (long) patches.grid() * patches.grid() + config.placedPrefix();
        this.positions = names.parameter("pos_embed", Init.normal(DEVIATION), 1, places, width);
        this.normBefore = config.preNorm() ? norm(names.in("norm_pre")) : null;
        int whole = config.classToken() ? DEPTH - 1 : DEPTH;
        for (int i = 0; i < whole; i++) {
            blocks.add(block(names.in("blocks").in(i)));
        }
        this.lastBlock = config.classToken() ? lastBlock(names.in("blocks").in(whole)) : null;
        this.normAfter = norm(names.in("norm"));
        this.attentionPool = config.classToken()
                ? null
                : new AttentionPool(names.in("attn_pool"), width, config.heads(), config.epsilon(), LINEAR);
    }

    private static Architecture architecture(
            String name, int input, long parameters, long multiplyAdds, Config config) {
        return new Architecture(
                name,
                Architecture.Family.VIT,
                false,
                config.features(),
                input,
                parameters,
                multiplyAdds,
                (card, side) -> new VisionTransformer(card, side, config));
    }

    private TransformerBlock block(Names names) {
        int width = config.features();
        return new TransformerBlock(
                norm(names.in("norm1")),
                Attention.fused(
                        names.in("attn"), width, config.heads(), true, LINEAR, LINEAR, layerScale(names.in("ls1"))),
                norm(names.in("norm2")),
                mlp(names));
    }

    private FirstTokenBlock lastBlock(Names names) {
        return new FirstTokenBlock(
                norm(names.in("norm1")),
                new FirstTokenAttention(
                        names.in("attn"),
                        config.features(),
                        config.heads(),
                        LINEAR,
                        LINEAR,
                        layerScale(names.in("ls1"))),
                norm(names.in("norm2")),
                mlp(names));
    }

    private LayerNorm norm(Names names) {
        return new LayerNorm(names, config.features(), config.epsilon());
    }

    private Mlp mlp(Names names) {
        int width = config.features();
        return new Mlp(names.in("mlp"), width, 4 * width, LINEAR, LINEAR, layerScale(names.in("ls2")));
    }

    private LayerScale layerScale(Names names) {
        return config.layerScale() == 0 ? null : new LayerScale(names, "gamma", config.features(), config.layerScale());
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        Tensor x = Scope.chain(Scope.of(() -> tokens(images)), blocks, TransformerBlock::forward);
        return lastBlock == null
                ? SpatialFeatures.ofTokens(
                        normAfter.forward(x), config.prefix(), patches.grid(), attentionPool::forward)
                : SpatialFeatures.ofTokens(
                        lastBlock.norm1().forward(x),
                        config.prefix(),
                        patches.grid(),
                        normed -> normAfter.forward(lastBlock.afterNorm1(normed, x)));
    }

    /** What the first block is given: [B, prefix + grid², D]. */
    private Tensor tokens(Tensor images) {
        Tensor x = place(patches.forward(images));
        return normBefore == null ? x : normBefore.forward(x);
    }

    @Override
    public Tensor rollout(Tensor images) {
        AttentionRollout rollout = new AttentionRollout();
        Tensor x = tokens(images);
        for (TransformerBlock block : blocks) {
            x = rollout.through(block, x, null);
        }
        Tensor pooling = lastBlock == null
                ? attentionPool.attention(normAfter.forward(x))
                : AttentionRollout.ofFirstToken(lastBlock.attention(x));
        return AttentionRollout.ofPatches(rollout.back(pooling), config.prefix(), patches.grid());
    }

    /** Adds positions and the tokens before the patches: [B, grid², D] to [B, prefix + grid², D]. */
    private Tensor place(Tensor tokens) {
        return config.registers() > 0
                ? withPrefix(tokens.add(positions))
                : withPrefix(tokens).add(positions);
    }

    private Tensor withPrefix(Tensor tokens) {
        if (prefix.isEmpty()) {
            return tokens;
        }
        List<Tensor> all = new ArrayList<>();
        prefix.forEach(token -> all.add(token.expand(tokens.size(0), token.size(1), config.features())));
        all.add(tokens);
        return Functions.cat(all, 1);
    }

    @Override
    public HeadInit headInit() {
        return new HeadInit(Init.normal(DEVIATION), Init.ZEROS);
    }

    /** Resamples position embeddings to this input's grid. */
    @Override
    public Tensor adapt(String name, Tensor fromFile) {
        return name.equals("pos_embed") && fromFile.shape().length == 3
                ? PositionEmbedding.ofTokens(fromFile, config.placedPrefix(), patches.grid())
                : fromFile;
    }
}
