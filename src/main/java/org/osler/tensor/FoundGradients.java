package org.osler.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The gradients of some parameters, as parts of a graph bring them in. Owns them until they are taken out. */
final class FoundGradients implements AutoCloseable {

    private final List<Tensor> parameters;
    /** Places by what all handles of one tensor share. */
    private final Map<Long, Integer> places = new HashMap<>();

    private final Tensor[] gradients;

    FoundGradients(List<Tensor> parameters) {
        this.parameters = List.copyOf(parameters);
        this.gradients = new Tensor[parameters.size()];
        for (int i = 0; i < gradients.length; i++) {
            places.put(address(parameters.get(i)), i);
        }
    }

    private static long address(Tensor tensor) {
        return tensor.handle().unsafeGetTensorImpl().address();
    }

    List<Tensor> parameters() {
        return parameters;
    }

    /**
     * Adds to what there is of a parameter; of one that nobody asked about it computes nothing.
     *
     * @param gradient makes it
     */
    void add(Tensor parameter, Supplier<Tensor> gradient) {
        Integer place = places.get(address(parameter));
        if (place == null) {
            return;
        }
        try (Scope scope = Scope.open()) {
            Tensor more = gradient.get();
            if (gradients[place] == null) {
                gradients[place] = Scope.share(more);
            } else {
                gradients[place].addInPlace(more);
            }
        }
    }

    /**
     * All of them, in the innermost scope from now on.
     *
     * @throws IllegalArgumentException if one is missing
     */
    List<Tensor> takeOut() {
        int missing = Arrays.asList(gradients).indexOf(null);
        if (missing >= 0) {
            throw new IllegalArgumentException("the scalar does not depend on parameter " + missing + " of "
                    + gradients.length + ", of shape "
                    + Arrays.toString(parameters.get(missing).shape()));
        }
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < gradients.length; i++) {
            all.add(Scope.adopt(gradients[i]));
            gradients[i] = null;
        }
        return all;
    }

    @Override
    public void close() {
        for (Tensor gradient : gradients) {
            if (gradient != null) {
                gradient.close();
            }
        }
    }
}
