package org.osler.study;

import java.util.Locale;

/** The kind of device that a trial ran on; results differ between kinds in their last digits. */
public enum Device {
    CPU,
    CUDA,
    MPS;

    /** The name used in tables: {@code cpu}, {@code cuda}, {@code mps}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
