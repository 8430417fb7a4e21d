package org.osler.tensor;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Where and how values lie in memory: on which device, in which type, in which order. */
public final class Placement {

    private Placement() {}

    /**
     * What goes from the processor to a card at every step: the copy waits for nothing, and computing goes on beside it.
     * What lies {@linkplain #outgoing ready to go} is not copied twice.
     *
     * @return the same values on the device; {@code tensor} itself, if it is there already
     */
    public static Tensor send(Tensor tensor, Device device) {
        if (!device.isReal() || !tensor.handle().is_cpu()) {
            return to(tensor, device);
        }
        return copy(tensor.handle().pin_memory(), device, true);
    }

    /**
     * Memory on the processor for what will be {@linkplain #send sent}: where the device is a card, pages that stay in
     * place, which it reads by itself.
     */
    public static Tensor outgoing(Device device, DType type, long... shape) {
        Scope.requireOpen();
        TensorOptions options = new TensorOptions(type.scalarType()).pinned_memory(new BoolOptional(device.isReal()));
        return new Tensor(torch.empty(shape, options, new MemoryFormatOptional()));
    }

    /** A tensor on a device, whose values are what its memory held before. */
    public static Tensor empty(Device device, DType type, long... shape) {
        Scope.requireOpen();
        TensorOptions options = new TensorOptions(type.scalarType()).device(new DeviceOptional(device.handle()));
        return new Tensor(torch.empty(shape, options, new MemoryFormatOptional()));
    }

    /**
     * Moves this very tensor to a device, wherever it is already in use.
     *
     * @param tensor belongs to no scope
     */
    public static void move(Tensor tensor, Device device) {
        if (device.equals(tensor.device())) {
            return;
        }
        boolean follows = tensor.followsGradient();
        try (Scope scope = Scope.open()) {
            tensor.become(scope.keep(to(tensor.detach(), device)));
        }
        tensor.handle().requires_grad_(follows);
    }

    /**
     * Turns this very tensor into another type, wherever it is already in use.
     *
     * @param type float32, float64, float16 or bfloat16
     */
    public static void convert(Tensor tensor, DType type) {
        try (Scope scope = Scope.open()) {
            tensor.handle().set_data(tensor.detach().to(type).handle());
        }
    }

    /**
     * Lays the values of this very tensor, [N, C, H, W], out with channels innermost.
     *
     * @param tensor belongs to no scope
     */
    public static void layChannelsLast(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            tensor.become(scope.keep(tensor.detach().channelsLast()));
        }
    }

    static Tensor to(Tensor tensor, Device device) {
        return device.equals(tensor.device()) ? tensor : copy(tensor.handle(), device, false);
    }

    private static Tensor copy(org.bytedeco.pytorch.Tensor values, Device device, boolean atOnce) {
        return new Tensor(values.to(device.handle(), values.scalar_type(), atOnce, false, new MemoryFormatOptional()));
    }
}
