package org.osler.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.OperatorHandle;

/**
 * Adam (Kingma and Ba 2014, arXiv 1412.6980) and AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101): libtorch's fused
 * kernels, one call for all parameters.
 *
 * <pre>
 * AdamW: p ← p − η·λ·p;   Adam: g ← g + λ·p
 * m ← β₁m + (1−β₁)g;   v ← β₂v + (1−β₂)g²;   p ← p − η·m̂ / (√v̂ + ε)
 * </pre>
 *
 * Owns its moments until closed.
 */
public final class Adam implements AutoCloseable {

    /**
     * What does not change from step to step.
     *
     * @param decoupled whether weights decay by themselves (AdamW) or through the gradient (Adam)
     * @param beta1 decay β₁ of the first moment, in [0, 1)
     * @param beta2 decay β₂ of the second moment, in [0, 1)
     * @param epsilon ε, added to the root of the second moment
     * @param weightDecay λ
     */
    public record Settings(boolean decoupled, double beta1, double beta2, double epsilon, double weightDecay) {}

    private final Settings settings;
    private final List<Tensor> firstMoments = new ArrayList<>();
    private final List<Tensor> secondMoments = new ArrayList<>();
    private final Tensor steps;
    private final TensorList parameterList;
    private final TensorList firstMomentList;
    private final TensorList secondMomentList;
    private final TensorList stepList;
    private final OperatorHandle operator;

    /** Starts with zero moments; the parameters are borrowed, contiguous, and changed in place by each step. */
    public Adam(List<Tensor> parameters, Settings settings) {
        this.settings = settings;
        try (Scope scope = Scope.open()) {
            for (Tensor parameter : parameters) {
                firstMoments.add(scope.keep(parameter.detach().mul(0)));
                secondMoments.add(scope.keep(parameter.detach().mul(0)));
            }
            this.steps =
                    scope.keep(Tensors.zeros(DType.FLOAT32).to(parameters.get(0).device()));
        }
        this.parameterList = TensorList.of(parameters);
        this.firstMomentList = TensorList.of(firstMoments);
        this.secondMomentList = TensorList.of(secondMoments);
        this.stepList = TensorList.of(Collections.nCopies(parameters.size(), steps));
        this.operator = Operators.find(settings.decoupled() ? "aten::_fused_adamw_" : "aten::_fused_adam_");
    }

    /** One step with the given gradients, in the order of the parameters, at learning rate η. */
    public void step(List<Tensor> gradients, double learningRate) {
        try (Scope scope = Scope.open();
                // The kernel walks raw memory, and a convolution's gradient may come with its channels innermost.
                TensorList aligned =
                        TensorList.of(gradients.stream().map(Tensor::contiguous).toList())) {
            step(aligned, learningRate);
        }
    }

    /** The same with contiguous gradients that lie in the same tensors at every step. */
    public void step(TensorList gradients, double learningRate) {
        try (Scope scope = Scope.open()) {
            steps.addInPlace(1);
            if (StandInKernels.serve(steps)) {
                StandInKernels.adam(parameterList.tensors(), gradients.tensors(), firstMoments, secondMoments, steps);
                return;
            }
            Autograd.off(() -> Operators.call(
                    operator,
                    parameterList.boxed(),
                    gradients.boxed(),
                    firstMomentList.boxed(),
                    secondMomentList.boxed(),
                    Operators.list(List.of()),
                    stepList.boxed(),
                    new IValue(learningRate),
                    new IValue(settings.beta1()),
                    new IValue(settings.beta2()),
                    new IValue(settings.weightDecay()),
                    new IValue(settings.epsilon()),
                    new IValue(false),
                    new IValue(false),
                    new IValue(),
                    new IValue()));
        }
    }

    /** Everything that a later run needs to go on: first moments, second moments, then the step count. */
    public List<Tensor> state() {
        List<Tensor> state = new ArrayList<>(firstMoments);
        state.addAll(secondMoments);
        state.add(steps);
        return state;
    }

    @Override
    public void close() {
        List.of(parameterList, firstMomentList, secondMomentList, stepList).forEach(TensorList::close);
        state().forEach(Tensor::close);
    }
}
