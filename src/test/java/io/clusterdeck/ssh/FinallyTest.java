package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script does at its end it does once, also where a child is just being born as its group is told to end. */
@Timeout(300)
class FinallyTest {
    private static final int TIMES = 60;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh"})
    void itIsDoneOnce(String shell) throws Exception {
        var done = folder.resolve("done");
        var script = Files.writeString(folder.resolve("script"), library() + """
                finally 'echo done >>"%s"'
                echo ready
                while :; do
                  /bin/true &
                  wait "$!"
                done
                """.formatted(done));
        for (int i = 0; i < TIMES; i++) {
            var command = new ArrayList<>(List.of("setsid"));
            command.addAll(List.of(shell.split(" ")));
            command.add(script.toString());
            var run = new ProcessBuilder(command).start();
            assertEquals("ready", run.inputReader().readLine());
            tell(run, "TERM");
            run.waitFor();
            tell(run, "KILL"); // a child that was not yet born had not heard of it
        }
        assertEquals(TIMES, Files.readAllLines(done).size());
    }

    private static void tell(Process run, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, "--", "-" + run.pid())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String library() throws Exception {
        try (var in = Script.class.getResourceAsStream("/remote/lib/processes.sh")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
