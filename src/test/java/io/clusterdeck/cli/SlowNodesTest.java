package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.Ports;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A word that comes upon nodes that do not answer yet, without TLS and with it: all are stopped (SIGSTOP) until it says that it waits. */
@Tag("local")
class SlowNodesTest {

    @TempDir
    Path folder;

    private final List<Long> pids = new ArrayList<>();

    private int port;

    private void built(String tls) throws Exception {
        port = Ports.block(3);
        var root = folder.resolve("root");
        var blueprint = Files.writeString(folder.resolve("try.yaml"), """
            name: slow
            hosts: [{name: here, ssh: local, bind: 127.0.0.1}]
            redis: {source: packaged}
            layout: {root: "%s", ports: %d, masters: 3, replicas: 0}
            config: {cluster-node-timeout: 60000}
            access: direct
            %s
            """.formatted(root, port, tls));
        var built = Said.by(folder, "apply", blueprint.toString(), "--yes");
        assertEquals(Code.DONE, built.code(), built.err());
        for (int i = 0; i < 3; i++) {
            pids.add(Long.parseLong(
                    Files.readString(root.resolve(port + i + "/redis.pid")).strip()));
        }
    }

    @AfterEach
    void end() throws Exception {
        all("CONT");
        Said.by(folder, "destroy", "slow", "--remove-data", "--yes", "--type", "slow");
    }

    private void all(String signal) {
        pids.forEach(pid -> LocalCluster.signal(pid, signal));
    }

    /** What it says when they go on only once it has said whom it waits for. */
    private Said stoppedUntilNamed(String... args) throws Exception {
        all("STOP");
        var err = new ByteArrayOutputStream();
        var said = CompletableFuture.supplyAsync(() -> {
            try {
                return Said.by(folder, Screen.NONE, err, args);
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
        });
        Awaitility.await()
                .until(() ->
                        said.isDone() || err.toString(StandardCharsets.UTF_8).contains("Waiting up to"));
        assertFalse(said.isDone(), () -> said.join().toString());
        all("CONT");
        return said.get(2, TimeUnit.MINUTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tls: yes"})
    void isWaitedForAndNamed(String tls) throws Exception {
        built(tls);
        var status = stoppedUntilNamed("status");
        assertEquals(Code.DONE, status.code(), status::toString);
        assertTrue(status.out().contains("3 of 3 nodes answer"), status::toString);
        // whom it names is up to what it had found out of each by then
        assertTrue(
                IntStream.range(0, 3).anyMatch(i -> status.err().contains("127.0.0.1:" + (port + i))),
                status::toString);
        var kill = stoppedUntilNamed("kill", ":" + port, "--show");
        assertEquals(Code.DONE, kill.code(), kill::toString);
        assertTrue(kill.out().contains("kill -KILL"), kill::toString);
        all("STOP");
        var never = Said.by(folder, "kill", ":" + port, "--show", "--wait", "1");
        assertEquals(Code.MISUSED, never.code(), never::toString);
        assertTrue(never.err().contains("They may be slow"), never::toString);
    }
}
