package org.osler.cli;

import org.osler.study.DeviceChoice;
import org.osler.tensor.Device;
import picocli.CommandLine.Option;

/** Where to compute, for commands that take no study. */
final class DeviceOption {

    static final String CHOICES = "cpu, cuda, cuda:N (the N-th card, from 0), or auto: a card where there is one.";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = CHOICES + " docs/cuda.md tells how cards come in (default: ${DEFAULT-VALUE}).")
    private String device;

    /**
     * The device, ready to compute.
     *
     * @throws org.osler.InputException if it is none, or not there
     */
    Device device() {
        return DeviceChoice.of("--device", device).device();
    }
}
