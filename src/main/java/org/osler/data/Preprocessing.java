package org.osler.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.osler.InputException;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Functions;
import org.osler.tensor.Libtorch;
import org.osler.tensor.Placement;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * From stored bytes to what an encoder sees: resized, divided by 255, normalised, grey repeated to three channels.
 *
 * @param input side in pixels of the square result
 * @param resize how images become that size
 * @param mean channel means, images in 0 to 1
 * @param std channel standard deviations
 */
public record Preprocessing(int input, Resize resize, List<Double> mean, List<Double> std) {

    private static final int CHANNELS = 3;

    /** The values that a byte can have. */
    private static final int BYTES = 256;

    /**
     * A batch, normalised, float32 {@code [B, 3, input, input]}, channels innermost in memory. Its images are prepared side
     * by side where libtorch may use several threads.
     *
     * @param images where the bytes are
     * @param indices which images
     * @throws InputException if images are to be padded and are larger than the input
     */
    public Tensor batch(Images images, int... indices) {
        return batch(Device.CPU, images, indices);
    }

    /** The same on a device. A card is sent the bytes as they are stored and does all else itself. */
    public Tensor batch(Device device, Images images, int... indices) {
        return device.isCpu() ? onProcessor(images, indices) : batch(sent(device, images, indices));
    }

    /**
     * The same, of images that are on a device already, computed there: resized bit for bit as on the processor.
     *
     * @param stored uint8 [B, height, width, 1 or 3]
     */
    public Tensor batch(Tensor stored) {
        return switch (resize) {
            case SCALE -> normalise(TensorResize.bilinear(stored, input, input));
            case NEAREST -> normalise(TensorResize.nearest(stored, input, input));
            case PAD -> pad(normalise(stored));
        };
    }

    /** Images on a device as they are stored: uint8 [B, height, width, 1 or 3]. */
    public static Tensor sent(Device device, Images images, int... indices) {
        Tensor bytes = Placement.outgoing(
                device, DType.UINT8, indices.length, images.height(), images.width(), images.channels());
        each(bytes, (i, place) -> images.read(indices[i], place));
        return Placement.send(bytes, device);
    }

    private Tensor onProcessor(Images images, int... indices) {
        return switch (resize) {
            case SCALE -> prepared(PilBilinear::resize, input, input, images, indices);
            case NEAREST -> prepared(PilNearest::resize, input, input, images, indices);
            // Padding after normalising makes the border the mean colour, as Doerrich et al. 2024 do.
            case PAD -> pad(prepared(PilNearest::resize, images.height(), images.width(), images, indices));
        };
    }

    /** A way to make an image of one size another: bytes [H, W, C] to bytes [H', W', C]. */
    private interface Resizing {
        void resize(byte[] source, int height, int width, int channels, byte[] target, int toHeight, int toWidth);
    }

    private Tensor prepared(Resizing resizing, int height, int width, Images images, int... indices) {
        float[][] tables = tables();
        Tensor batch = Tensors.empty(DType.FLOAT32, indices.length, height, width, CHANNELS);
        each(batch, (i, place) -> {
            byte[] pixels = resized(resizing, height, width, images, indices[i]);
            place.asFloatBuffer().put(normalised(pixels, images.channels(), tables));
        });
        return batch.permute(0, 3, 1, 2);
    }

    /** Fills the memory of one image of a batch. */
    private interface Filling {
        void fill(int index, ByteBuffer place);
    }

    private static void each(Tensor batch, Filling filling) {
        List<ByteBuffer> places = new ArrayList<>();
        for (int i = 0; i < batch.size(0); i++) {
            places.add(batch.narrow(0, i, 1).bytes());
        }
        // No more of Java's threads than libtorch may have.
        int lanes = Math.min(Libtorch.threads(), places.size());
        IntStream.range(0, lanes).parallel().forEach(lane -> {
            for (int i = lane; i < places.size(); i += lanes) {
                filling.fill(i, places.get(i));
            }
        });
    }

    private static byte[] resized(Resizing resizing, int height, int width, Images images, int index) {
        byte[] source = new byte[images.imageBytes()];
        images.read(index, source, 0);
        if (images.height() == height && images.width() == width) {
            return source;
        }
        byte[] target = new byte[height * width * images.channels()];
        resizing.resize(source, images.height(), images.width(), images.channels(), target, height, width);
        return target;
    }

    private static float[] normalised(byte[] pixels, int channels, float[][] tables) {
        float[] result = new float[pixels.length / channels * CHANNELS];
        int next = channels == 1 ? 0 : 1;
        for (int from = 0, to = 0; to < result.length; from += channels, to += CHANNELS) {
            for (int c = 0; c < CHANNELS; c++) {
                result[to + c] = tables[c][pixels[from + c * next] & 0xff];
            }
        }
        return result;
    }

    /** What each byte becomes in each channel: [3][256]. */
    private float[][] tables() {
        byte[] all = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            all[i] = (byte) i;
        }
        float[] values = normalise(Tensors.of(all, 1, 1, BYTES, 1)).toFloats();
        float[][] tables = new float[CHANNELS][];
        for (int c = 0; c < CHANNELS; c++) {
            tables[c] = Arrays.copyOfRange(values, c * BYTES, (c + 1) * BYTES);
        }
        return tables;
    }

    /** uint8 [B, H, W, 1 or 3] to normalised float32 [B, 3, H, W], by the same operations as torchvision. */
    private Tensor normalise(Tensor bytes) {
        Device device = bytes.device();
        Tensor scaled = bytes.permute(0, 3, 1, 2).to(DType.FLOAT32).contiguous().div(255);
        return scaled.sub(perChannel(mean, device)).div(perChannel(std, device));
    }

    private static Tensor perChannel(List<Double> values, Device device) {
        float[] floats = new float[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            floats[c] = values.get(c).floatValue();
        }
        return Placement.send(Tensors.of(floats, 1, CHANNELS, 1, 1), device);
    }

    private Tensor pad(Tensor images) {
        long extraWidth = input - images.size(3);
        long extraHeight = input - images.size(2);
        if (extraWidth < 0 || extraHeight < 0) {
            throw new InputException("resize pad: images of " + images.size(3) + "×" + images.size(2)
                    + " pixels do not fit into an input of " + input + "; use a larger input, or resize: scale");
        }
        long left = extraWidth / 2;
        long top = extraHeight / 2;
        return Functions.pad2d(images, left, extraWidth - left, top, extraHeight - top, 0);
    }
}
