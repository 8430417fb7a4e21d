package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.osler.InputException;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.metric.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws a phantom dataset into a file. */
@Command(
        name = "phantom",
        header = "Draw a dataset of ultrasound-like images, to try things without data.",
        description = {
            "",
            "Writes an .npz file of the official MedMNIST layout. The same options give the same bytes, everywhere."
        },
        footer = {
            "  osler phantom --task binary --out lesions.npz",
            "  osler phantom --task multi-label --classes 5 --colour --size 64 --train 2000 --out findings.npz"
        })
final class PhantomCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--task",
            required = true,
            paramLabel = "TASK",
            converter = TaskName.class,
            description = TaskName.CHOICES)
    private Task task;

    @Option(names = "--out", required = true, paramLabel = "FILE.npz", description = "Where to write it.")
    private Path out;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "Classes, or labels (default: 2 for binary, 4 for the others).")
    private Integer classes;

    @Option(names = "--colour", description = "RGB images; grey ones without.")
    private boolean colour;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "28",
            description = "Side of the images, 28 to 224 (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--train",
            paramLabel = "N",
            defaultValue = "400",
            description = "Training images (default: ${DEFAULT-VALUE}).")
    private int train;

    @Option(
            names = "--val",
            paramLabel = "N",
            defaultValue = "100",
            description = "Validation images (default: ${DEFAULT-VALUE}).")
    private int val;

    @Option(
            names = "--test",
            paramLabel = "N",
            defaultValue = "200",
            description = "Test images (default: ${DEFAULT-VALUE}).")
    private int test;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decides every pixel (default: ${DEFAULT-VALUE}).")
    private long seed;

    PhantomCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!out.toString().endsWith(".npz")) {
            throw new InputException("--out " + out + ": the file's name should end in .npz");
        }
        int wanted = classes != null ? classes : task == Task.BINARY ? 2 : 4;
        Phantoms.write(new PhantomSpec(task, wanted, colour ? 3 : 1, size, train, val, test, seed), out);
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%s: %d images of %d × %d pixels, %s, %d %s%n",
                        out,
                        train + val + test,
                        size,
                        size,
                        task.id(),
                        wanted,
                        task == Task.MULTI_LABEL ? "labels" : "classes");
        return ExitCode.DONE;
    }
}
