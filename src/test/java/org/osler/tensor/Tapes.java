package org.osler.tensor;

/** Tapes that are told what to do, whatever the processor. */
public final class Tapes {

    private Tapes() {}

    public static GradientTape leavingAllToLibtorch() {
        return open(false, Long.MAX_VALUE);
    }

    /** Cuts the graph where convolutions have given so many bytes. */
    public static GradientTape takingConvolutions(long mostBytes) {
        return open(true, mostBytes);
    }

    private static GradientTape open(boolean takesConvolutions, long mostBytes) {
        return GradientTape.open(new GradientTape(takesConvolutions, mostBytes));
    }

    /** How many cuts the graph has that a tape is about to go through. */
    public static int cuts(GradientTape tape) {
        return tape.cuts();
    }
}
