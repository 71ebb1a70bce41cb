package io.clusterdeck.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the lab's scripts. */
final class LabScript {

    private static final Path FOLDER = Path.of("src/test/lab").toAbsolutePath();

    private LabScript() {}

    /** The output of one of them, or an error with all of it. */
    static String run(String script, List<String> arguments) {
        var command = new ArrayList<>(List.of(FOLDER.resolve(script).toString()));
        command.addAll(arguments);
        try {
            var complaints = Files.createTempFile("lab", ".err");
            try {
                var process = new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectError(complaints.toFile())
                        .start();
                var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                int code = process.waitFor();
                if (code != 0) {
                    throw new AssertionError(String.join(" ", command) + " ended with " + code + "\n" + output + "\n"
                            + Files.readString(complaints));
                }
                return output;
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at " + command, e);
        }
    }
}
