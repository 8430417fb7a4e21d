package org.osler.tensor;

import org.bytedeco.javacpp.PointerScope;

/**
 * Owns every tensor made by this thread while it is the innermost open scope, and frees them when it closes.
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {
 *     Tensor loss = ...;   // freed with all intermediates at the closing brace
 *     return step.handOver(result);   // outlives the step: belongs to the scope around it
 * }
 * }</pre>
 *
 * Making a tensor with no scope open is an error: nothing would ever free it.
 */
public final class Scope implements AutoCloseable {

    static {
        Libtorch.load();
    }

    private final PointerScope outer;
    private final PointerScope pointers;

    private Scope() {
        this.outer = PointerScope.getInnerScope();
        this.pointers = new PointerScope();
    }

    /** Opens a scope inside this thread's innermost one. */
    public static Scope open() {
        return new Scope();
    }

    /**
     * Moves a tensor of this scope to the scope around it.
     *
     * @return the same tensor
     */
    public Tensor handOver(Tensor tensor) {
        if (outer == null) {
            throw new IllegalStateException("no scope around this one; use keep");
        }
        outer.attach(tensor.handle());
        pointers.detach(tensor.handle());
        return tensor;
    }

    /**
     * Takes a tensor out of every scope: from now on its owner closes it.
     *
     * @return the same tensor
     */
    public Tensor keep(Tensor tensor) {
        tensor.handle().retainReference();
        pointers.detach(tensor.handle());
        return tensor;
    }

    @Override
    public void close() {
        pointers.close();
    }

    static void requireOpen() {
        if (PointerScope.getInnerScope() == null) {
            throw new IllegalStateException("a tensor is made while no scope is open; nothing would free it");
        }
    }
}
