package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

/** What a chain of steps keeps and frees. */
class ScopeTest {

    private final List<Tensor> made = new ArrayList<>();

    @Test
    void aStepsResultIsFreedWhenTheNextOneHasItsOwn() {
        try (Scope scope = Scope.open()) {
            Tensor start = Tensors.full(1, DType.FLOAT32, 2);
            Tensor last = Scope.chain(start, List.of(2, 3, 4), (factor, x) -> {
                assertThat(made.stream().filter(each -> !freed(each)))
                        .as("beside what the step is given")
                        .allMatch(each -> each == x);
                made.add(x.mul(100)); // on the way
                return remember(x.mul(factor));
            });
            assertThat(last.toFloats()).containsExactly(24, 24);
            assertThat(freed(start)).isFalse();
            assertThat(made.stream().filter(each -> !freed(each))).containsExactly(last);
        }
        assertThat(made).allMatch(ScopeTest::freed);
    }

    @Test
    void ofSomeWorkOnlyTheResultStays() {
        try (Scope scope = Scope.open()) {
            Tensor result = Scope.of(
                    () -> remember(remember(Tensors.full(2, DType.FLOAT32, 2)).mul(3)));
            assertThat(result.toFloats()).containsExactly(6, 6);
            assertThat(made.stream().filter(each -> !freed(each))).containsExactly(result);
        }
        assertThat(made).allMatch(ScopeTest::freed);
    }

    @Test
    void whereAStepFailsNothingStays() {
        try (Scope scope = Scope.open()) {
            Tensor start = Tensors.full(1, DType.FLOAT32, 2);
            assertThatThrownBy(() -> Scope.chain(start, List.of(2, 3, 0, 4), (factor, x) -> {
                        if (factor == 0) {
                            throw new IllegalStateException("no such step");
                        }
                        return remember(x.mul(factor));
                    }))
                    .hasMessage("no such step");
            assertThat(made).hasSize(2).allMatch(ScopeTest::freed);
            assertThat(freed(start)).isFalse();
        }
    }

    @Test
    void gradientsReachThroughAChain() {
        try (Scope scope = Scope.open()) {
            Tensor start = Tensors.full(2, DType.FLOAT32, 1).requireGradient();
            Tensor last = Scope.chain(start, List.of(1, 2), (step, x) -> x.mul(x));
            Tensor gradient = Autograd.gradients(last.sum(), List.of(start)).get(0);
            assertThat(gradient.item()).isEqualTo(4 * 8.0); // of x⁴
        }
    }

    @Test
    void withoutStepsTheStartIsTheResult() {
        try (Scope scope = Scope.open()) {
            Tensor start = Tensors.full(1, DType.FLOAT32, 2);
            assertThat(Scope.chain(start, List.<Integer>of(), (step, x) -> x)).isSameAs(start);
            assertThat(freed(start)).isFalse();
        }
        assertThat(PointerScope.getInnerScope()).isNull();
    }

    private Tensor remember(Tensor tensor) {
        made.add(tensor);
        return tensor;
    }

    private static boolean freed(Tensor tensor) {
        return tensor.handle().isNull();
    }
}
