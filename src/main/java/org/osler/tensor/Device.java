package org.osler.tensor;

import java.util.Locale;

/** The kind of device that tensors live on; results differ between kinds in their last digits. This build has one. */
public enum Device {
    CPU;

    /** The name used in tables: {@code cpu}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
