package org.osler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;
import org.osler.tensor.NvidiaDriver;

/** What {@code doctor} finds out about graphics cards; Osler works without one. */
final class Graphics {

    private static final double GIB = 1L << 30;
    private static final String CUDA = "CUDA";

    private Graphics() {}

    /** Nothing where Osler was built without CUDA and no card is seen. */
    static List<Finding> findings() {
        if (!Cuda.isBuilt()) {
            return NvidiaDriver.isCardSeen()
                    ? List.of(
                            Finding.ok(CUDA, "there is an NVIDIA card, which OSLER_CUDA=1 makes use of: docs/cuda.md"))
                    : List.of();
        }
        Finding driver = NvidiaDriver.version()
                .map(version -> Finding.ok("driver", "NVIDIA's, " + version))
                .orElseGet(() -> Finding.warn("driver", "no NVIDIA driver; https://www.nvidia.com/drivers"));
        Optional<String> missing = Cuda.missing();
        if (missing.isPresent()) {
            return List.of(driver, Finding.warn(CUDA, missing.get()));
        }
        List<Finding> all = new ArrayList<>();
        all.add(driver);
        all.add(Finding.ok(CUDA, Cuda.version() + ", cuDNN " + Cuda.cudnnVersion()));
        for (int card = 0; card < Cuda.cards(); card++) {
            all.add(card(card));
        }
        return all;
    }

    private static Finding card(int index) {
        Cuda.Memory memory = Cuda.memory(Device.cuda(index));
        return Finding.ok(
                "cuda:" + index,
                String.format(
                        Locale.ROOT,
                        "%s, %.1f GiB, of which %.1f GiB free",
                        NvidiaDriver.name(index),
                        memory.total() / GIB,
                        memory.free() / GIB));
    }
}
