package io.clusterdeck.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("local")
class LocalClusterTest {
    @ParameterizedTest
    @ValueSource(strings = {RedisBinary.V6, RedisBinary.V7})
    void servesAndLeavesNothingBehind(String version) {
        var cluster = new LocalRecipe(3, 1)
                .version(version)
                .password("pass \" word")
                .folder("with space")
                .start();
        List<ProcessHandle> started = cluster.processes();
        try (cluster) {
            cluster.fill(300);
            assertEquals(
                    300,
                    Integer.parseInt(cluster.call(0, "DBSIZE"))
                            + Integer.parseInt(cluster.call(1, "DBSIZE"))
                            + Integer.parseInt(cluster.call(2, "DBSIZE")));
            assertEquals(6, started.size());
            cluster.kill(0);
            cluster.start(0);
            cluster.until("settled", cluster::settled);
        }
        assertTrue(cluster.processes().isEmpty());
        cluster.until("reaped", () -> started.stream().noneMatch(ProcessHandle::isAlive));
        assertFalse(Files.exists(cluster.home()));
    }
}
