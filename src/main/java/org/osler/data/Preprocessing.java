package org.osler.data;

import java.util.List;
import org.osler.InputException;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Functions;
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

    /**
     * A batch, normalised, float32 {@code [B, 3, input, input]}.
     *
     * @param images where the bytes are
     * @param indices which images
     * @throws InputException if images are to be padded and are larger than the input
     */
    public Tensor batch(Images images, int... indices) {
        return batch(Device.CPU, images, indices);
    }

    /** The same on a device, which is sent bytes and normalises them itself. */
    public Tensor batch(Device device, Images images, int... indices) {
        return switch (resize) {
            case SCALE -> normalise(resized(PilBilinear::resize, images, indices), device);
            case NEAREST -> normalise(resized(PilNearest::resize, images, indices), device);
            // Padding after normalising makes the border the mean colour, as Doerrich et al. 2024 do.
            case PAD -> pad(normalise(stored(images, indices), device), images);
        };
    }

    /** A way to make an image of one size another: bytes [H, W, C] to bytes [H', W', C]. */
    private interface Resizing {
        void resize(byte[] source, int height, int width, int channels, byte[] target, int toHeight, int toWidth);
    }

    private Tensor resized(Resizing resizing, Images images, int... indices) {
        int channels = images.channels();
        int height = images.height();
        int width = images.width();
        if (height == input && width == input) {
            return stored(images, indices);
        }
        byte[] source = new byte[height * width * channels];
        byte[] target = new byte[input * input * channels];
        byte[] all = new byte[indices.length * target.length];
        for (int i = 0; i < indices.length; i++) {
            images.read(indices[i], source, 0);
            resizing.resize(source, height, width, channels, target, input, input);
            System.arraycopy(target, 0, all, i * target.length, target.length);
        }
        return Tensors.of(all, indices.length, input, input, channels);
    }

    private static Tensor stored(Images images, int... indices) {
        int length = images.height() * images.width() * images.channels();
        byte[] all = new byte[indices.length * length];
        for (int i = 0; i < indices.length; i++) {
            images.read(indices[i], all, i * length);
        }
        return Tensors.of(all, indices.length, images.height(), images.width(), images.channels());
    }

    /** uint8 [B, H, W, 1 or 3] to normalised float32 [B, 3, H, W], by the same operations as torchvision. */
    private Tensor normalise(Tensor bytes, Device device) {
        Tensor there = Placement.send(bytes, device);
        Tensor scaled = there.permute(0, 3, 1, 2).to(DType.FLOAT32).contiguous().div(255);
        return scaled.sub(perChannel(mean, device)).div(perChannel(std, device));
    }

    private static Tensor perChannel(List<Double> values, Device device) {
        float[] floats = new float[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            floats[c] = values.get(c).floatValue();
        }
        return Placement.send(Tensors.of(floats, 1, CHANNELS, 1, 1), device);
    }

    private Tensor pad(Tensor images, Images stored) {
        int extraWidth = input - stored.width();
        int extraHeight = input - stored.height();
        if (extraWidth < 0 || extraHeight < 0) {
            throw new InputException("resize pad: images of " + stored.width() + "×" + stored.height()
                    + " pixels do not fit into an input of " + input + "; use a larger input, or resize: scale");
        }
        int left = extraWidth / 2;
        int top = extraHeight / 2;
        return Functions.pad2d(images, left, extraWidth - left, top, extraHeight - top, 0);
    }
}
