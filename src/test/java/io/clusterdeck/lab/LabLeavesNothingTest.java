package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lab leaves behind when it ends, or is ended: nothing. */
@Tag("lab")
class LabLeavesNothingTest {

    @Test
    void twoLabsStandBesideEachOtherAndNothingIsLeftOfOneThatEnds() throws Exception {
        var lab = Lab.of(1);
        var other = Lab.named("other", 1);
        assertNotEquals(lab.address("h1"), other.address("h1"));
        assertThrows(AssertionError.class, () -> lab.exec("h1", "ping", "-c", "1", "-W", "1", other.address("h1")));
        other.serve(Path.of("docs"));
        other.slow("h1", 5, 0);
        var state = other.sshConfig().getParent();
        var pids = other.processes().stream().map(Lab.Seen::pid).toList();
        other.down();
        assertFalse(Files.exists(state));
        assertFalse(
                Files.exists(Path.of("/sys/class/net/cd" + state.toString().replaceAll(".*-", ""))),
                "the bridge's cable");
        assertEquals(List.of(), tracesOf(state.toString()));
        assertTrue(pids.stream()
                .noneMatch(p -> ProcessHandle.of(p).isPresent()
                        && ProcessHandle.of(p).get().info().command().isPresent()));
        assertEquals("h1", lab.exec("h1", "hostname"), "the other lab lives on");
    }

    @Test
    void aLabThatWasKilledWhileItCameUpIsRemovedByTheNextDown(@TempDir Path scratch) throws Exception {
        var name = Path.of("").toAbsolutePath().getFileName() + "-killed-";
        for (var reached :
                List.of("subnet", "keys/id_rsa_pass", "hosts/h1/lower", "hosts/h1/init", "hosts/h3/booted")) {
            var up = new ProcessBuilder("src/test/lab/lab", "--name", "killed", "up", "3")
                    .redirectErrorStream(true)
                    .redirectOutput(scratch.resolve("up.log").toFile())
                    .start();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> foldersNaming(name).anyMatch(lab -> Files.exists(lab.resolve(reached))));
            up.destroyForcibly().waitFor();
            new ProcessBuilder("src/test/lab/lab", "--name", "killed", "down")
                    .inheritIO()
                    .start()
                    .waitFor();
            assertEquals(List.of(), tracesOf(name), "killed when there was " + reached);
        }
    }

    private static Stream<Path> foldersNaming(String name) throws IOException {
        try (var folders = Files.list(Path.of("/tmp"))) {
            return folders
                    .filter(f -> f.getFileName().toString().startsWith("clusterdeck-lab")
                            && f.toString().contains(name))
                    .toList()
                    .stream();
        }
    }

    private static String mounts(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "mountinfo"));
        } catch (IOException e) {
            return ""; // it ended meanwhile
        }
    }

    /** Folders that name it, and processes that see a mount which does: this machine's own, or those of a host. */
    private static List<String> tracesOf(String name) throws IOException {
        var found = new ArrayList<String>();
        foldersNaming(name).map(Path::toString).forEach(found::add);
        ProcessHandle.allProcesses()
                .filter(p -> mounts(p.pid()).contains(name))
                .map(p -> p.pid() + " " + p.info().commandLine().orElse(""))
                .forEach(found::add);
        return found;
    }
}
