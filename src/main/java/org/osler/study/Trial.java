package org.osler.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.data.FewShot;
import org.osler.data.Resize;
import org.osler.tensor.Device;
import org.osler.tensor.Precision;
import org.osler.train.Recipe;

/**
 * One run: everything a study can choose that decides its numbers. Where files lie is no part of it; what is in them
 * is, by hash, part of the result's {@link Provenance}.
 *
 * @param dataset the dataset's name
 * @param kind where the dataset comes from
 * @param size side in pixels of the stored images; empty: as the user's file has it
 * @param input side in pixels of what the encoder sees
 * @param resize how one becomes the other
 * @param encoder timm's id
 * @param weights pre-trained or random; under fine-tuning never {@link WeightsKind#RANDOM}, but in old results
 * @param strategy how the encoder is put to work
 * @param shots training images a class; empty: all
 * @param draw how these are drawn; where all are used, {@link FewShot.Draw#FIRST}
 * @param seed decides head initialisation and batch order, and where an untrained encoder's training starts
 * @param recipe training values
 * @param precision the arithmetic
 * @param device the kind of device
 * @param ownEncoder what an encoder that the study describes itself is made of, {@link EncoderChoice#description()};
 *     empty for those of the catalog, whose id says it all
 */
public record Trial(
        String dataset,
        DatasetChoice.Kind kind,
        OptionalInt size,
        int input,
        Resize resize,
        String encoder,
        WeightsKind weights,
        Strategy strategy,
        OptionalInt shots,
        FewShot.Draw draw,
        long seed,
        Recipe recipe,
        Precision precision,
        Device.Kind device,
        Optional<String> ownEncoder) {

    /** The first 16 hexadecimal digits of SHA-256 of {@link #canonicalJson()}. */
    public String id() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(canonicalJson().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * Every component as JSON: keys sorted, no spaces, ASCII only, numbers in their shortest form; the same text as
     * Python's {@code json.dumps(trial, sort_keys=True, separators=(",", ":"))}.
     */
    public String canonicalJson() {
        return TrialJson.write(this);
    }

    /** One line for people, e.g. {@code breastmnist · ResNet-18 · fine-tune (encoder lr 0.0001, head lr 0.001) · seed 0}. */
    public String label() {
        StringBuilder text = new StringBuilder(dataset);
        boolean ofSeveral = kind == DatasetChoice.Kind.IMAGES && !size.equals(OptionalInt.of(input));
        if (kind == DatasetChoice.Kind.MEDMNIST || ofSeveral) {
            size.ifPresent(side -> text.append(' ').append(side));
        }
        text.append(" · ")
                .append(EncoderTitle.of(this))
                .append(" · ")
                .append(strategy.id())
                .append(" (")
                .append(strategy.settings())
                .append(')');
        shots.ifPresent(images -> text.append(" · ").append(images).append(" shots"));
        if (draw == FewShot.Draw.SEEDED) {
            text.append(" drawn by seed");
        }
        return text.append(" · seed ").append(seed).toString();
    }

    /** The same trial with another strategy and seed. */
    Trial with(Strategy otherStrategy, long otherSeed) {
        return new Trial(
                dataset,
                kind,
                size,
                input,
                resize,
                encoder,
                weights,
                otherStrategy,
                shots,
                draw,
                otherSeed,
                recipe,
                precision,
                device,
                ownEncoder);
    }
}
