package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes are found by a word of theirs, however many there are. */
@Tag("scripts")
class CalledTest {

    private static final String WORD = "clusterdeck-cont -v 'it' 大";

    @TempDir
    Path folder;

    private static String called(String shell, String proc) throws Exception {
        var library =
                Files.readString(Path.of("resources/remote/lib/processes.sh")).replace("/proc/[", proc + "/[");
        // a command may take a quarter of the stack, and 128 KiB at least
        var text = "ulimit -s 128; " + library + "called \"$(cat)\"";
        var command = new ArrayList<>(List.of(shell.split(" ")));
        command.addAll(List.of("-c", text));
        var run = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        run.getOutputStream().write(WORD.getBytes(StandardCharsets.UTF_8));
        run.getOutputStream().close();
        var out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, run.waitFor());
        return out;
    }

    private void process(int pid, String... arguments) throws IOException {
        var lines = Files.createDirectories(folder.resolve("p/" + pid)).resolve("cmdline");
        Files.writeString(lines, String.join("\0", arguments) + "\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void amongMoreThanACommandTakes(String shell) throws Exception {
        for (int pid = 1; pid < 900; pid++) {
            process(pid, "sleep", "60");
        }
        process(9, "sh", "-c", WORD, "3");
        process(532, WORD);
        process(77, "sh", "-c", "a " + WORD);
        // the third part of the path is the pid; a long name does for more processes
        var proc = Path.of("target/called" + "-".repeat(200));
        Files.createSymbolicLink(proc, folder.resolve("p"));
        try {
            assertEquals(
                    List.of("532", "9"),
                    called(shell, proc.toString()).lines().sorted().toList());
        } finally {
            Files.delete(proc);
        }
    }

    /** Not even who looks is taken for one. */
    @ParameterizedTest
    @ValueSource(strings = {"dash", "busybox sh"})
    void nobodyButWhoIs(String shell) throws Exception {
        assertEquals("", called(shell, "/proc"));
        var other = new ProcessBuilder("sh", "-c", "sleep 60; exit 1", WORD).start();
        try {
            assertEquals(other.pid() + "\n", called(shell, "/proc"));
        } finally {
            other.destroy();
        }
    }
}
