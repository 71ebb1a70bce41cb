package io.clusterdeck.redis.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.Appended;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.nodes.Operated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An append-only file is damaged, and the server whose it is does not answer, but is there. */
@Tag("local")
class HangingAofTest {
    @TempDir
    Path folder;

    /** A stopped one has everything in memory: it would end by the signal that waits for it, and its file be cut. */
    @Test
    void whileItsProcessIsThereNothingIsCut() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            var c = deck.cluster;
            c.fill(1000);
            c.until("replicated", () -> c.call(0, "DBSIZE").equals(c.call(3, "DBSIZE")));
            Appended.await(c, 3);
            Files.writeString(c.server(3).data().resolve("appendonly.aof"), "XX", StandardOpenOption.APPEND);
            long pid = c.pid(3);
            c.signal(3, "STOP");
            deck.seesDown(3);
            deck.run(deck.aof.check(deck.id(3)));
            var cures = deck.aof.cures(deck.aof.lastReport(deck.id(3)).orElseThrow());
            for (var cure : cures.subList(1, 3)) {
                var refused = Operated.refused(cure);
                assertEquals("nodes.hangs", refused.why().key());
                assertEquals("nodes.hangs.stopped", refused.cures().getFirst().key());
                assertEquals(List.of(), refused.insist());
            }
            LocalCluster.signal(pid, "CONT");
        }
    }
}
