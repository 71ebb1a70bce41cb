package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's packages hold one program, redis-check-rdb, and a link redis-server to it: it is a server only where it is called so. */
@Tag("local")
class PackagedNamesTest {

    @TempDir
    Path folder;

    @Test
    void aServerIsStartedByTheNameOfAServer() throws Exception {
        var cluster = LocalCluster.start(3, 1);
        var tool = cluster.binary().resolveSibling("redis-check-rdb");
        cluster.kill(4);
        Files.copy(cluster.binary(), tool, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.delete(cluster.binary());
        Files.createSymbolicLink(cluster.binary(), tool.getFileName());
        cluster.start(4);
        cluster.until("settled", cluster::settled);
        assertEquals(tool, Path.of("/proc/" + cluster.pid(4) + "/exe").toRealPath());
        try (var deck = new Operated(cluster, folder)) {
            deck.run(deck.nodes.restart(deck.id(4), false));
            assertEquals(
                    cluster.binary().toString(),
                    deck.learned.get(cluster.server(4).address()).binary().value());
            deck.run(deck.nodes.kill(deck.id(4), new Signal.Kill()));
            deck.seesDown(4);
            deck.run(deck.nodes.start(deck.id(4)));
            assertTrue(cluster.answers(4));
        }
    }
}
