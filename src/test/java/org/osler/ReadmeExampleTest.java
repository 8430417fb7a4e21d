package org.osler;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.metric.Task;
import org.osler.model.TinyModels;

/** The Java example of README is compiled and run as it stands there, but for the paths in it. */
class ReadmeExampleTest {

    @TempDir
    private Path folder;

    @Test
    void theExampleInReadmeCompilesAndPredicts() throws IOException, ReflectiveOperationException {
        Path model = folder.resolve("model");
        TinyModels.write(model, Task.BINARY, 2);
        Path image = folder.resolve("scan.png");
        ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());

        String example = example();
        assertThat(example).contains("\"models/breast\"", "\"scan.png\"");
        Path source = folder.resolve("Example.java");
        Files.writeString(source, """
                import java.nio.file.Path;
                import org.osler.model.*;
                public class Example {
                    public static void main(String[] arguments) throws Exception {
                %s
                    }
                }
                """.formatted(
                        example.replace("models/breast", model.toString()).replace("scan.png", image.toString())));
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(code).isZero();
        assertThat(run()).containsPattern("(class 0|benign).*class 0=0\\.\\d+");
    }

    private static String example() throws IOException {
        Matcher block =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).as("README has a Java example").isTrue();
        return block.group(1);
    }

    private String run() throws IOException, ReflectiveOperationException {
        PrintStream before = System.out;
        var printed = new ByteArrayOutputStream();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
