package org.osler.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osler.nn.Attention;
import org.osler.nn.FeedForward;
import org.osler.nn.Init;
import org.osler.nn.LayerNorm;
import org.osler.nn.LayerScale;
import org.osler.nn.LinearInit;
import org.osler.nn.Mlp;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.nn.RotaryPositions;
import org.osler.nn.SwiGlu;
import org.osler.nn.TransformerBlock;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * Vision transformers with rotary positions as timm's {@code Eva} builds them: EVA-02 (Fang et al. 2023, arXiv
 * 2303.11331) and DINOv3 (Siméoni et al. 2025, arXiv 2508.10104). Patch tokens are averaged.
 */
final class Eva extends Network implements Attending {

    static final List<Architecture> ARCHITECTURES = List.of(
            architecture("eva02_base_patch14_224", 85_758_720, 23_161_227_264L, new Config(Kind.EVA02, 14, 768, 12)),
            architecture("vit_small_patch16_dinov3", 21_586_944, 4_698_104_832L, new Config(Kind.DINOV3, 16, 384, 6)),
            architecture("vit_base_patch16_dinov3", 85_641_216, 17_932_142_592L, new Config(Kind.DINOV3, 16, 768, 12)));

    private static final int DEPTH = 12;
    private static final double DEVIATION = 0.02;
    private static final LinearInit LINEAR = LinearInit.normal(DEVIATION);

    /** timm scales a new classifier down by this. */
    private static final double HEAD_SCALE = 0.001;

    /** Patches along a side where EVA-02 was trained; other grids are stretched to it. */
    private static final double EVA02_GRID = 16;

    private static final int DINOV3_REGISTERS = 4;
    private static final double DINOV3_LAYER_SCALE = 1e-5;

    /** The two families of models. */
    enum Kind {
        /** Positions also learned; SwiGLU; queries, keys and values from layers of their own; a norm after pooling. */
        EVA02(1e-6, 0),
        /** No learned positions; registers; layer scale; no bias in queries, keys and values; a norm before pooling. */
        DINOV3(1e-5, DINOV3_REGISTERS);

        private final double epsilon;
        private final int registers;

        Kind(double epsilon, int registers) {
            this.epsilon = epsilon;
            this.registers = registers;
        }
    }

    /**
     * What distinguishes one model from another.
     *
     * @param patch side of a patch in pixels
     * @param features width D of a token
     * @param heads attention heads a block
     */
    record Config(Kind kind, int patch, int features, int heads) {

        int prefix() {
            return 1 + kind.registers;
        }
    }

    private final Config config;
    private final List<Tensor> prefix = new ArrayList<>();
    private final Tensor learnedPositions;
    private final PatchEmbedding patches;
    private final RotaryPositions rotaryPositions;
    private final List<TransformerBlock> blocks = new ArrayList<>();
    private final LayerNorm norm;

    Eva(EncoderCard card, int input, Config config) {
        super(card, input);
        this.config = config;
        Names names = names();
        int width = config.features();
        this.patches = new PatchEmbedding(names, card, input, config.patch(), width, true);
        prefix.add(names.parameter("cls_token", Init.normal(DEVIATION), 1, 1, width));
        int grid = patches.grid();
        if (config.kind() == Kind.EVA02) {
            this.learnedPositions =
                    names.parameter("pos_embed", Init.normal(DEVIATION), 1, 1 + (long) grid * grid, width);
        } else {
            this.learnedPositions = null;
            prefix.add(names.parameter("reg_token", Init.normal(DEVIATION), 1, DINOV3_REGISTERS, width));
        }
        this.rotaryPositions = rotaryPositions(names, grid);
        for (int i = 0; i < DEPTH; i++) {
            // timm divides the last layers of each branch by the root of how many branches come before.
            LinearInit last = LinearInit.normal(DEVIATION / Math.sqrt(2.0 * (i + 1)));
            blocks.add(
                    config.kind() == Kind.EVA02
                            ? eva02(names.in("blocks").in(i), last)
                            : dinov3(names.in("blocks").in(i), last));
        }
        this.norm =
                new LayerNorm(names.in(config.kind() == Kind.EVA02 ? "fc_norm" : "norm"), width, config.kind().epsilon);
    }

    private static Architecture architecture(String name, long parameters, long multiplyAdds, Config config) {
        return new Architecture(
                name,
                Architecture.Family.VIT,
                false,
                config.features(),
                224,
                parameters,
                multiplyAdds,
                (card, side) -> new Eva(card, side, config));
    }

    private RotaryPositions rotaryPositions(Names names, int grid) {
        int headFeatures = config.features() / config.heads();
        int bands = headFeatures / 4;
        return switch (config.kind()) {
            case EVA02 ->
                new RotaryPositions(
                        names,
                        grid,
                        headFeatures,
                        config.prefix(),
                        RotaryPositions.Pairs.NEIGHBOURS,
                        (place, band) -> place * EVA02_GRID / grid / Math.pow(10_000, (double) band / bands));
            case DINOV3 ->
                new RotaryPositions(
                        names,
                        grid,
                        headFeatures,
                        config.prefix(),
                        RotaryPositions.Pairs.HALVES,
                        // Patch centres in −1 to 1.
                        (place, band) ->
                                2 * Math.PI * (2 * (place + 0.5) / grid - 1) / Math.pow(100, (double) band / bands));
        };
    }

    private TransformerBlock eva02(Names names, LinearInit last) {
        int width = config.features();
        double epsilon = config.kind().epsilon;
        FeedForward feedForward = new SwiGlu(names.in("mlp"), width, width * 8 / 3, epsilon, LINEAR, last);
        return new TransformerBlock(
                new LayerNorm(names.in("norm1"), width, epsilon),
                Attention.separate(names.in("attn"), width, config.heads(), LINEAR, last),
                new LayerNorm(names.in("norm2"), width, epsilon),
                feedForward);
    }

    private TransformerBlock dinov3(Names names, LinearInit last) {
        int width = config.features();
        double epsilon = config.kind().epsilon;
        return new TransformerBlock(
                new LayerNorm(names.in("norm1"), width, epsilon),
                Attention.fused(
                        names.in("attn"), width, config.heads(), false, LINEAR, last, scale(names, "gamma_1", width)),
                new LayerNorm(names.in("norm2"), width, epsilon),
                new Mlp(names.in("mlp"), width, 4 * width, LINEAR, last, scale(names, "gamma_2", width)));
    }

    private static LayerScale scale(Names names, String name, int width) {
        return new LayerScale(names, name, width, DINOV3_LAYER_SCALE);
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        Tensor x = Scope.chain(
                Scope.of(() -> tokens(images)), blocks, (block, tokens) -> block.forward(tokens, rotaryPositions));
        Tensor patchTokens = x.narrow(1, config.prefix(), x.size(1) - config.prefix());
        return config.kind() == Kind.EVA02
                ? SpatialFeatures.ofTokens(
                        patchTokens, 0, patches.grid(), tokens -> norm.forward(tokens.mean(false, 1)))
                : SpatialFeatures.ofTokens(
                        norm.forward(patchTokens), 0, patches.grid(), tokens -> tokens.mean(false, 1));
    }

    /** What the first block is given: [B, prefix + grid², D]. */
    private Tensor tokens(Tensor images) {
        long batch = images.size(0);
        List<Tensor> tokens = new ArrayList<>();
        prefix.forEach(token -> tokens.add(token.expand(batch, token.size(1), config.features())));
        tokens.add(patches.forward(images));
        Tensor x = Functions.cat(tokens, 1);
        if (learnedPositions != null) {
            x = x.add(learnedPositions);
        }
        return x;
    }

    /** How much each token counts in the pooled vector of images, [B, 1, N]: patches the same, those before them nothing. */
    private Tensor pooling(Tensor images) {
        long batch = images.size(0);
        int prefixes = config.prefix();
        int places = patches.grid() * patches.grid();
        float[] shares = new float[prefixes + places];
        Arrays.fill(shares, prefixes, shares.length, 1f / places);
        return Tensors.of(shares, 1, 1, shares.length).to(images.device()).expand(batch, 1, shares.length);
    }

    @Override
    public Tensor rollout(Tensor images) {
        AttentionRollout rollout = new AttentionRollout();
        Tensor x = tokens(images);
        for (TransformerBlock block : blocks) {
            x = rollout.through(block, x, rotaryPositions);
        }
        return AttentionRollout.ofPatches(rollout.back(pooling(images)), config.prefix(), patches.grid());
    }

    @Override
    public HeadInit headInit() {
        return new HeadInit(Init.normal(DEVIATION * HEAD_SCALE), Init.ZEROS);
    }

    /** Resamples learned position embeddings to this input's grid. */
    @Override
    public Tensor adapt(String name, Tensor fromFile) {
        return name.equals("pos_embed") && fromFile.shape().length == 3
                ? PositionEmbedding.ofTokens(fromFile, config.prefix(), patches.grid())
                : fromFile;
    }
}
