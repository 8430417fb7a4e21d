package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.osler.nn.Conv2d;
import org.osler.nn.Init;
import org.osler.nn.LayerNorm;
import org.osler.nn.LinearInit;
import org.osler.nn.Mlp;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.nn.RelativeAttention;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/**
 * The image encoder of Segment Anything (Kirillov et al. 2023, arXiv 2304.02643) as timm's {@code VisionTransformerSAM}
 * builds it: a ViT-B/16 with attention in windows, relative positions and a convolutional neck.
 *
 * <p>Whatever the input, parameters keep the shapes of the native 1024 pixels; positions are resampled on the way.
 */
final class SamVit extends Network {

    static final List<Architecture> ARCHITECTURES = List.of(new Architecture(
            "samvit_base_patch16", Architecture.Family.VIT, false, 256, 224, 89_670_912, 17675599872L, SamVit::new));

    private static final int PATCH = 16;
    private static final int NATIVE_GRID = 64;
    private static final int FEATURES = 768;
    private static final int NECK = 256;
    private static final int HEADS = 12;
    private static final int DEPTH = 12;
    private static final int WINDOW = 14;
    private static final Set<Integer> GLOBAL = Set.of(2, 5, 8, 11);

    /** timm leaves PyTorch's default here, unlike the original's 1e-6. */
    private static final double EPSILON = 1e-5;

    private static final double NECK_EPSILON = 1e-6;
    private static final LinearInit LINEAR = LinearInit.pytorchDefault();

    private final Tensor positions;
    private final PatchEmbedding patches;
    private final List<Block> blocks = new ArrayList<>();
    private final Conv2d neck0;
    private final LayerNorm neck1;
    private final Conv2d neck2;
    private final LayerNorm neck3;

    SamVit(EncoderCard card, int input) {
        super(card, input);
        Names names = names();
        // First, because it may refuse the input, and then nothing must have been declared.
        this.patches = new PatchEmbedding(names, card, input, PATCH, FEATURES, true);
        this.positions = names.parameter("pos_embed", Init.ZEROS, 1, NATIVE_GRID, NATIVE_GRID, FEATURES);
        for (int i = 0; i < DEPTH; i++) {
            blocks.add(new Block(names.in("blocks").in(i), GLOBAL.contains(i)));
        }
        Names neck = names.in("neck");
        this.neck0 = Conv2d.plain(neck.in(0), FEATURES, NECK, 1, 1, 0, Init.pytorchDefault(FEATURES));
        this.neck1 = new LayerNorm(neck.in(1), NECK, NECK_EPSILON);
        this.neck2 = Conv2d.plain(neck.in(2), NECK, NECK, 3, 1, 1, Init.pytorchDefault(9L * NECK));
        this.neck3 = new LayerNorm(neck.in(3), NECK, NECK_EPSILON);
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        int grid = patches.grid();
        Tensor x = patches.forward(images)
                .reshape(images.size(0), grid, grid, FEATURES)
                .add(PositionEmbedding.ofGrid(positions, grid));
        x = Scope.chain(x, blocks, Block::forward);
        x = neck1.forward(convolve(neck0, x));
        x = neck3.forward(convolve(neck2, x));
        return new SpatialFeatures(x, maps -> maps.permute(0, 3, 1, 2), maps -> maps.mean(false, 1, 2));
    }

    /** A convolution of what has its channels innermost, [B, H, W, C]. */
    private static Tensor convolve(Conv2d convolution, Tensor x) {
        return convolution.forward(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1);
    }

    @Override
    public HeadInit headInit() {
        Init init = Init.pytorchDefault(NECK);
        return new HeadInit(init, init);
    }

    /** A pre-norm block whose attention sees windows of 14 × 14 tokens, or all. */
    private static final class Block {

        private final LayerNorm norm1;
        private final RelativeAttention attention;
        private final LayerNorm norm2;
        private final Mlp mlp;
        private final boolean global;

        Block(Names names, boolean global) {
            this.norm1 = new LayerNorm(names.in("norm1"), FEATURES, EPSILON);
            this.attention =
                    new RelativeAttention(names.in("attn"), FEATURES, HEADS, global ? NATIVE_GRID : WINDOW, LINEAR);
            this.norm2 = new LayerNorm(names.in("norm2"), FEATURES, EPSILON);
            this.mlp = new Mlp(names.in("mlp"), FEATURES, 4 * FEATURES, LINEAR, LINEAR);
            this.global = global;
        }

        /** Maps [B, S, S, D] to the same shape. */
        Tensor forward(Tensor x) {
            Tensor y = Scope.of(() -> {
                Tensor normed = norm1.forward(x);
                return x.add(global ? attention.forward(normed) : inWindows(normed));
            });
            return mlp.forwardAndAdd(norm2.forward(y), y);
        }

        /** The last windows of a row or column are filled up with zeros, which take part in the attention. */
        private Tensor inWindows(Tensor x) {
            long batch = x.size(0);
            long side = x.size(1);
            long windows = (side + WINDOW - 1) / WINDOW;
            long padded = windows * WINDOW;
            Tensor cut = Functions.padSquare(x, padded - side)
                    .view(batch, windows, WINDOW, windows, WINDOW, FEATURES)
                    .permute(0, 1, 3, 2, 4, 5)
                    .reshape(batch * windows * windows, WINDOW, WINDOW, FEATURES);
            return attention
                    .forward(cut)
                    .view(batch, windows, windows, WINDOW, WINDOW, FEATURES)
                    .permute(0, 1, 3, 2, 4, 5)
                    .reshape(batch, padded, padded, FEATURES)
                    .narrow(1, 0, side)
                    .narrow(2, 0, side);
        }
    }
}
