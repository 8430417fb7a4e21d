package org.osler.model;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.osler.InputException;
import org.osler.data.Images;
import org.osler.data.image.Picture;
import org.osler.data.image.PictureReader;
import org.osler.data.image.UnreadableImage;
import org.osler.encoder.Encoder;
import org.osler.metric.Probabilities;
import org.osler.nn.Init;
import org.osler.nn.Linear;
import org.osler.nn.Mode;
import org.osler.nn.Parameters;
import org.osler.tensor.Autograd;
import org.osler.tensor.Device;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.weights.SafeTensors;

/**
 * A trained model, ready to predict.
 *
 * <pre>{@code
 * try (var model = Classifier.load(Path.of("models/breast"))) {
 *     Prediction prediction = model.predict(Path.of("scan.png"));
 * }
 * }</pre>
 *
 * <p>Images go the very way of training: 8 bits a channel, the form of the dataset ({@link ImageForm}), the encoder's
 * input. Safe for many threads; predictions of several threads run side by side, and {@link #close} waits for those
 * under way. Its parameters live in native memory until it is closed.
 */
public final class Classifier implements AutoCloseable {

    private static final int BATCH = 32;

    private final ModelDescription description;
    private final Encoder encoder;
    private final Parameters headParameters;
    private final Linear head;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    private Classifier(ModelDescription description, Encoder encoder, Parameters headParameters, Linear head) {
        this.description = description;
        this.encoder = encoder;
        this.headParameters = headParameters;
        this.head = head;
    }

    /**
     * Reads a model's folder.
     *
     * @throws InputException if it is no model, was changed since it was written, or its parts do not fit each other; one
     *     message says what is wrong
     * @throws IOException if the disk fails
     */
    public static Classifier load(Path folder) throws IOException {
        return load(folder, Device.CPU);
    }

    /** The same, to predict on a device. */
    public static Classifier load(Path folder, Device device) throws IOException {
        ModelJson.Content content = ModelJson.read(folder.resolve(ModelFolder.DESCRIPTION));
        Path file = folder.resolve(ModelFolder.PARAMETERS);
        ModelDescription description = content.description();
        try (SafeTensors tensors = SafeTensors.open(file)) {
            ModelParameters.requireHash(file, content.sha256());
            long logits = ModelParameters.logits(tensors);
            if (!description.isAnsweredBy(logits)) {
                throw new InputException(file + ": a head of " + logits + " logits does not answer a "
                        + description.task().id() + " task with "
                        + description.labels().size() + " labels");
            }
            return load(description, tensors, logits, device);
        }
    }

    private static Classifier load(ModelDescription description, SafeTensors tensors, long logits, Device device)
            throws IOException {
        Encoder encoder = description.encoder().build(description.input());
        Parameters headParameters = new Parameters();
        try {
            Linear head = new Linear(
                    headParameters.names().in("head"),
                    description.encoder().features(),
                    logits,
                    Init.ZEROS,
                    Init.ZEROS);
            ModelParameters.read(tensors, encoder.parameters(), headParameters);
            encoder.parameters().freeze(description.precision().type(), device);
            headParameters.moveTo(device);
            return new Classifier(description, encoder, headParameters, head);
        } catch (IOException | RuntimeException e) {
            headParameters.close();
            encoder.close();
            throw e;
        }
    }

    /** What the model is. */
    public ModelDescription description() {
        return description;
    }

    /**
     * Refuses a kind of map that the model's encoder has not.
     *
     * @throws InputException if so
     */
    public void requireMaps(MapMethod method) {
        Explainer.require(encoder, method);
    }

    /** Predicts one image. */
    public Prediction predict(BufferedImage image) {
        return predictPrepared(List.of(prepare(image))).get(0);
    }

    /**
     * Predicts an image file.
     *
     * @throws InputException if it is no image that can be read; the message names it
     */
    public Prediction predict(Path image) {
        return predictPrepared(List.of(prepare(image))).get(0);
    }

    /** Predicts images, several at a time. */
    public List<Prediction> predict(List<BufferedImage> images) {
        return predictPrepared(images.stream().map(this::prepare).toList());
    }

    /**
     * Brings an image to the form of the model's dataset.
     *
     * @throws InputException if its values are no plain 8 or 16 bits, or its colours neither grey nor RGB nor CMYK
     */
    public PreparedImage prepare(BufferedImage image) {
        ImageForm form = description.images();
        try {
            return new PreparedImage(form.of(Picture.of(image, form.window())));
        } catch (UnreadableImage e) {
            throw new InputException("the image " + e.getMessage(), e);
        }
    }

    /**
     * Reads an image file and brings it to the form of the model's dataset.
     *
     * @throws InputException if it is no image that can be read; the message names it
     */
    public PreparedImage prepare(Path image) {
        ImageForm form = description.images();
        try (PictureReader reader = new PictureReader(form.window())) {
            return new PreparedImage(form.of(reader.read(image).picture()));
        } catch (UnreadableImage e) {
            throw new InputException(image + " " + e.getMessage(), e);
        }
    }

    /** Brings a dataset's image to the form of the model's dataset. */
    public PreparedImage prepare(Images images, int index) {
        byte[] bytes = new byte[images.imageBytes()];
        images.read(index, bytes, 0);
        Picture picture = new Picture(images.height(), images.width(), images.channels(), bytes);
        try {
            return new PreparedImage(description.images().of(picture));
        } catch (UnreadableImage e) {
            throw new InputException("image " + index + " " + e.getMessage(), e);
        }
    }

    /**
     * Predicts prepared images, several at a time.
     *
     * @return their predictions, in order
     * @throws IllegalStateException if the model was closed
     */
    public List<Prediction> predictPrepared(List<PreparedImage> images) {
        return whileOpen(() -> {
            List<Prediction> all = new ArrayList<>(images.size());
            for (int from = 0; from < images.size(); from += BATCH) {
                all.addAll(batch(images.subList(from, Math.min(images.size(), from + BATCH))));
            }
            return all;
        });
    }

    /** Predicts one image and says which parts of it that rests on, by {@link MapMethod#GRAD_CAM}. */
    public Explanation explain(BufferedImage image) {
        return explain(prepare(image), MapMethod.GRAD_CAM);
    }

    /**
     * Predicts an image file and says which parts of it that rests on, by {@link MapMethod#GRAD_CAM}.
     *
     * @throws InputException if it is no image that can be read; the message names it
     */
    public Explanation explain(Path image) {
        return explain(prepare(image), MapMethod.GRAD_CAM);
    }

    /**
     * Predicts a prepared image and says which parts of it that rests on.
     *
     * @throws InputException if the encoder has no such map
     * @throws IllegalStateException if the model was closed
     */
    public Explanation explain(PreparedImage image, MapMethod method) {
        return whileOpen(() -> new Explainer(description, encoder, new Explainer.Layers() {
                    @Override
                    public Tensor logits(Tensor features) {
                        return head.forward(features);
                    }

                    @Override
                    public Prediction prediction(Tensor features, Tensor logits) {
                        return predictions(features, logits).get(0);
                    }
                })
                .explain(description.images().together(List.of(image)), method));
    }

    private <T> T whileOpen(Supplier<T> work) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model was closed");
            }
            return work.get();
        } finally {
            use.readLock().unlock();
        }
    }

    private List<Prediction> batch(List<PreparedImage> prepared) {
        Images images = description.images().together(prepared);
        int[] indices = IntStream.range(0, prepared.size()).toArray();
        try (Scope scope = Scope.open()) {
            return Autograd.off(() -> {
                Tensor features = encoder.features(
                        description.preprocessing().batch(encoder.parameters().device(), images, indices), Mode.EVAL);
                return predictions(features, head.forward(features));
            });
        }
    }

    private List<Prediction> predictions(Tensor features, Tensor logits) {
        int width = (int) logits.size(1);
        int dimensions = (int) features.size(1);
        float[] allLogits = logits.toFloats();
        float[] allFeatures = features.toFloats();
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < allLogits.length / width; i++) {
            double[] row = new double[width];
            for (int c = 0; c < width; c++) {
                row[c] = allLogits[i * width + c];
                if (!Double.isFinite(row[c])) {
                    throw new InputException(
                            "the model gives no finite number for an image; its parameters are broken");
                }
            }
            float[] vector = new float[dimensions];
            System.arraycopy(allFeatures, i * dimensions, vector, 0, dimensions);
            all.add(new Prediction(
                    description.task(),
                    description.labels(),
                    Probabilities.of(description.task(), row, description.temperature()),
                    vector));
        }
        return all;
    }

    /** Waits for predictions under way and frees the parameters; closing again does nothing. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                headParameters.close();
                encoder.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
