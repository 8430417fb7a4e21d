package org.osler.study;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalDouble;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.nn.Parameters;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Libtorch;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensors;
import org.osler.train.HeadSpeed;
import org.osler.train.Throughput;

/** Measures the machine that this runs on, on small batches of noise and with parameters that mean nothing. */
final class MachineMeter implements SpeedMeter {

    private static final int BATCH = 4;

    /** A card is not at work on fewer. */
    private static final int BATCH_ON_CARD = 64;

    /** Timed batches of an encoder go on for so long. */
    private static final double SECONDS_EACH = 0.2;

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Device device;
    private final int batch;

    private double watchedFrom;
    private long ownBefore;

    /** Encoders are measured on a device, work on features on the processor, where it is done. */
    MachineMeter(Device device) {
        this.device = device;
        this.batch = device.isCpu() ? BATCH : BATCH_ON_CARD;
    }

    @Override
    public double clock() {
        return System.nanoTime() / NANOS;
    }

    @Override
    public OptionalDouble imagesPerSecond(SpeedTable.Key key, double most, boolean atAnyRate) {
        double start = clock();
        EncoderCard card = EncoderCatalog.find(key.architecture()).orElseThrow();
        try (Encoder encoder = card.build(key.input())) {
            fill(encoder.parameters());
            if (key.mode() == Throughput.Mode.INFER) {
                encoder.parameters().freeze(key.precision().type(), device);
            } else {
                encoder.parameters().computeIn(key.precision().type());
                encoder.parameters().moveTo(device);
            }
            if (clock() - start > most && !atAnyRate) {
                return OptionalDouble.empty();
            }
            double first = timed(encoder, key.mode(), 0);
            double left = most - (clock() - start);
            if (left > batch / first) {
                return OptionalDouble.of(timed(encoder, key.mode(), Math.min(SECONDS_EACH, left)));
            }
            return atAnyRate ? OptionalDouble.of(first) : OptionalDouble.empty();
        }
    }

    private double timed(Encoder encoder, Throughput.Mode mode, double seconds) {
        return Throughput.of(encoder, mode, batch, new Throughput.Budget(0, 1, seconds))
                .median();
    }

    /** Any values do, and drawing many millions would take longer than to measure; fresh zeros lie in no memory yet. */
    private static void fill(Parameters parameters) {
        try (Scope scope = Scope.open()) {
            parameters
                    .entries()
                    .values()
                    .forEach(entry -> entry.tensor()
                            .copyInPlace(Tensors.full(0.02, DType.FLOAT32)
                                    .to(entry.tensor().dtype())));
        }
    }

    @Override
    public HeadSpeed heads() {
        return HeadSpeed.measure();
    }

    @Override
    public void pause(double seconds) {
        try {
            Thread.sleep(Math.round(seconds * MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void watchOthers() {
        system.getCpuLoad(); // counts from here
        watchedFrom = clock();
        ownBefore = system.getProcessCpuTime();
    }

    @Override
    public double takenByOthers() {
        double load = system.getCpuLoad(); // below 0: not known
        double all = load * system.getAvailableProcessors();
        double own = (system.getProcessCpuTime() - ownBefore) / NANOS / (clock() - watchedFrom);
        double spare = system.getAvailableProcessors() - Libtorch.threads();
        return Math.max(0, all - own - spare);
    }
}
