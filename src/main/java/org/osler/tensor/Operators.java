package org.osler.tensor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.ListType;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/** ATen operators that the Java API lacks, called through libtorch's dispatcher with a stack of boxed values. */
final class Operators {

    private static final Map<String, OperatorHandle> FOUND = new ConcurrentHashMap<>();

    private Operators() {}

    /**
     * Looks an operator up by name, e.g. {@code aten::_fused_adamw_} or, with an overload, {@code aten::add.Tensor}; once
     * for the life of the program.
     */
    static OperatorHandle find(String name) {
        return FOUND.computeIfAbsent(name, key -> {
            int dot = key.indexOf('.');
            OperatorHandle handle = Dispatcher.singleton()
                    .findSchemaOrThrow(dot < 0 ? key : key.substring(0, dot), dot < 0 ? "" : key.substring(dot + 1));
            // Found inside some scope, used by all that follow.
            handle.retainReference();
            return handle;
        });
    }

    /** Calls an operator that returns nothing. */
    static void call(OperatorHandle operator, IValue... arguments) {
        operator.callBoxed(new IValueVector(arguments));
    }

    /** Calls an operator that returns one tensor. */
    static Tensor callForTensor(OperatorHandle operator, IValue... arguments) {
        Scope.requireOpen();
        // The results take the arguments' place on the stack.
        IValueVector stack = new IValueVector(arguments);
        operator.callBoxed(stack);
        // A handle of its own: what the stack gives is part of the stack, and would go with it.
        return new Tensor(new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor()));
    }

    /** A list of whole numbers as one boxed value. */
    static IValue list(long... numbers) {
        GenericList list = new GenericList(ListType.ofInts().getElementType());
        for (long number : numbers) {
            list.push_back(new IValue(number));
        }
        return new IValue(list);
    }

    /** A list of tensors as one boxed value. */
    static IValue list(List<Tensor> tensors) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        list.reserve(tensors.size());
        for (Tensor tensor : tensors) {
            list.push_back(new IValue(tensor.handle()));
        }
        return new IValue(list);
    }
}
