package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A computer that loses its power says no goodbye: a script whose other side falls silent is ended. */
@Tag("soak")
class SilenceTest {

    static java.util.stream.Stream<String> shells() {
        return java.util.stream.Stream.of("dash", "bash");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void withoutHeartbeatsAScriptIsEnded(String sh) throws Exception {
        var nonce = Remote.nonce();
        var shell = LocalShell.start(java.nio.file.Path.of("/bin", sh).toString(), null);
        shell.in()
                .write((Remote.boot(nonce, "wrap") + Remote.code(nonce, Script.of("probe", "stubborn")))
                        .getBytes(StandardCharsets.UTF_8));
        shell.in().flush();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> shell.in() != null
                        && shell.process().toHandle().descendants().count() > 3);
        assertTrue(shell.process().isAlive());
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(150))
                .until(() -> !shell.process().isAlive()
                        && shell.process().toHandle().descendants().findAny().isEmpty());
    }
}
