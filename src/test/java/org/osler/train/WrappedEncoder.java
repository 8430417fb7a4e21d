package org.osler.train;

import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.SpatialFeatures;
import org.osler.nn.Mode;
import org.osler.nn.Parameters;
import org.osler.tensor.Tensor;

/** Another encoder, which it closes, for tests that watch or hinder its passes. */
class WrappedEncoder implements Encoder {

    private final Encoder inner;

    WrappedEncoder(Encoder inner) {
        this.inner = inner;
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        return inner.spatial(images, mode);
    }

    @Override
    public Tensor features(Tensor images, Mode mode) {
        return inner.features(images, mode);
    }

    @Override
    public EncoderCard card() {
        return inner.card();
    }

    @Override
    public int input() {
        return inner.input();
    }

    @Override
    public Parameters parameters() {
        return inner.parameters();
    }

    @Override
    public HeadInit headInit() {
        return inner.headInit();
    }

    @Override
    public void close() {
        inner.close();
    }
}
