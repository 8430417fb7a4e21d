package org.osler.encoder;

import org.osler.nn.Names;
import org.osler.nn.Parameters;

/** What every architecture has: its card, its input and its parameters. */
abstract class Network implements Encoder {

    private final EncoderCard card;
    private final int input;
    private final Parameters parameters = new Parameters();

    Network(EncoderCard card, int input) {
        this.card = card;
        this.input = input;
    }

    @Override
    public final EncoderCard card() {
        return card;
    }

    @Override
    public final int input() {
        return input;
    }

    @Override
    public final Parameters parameters() {
        return parameters;
    }

    /** The root of the names under which layers are declared. */
    final Names names() {
        return parameters.names();
    }
}
