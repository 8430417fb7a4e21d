package org.osler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs in a process of their own: to be killed, to stand beside others, or for their memory to be measured. */
public final class FreshProcess {

    private FreshProcess() {}

    /**
     * Runs a class's {@code main} to its end and returns what it prints; it has to succeed. Its heap is wholly resident
     * from the start, so that what grows is something else.
     */
    public static String output(Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> resident = List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch");
        Process process = new ProcessBuilder(command(resident, program, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }

    /** The command that runs a class's {@code main} in a JVM like this one, with options of that JVM. */
    public static List<String> command(List<String> options, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
