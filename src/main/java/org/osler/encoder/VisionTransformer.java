package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import org.osler.InputException;
import org.osler.nn.Attention;
import org.osler.nn.Conv2d;
import org.osler.nn.Init;
import org.osler.nn.LayerNorm;
import org.osler.nn.LayerScale;
import org.osler.nn.Mlp;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.nn.Parameters;
import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Vision transformer (Dosovitskiy et al. 2020, arXiv 2010.11929) as timm's {@code VisionTransformer} builds it. */
final class VisionTransformer implements Encoder {

    static final List<Architecture> ARCHITECTURES = List.of(
            architecture("vit_tiny_patch16_224", 5_524_416, 1_253_491_200L, Config.plain(16, 192, 12, 3)),
            architecture("vit_small_patch16_224", 21_665_664, 4_598_498_304L, Config.plain(16, 384, 12, 6)),
            architecture("vit_base_patch16_224", 85_798_656, 17_563_060_224L, Config.plain(16, 768, 12, 12)));

    private static final Init TRUNCATED_NORMAL = Init.normal(0.02);

    /** How a token sequence becomes one vector. */
    enum Pool {
        /** The class token, after the final norm. */
        TOKEN,
        /** The mean of the patch tokens, then a norm of its own ({@code fc_norm}). */
        AVERAGE
    }

    /**
     * What distinguishes one model from another; the names are timm's arguments.
     *
     * @param patch side of a patch in pixels
     * @param features width D of a token
     * @param depth number of blocks
     * @param heads attention heads a block
     * @param pool how tokens are pooled
     * @param preNorm a norm before the blocks, and no bias in the patch embedding (CLIP)
     * @param layerScale starting value of layer scale, or 0 for none
     * @param epsilon of every layer norm
     */
    record Config(
            int patch,
            int features,
            int depth,
            int heads,
            Pool pool,
            boolean preNorm,
            double layerScale,
            double epsilon) {

        /** The plain model of the original paper. */
        static Config plain(int patch, int features, int depth, int heads) {
            return new Config(patch, features, depth, heads, Pool.TOKEN, false, 0, 1e-6);
        }
    }

    private final EncoderCard card;
    private final int input;
    private final Config config;
    private final Parameters parameters = new Parameters();
    private final Tensor classToken;
    private final Tensor positions;
    private final Conv2d patchEmbedding;
    private final LayerNorm normBefore;
    private final List<Block> blocks = new ArrayList<>();
    private final LayerNorm normAfter;

    VisionTransformer(EncoderCard card, int input, Config config) {
        if (input < config.patch() || input % config.patch() != 0) {
            throw new InputException("input " + input + " does not suit " + card.id() + ": it takes multiples of its "
                    + config.patch() + "-pixel patches, such as " + card.input());
        }
        this.card = card;
        this.input = input;
        this.config = config;
        Names names = parameters.names();
        int width = config.features();
        long patches = (long) (input / config.patch()) * (input / config.patch());
        this.classToken = names.parameter("cls_token", Init.normal(1e-6), 1, 1, width);
        this.positions = names.parameter("pos_embed", TRUNCATED_NORMAL, 1, patches + 1, width);
        this.patchEmbedding = patchEmbedding(names.in("patch_embed").in("proj"));
        this.normBefore = config.preNorm() ? new LayerNorm(names.in("norm_pre"), width, config.epsilon()) : null;
        for (int i = 0; i < config.depth(); i++) {
            blocks.add(new Block(names.in("blocks").in(i), config));
        }
        this.normAfter =
                new LayerNorm(names.in(config.pool() == Pool.TOKEN ? "norm" : "fc_norm"), width, config.epsilon());
    }

    static Architecture architecture(String name, long parameters, long multiplyAdds, Config config) {
        return new Architecture(
                name,
                Architecture.Family.VIT,
                config.features(),
                224,
                parameters,
                multiplyAdds,
                (card, input) -> new VisionTransformer(card, input, config));
    }

    private Conv2d patchEmbedding(Names names) {
        int patch = config.patch();
        return config.preNorm()
                ? Conv2d.plain(names, 3, config.features(), patch, patch, 0, Init.pytorchDefault(3L * patch * patch))
                : Conv2d.withBias(names, 3, config.features(), patch, patch);
    }

    @Override
    public EncoderCard card() {
        return card;
    }

    @Override
    public int input() {
        return input;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Tensor features(Tensor images, Mode mode) {
        long batch = images.size(0);
        Tensor patches = patchEmbedding.forward(images).flatten(2, 3).transpose(1, 2);
        Tensor x = Functions.cat(List.of(classToken.expand(batch, 1, config.features()), patches), 1)
                .add(positions);
        if (normBefore != null) {
            x = normBefore.forward(x);
        }
        for (Block block : blocks) {
            x = block.forward(x);
        }
        return pool(x);
    }

    private Tensor pool(Tensor tokens) {
        return switch (config.pool()) {
            // The norm works token by token, so only the pooled one needs it.
            case TOKEN -> normAfter.forward(tokens.select(1, 0));
            case AVERAGE ->
                normAfter.forward(tokens.narrow(1, 1, tokens.size(1) - 1).mean(false, 1));
        };
    }

    @Override
    public HeadInit headInit() {
        return new HeadInit(TRUNCATED_NORMAL, Init.ZEROS);
    }

    /** Resamples position embeddings to this input's grid as timm's {@code resample_abs_pos_embed} does. */
    @Override
    public Tensor adapt(String name, Tensor fromFile) {
        long[] shape = fromFile.shape();
        if (!name.equals("pos_embed") || shape.length != 3 || shape[1] == positions.size(1)) {
            return fromFile;
        }
        long side = Math.round(Math.sqrt(shape[1] - 1.0));
        if (side * side != shape[1] - 1) {
            return fromFile;
        }
        int grid = input / config.patch();
        Tensor prefix = fromFile.narrow(1, 0, 1);
        Tensor square = fromFile.narrow(1, 1, side * side)
                .reshape(1, side, side, shape[2])
                .permute(0, 3, 1, 2);
        Tensor resampled = Functions.resizeBicubic(square, grid, grid)
                .permute(0, 2, 3, 1)
                .reshape(1, (long) grid * grid, shape[2]);
        return Functions.cat(List.of(prefix, resampled), 1);
    }

    /** A pre-norm transformer block. */
    private static final class Block {

        private final LayerNorm norm1;
        private final Attention attention;
        private final LayerScale scale1;
        private final LayerNorm norm2;
        private final Mlp mlp;
        private final LayerScale scale2;

        Block(Names names, Config config) {
            int width = config.features();
            this.norm1 = new LayerNorm(names.in("norm1"), width, config.epsilon());
            this.attention = new Attention(names.in("attn"), width, config.heads(), TRUNCATED_NORMAL);
            this.scale1 = layerScale(names.in("ls1"), config);
            this.norm2 = new LayerNorm(names.in("norm2"), width, config.epsilon());
            this.mlp = new Mlp(names.in("mlp"), width, 4 * width, TRUNCATED_NORMAL);
            this.scale2 = layerScale(names.in("ls2"), config);
        }

        private static LayerScale layerScale(Names names, Config config) {
            return config.layerScale() == 0 ? null : new LayerScale(names, config.features(), config.layerScale());
        }

        Tensor forward(Tensor x) {
            Tensor attended = attention.forward(norm1.forward(x));
            Tensor y = x.add(scale1 == null ? attended : scale1.forward(attended));
            Tensor mixed = mlp.forward(norm2.forward(y));
            return y.add(scale2 == null ? mixed : scale2.forward(mixed));
        }
    }
}
