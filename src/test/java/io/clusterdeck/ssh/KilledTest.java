package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever kills Clusterdeck with its whole process group kills the shells that watch a local script, too: it is ended all the same. */
@Timeout(300)
class KilledTest {
    private static List<ProcessHandle> sleeping(Stream<ProcessHandle> all) {
        return all.filter(p -> p.info().commandLine().orElse("").matches(".* 98[67]\\d+"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox"})
    void aGroupThatIsKilledLeavesNothing(String name) throws Exception {
        var nonce = Remote.nonce();
        try (var shell = Shells.leading(name)) {
            shell.in()
                    .write((Remote.boot(nonce, "wrap") + Remote.code(nonce, ScriptTest.SLEEP))
                            .getBytes(StandardCharsets.UTF_8));
            shell.in().flush();
            var shells = shell.process();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> sleeping(shells.descendants()).size() == 2);
            var all = shells.descendants().toList();
            var kill = new ProcessBuilder("kill", "-KILL", "--", "-" + shells.pid()).start();
            assertEquals(0, kill.waitFor());
            try {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
            } finally {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        }
    }
}
