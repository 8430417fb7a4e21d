package org.osler.model;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osler.encoder.GradCam;
import org.osler.metric.Task;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** The map of one class of one image, by {@link GradCam}. */
public final class ClassMap {

    private ClassMap() {}

    /**
     * Makes the map.
     *
     * @param gradCam of one image
     * @param logits {@code [1, C]} of pooled features {@code [1, D]}; where there is one logit of a binary task, it
     *     speaks for the second class and against the first
     * @param index of the class (or label)
     * @param label its name
     */
    public static EvidenceMap of(GradCam gradCam, UnaryOperator<Tensor> logits, Task task, int index, String label) {
        try (Scope scope = Scope.open()) {
            Tensor map = gradCam.map(pooled -> score(logits.apply(pooled), task, index));
            return EvidenceMap.scaled(Optional.of(label), (int) map.size(1), (int) map.size(2), map.toFloats(), 0);
        }
    }

    private static Tensor score(Tensor logits, Task task, int index) {
        if (task == Task.BINARY && logits.size(1) == 1) {
            Tensor ofSecond = logits.select(1, 0);
            return index == 1 ? ofSecond : ofSecond.neg();
        }
        return logits.select(1, index);
    }
}
