package org.osler.tensor;

/** A card for tests where there is none: see {@link Device#STAND_IN}. */
public final class StandIn {

    public static final Device CARD = Device.STAND_IN;

    private StandIn() {}
}
