package org.osler.tensor;

import org.osler.InputException;

/** Where tensors live and operators run. */
public enum Device {
    CPU;

    /**
     * The device that a name chooses: {@code cpu}, or {@code auto} for the fastest at hand.
     *
     * @throws InputException if the name is no device of this build
     */
    public static Device of(String name) {
        if (name.equals("cpu") || name.equals("auto")) {
            return CPU;
        }
        throw new InputException("unknown device '" + name + "': this build has cpu (and auto, which chooses it)");
    }

    /** The name in files and tables: {@code cpu}. */
    public String id() {
        return "cpu";
    }
}
