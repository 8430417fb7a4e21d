package org.osler.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.osler.metric.Task;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a task by the name used in files. */
final class TaskName implements ITypeConverter<Task> {

    static final String CHOICES = "binary, multi-class, ordinal or multi-label.";

    @Override
    public Task convert(String name) {
        return Arrays.stream(Task.values())
                .filter(task -> task.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no task '" + name + "'; there are "
                        + Arrays.stream(Task.values()).map(Task::id).collect(Collectors.joining(", "))));
    }
}
