package org.osler.study;

import java.util.Locale;

/** What a study says about the device. */
public enum DeviceChoice {
    /** The processor, even where there is an accelerator. */
    CPU,
    /** An accelerator where there is one, else the processor. */
    AUTO;

    /** The name used in study files: {@code cpu}, {@code auto}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
