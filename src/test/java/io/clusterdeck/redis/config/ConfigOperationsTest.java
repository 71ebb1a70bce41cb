package io.clusterdeck.redis.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.Tree;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.nodes.Operated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration of three real servers: compared with each other and with their files, set, written, lost and kept. */
@Tag("local")
class ConfigOperationsTest {

    private static final String MARK = "pl4nted secret";

    @TempDir
    Path folder;

    private static Set<io.clusterdeck.redis.model.NodeId> all(Operated deck) {
        return Set.of(deck.id(0), deck.id(1), deck.id(2));
    }

    @Test
    void comparedSetWrittenAndKept() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 0, "appendonly yes"), folder)) {
            var before = Files.readString(deck.cluster.server(0).conf());
            Files.writeString(deck.cluster.server(0).conf(), "# a comment of ours\n" + before);
            deck.cluster.call(1, "CONFIG", "SET", "maxmemory", "100mb");
            var sheet = deck.config.look();
            var memory = sheet.row("maxmemory").orElseThrow();
            assertTrue(memory.drifts() && memory.unkept());
            assertEquals("104857600", memory.cells().get(deck.id(1)).running().orElseThrow());
            assertEquals("0", memory.cells().get(deck.id(1)).file().orElseThrow());
            assertEquals(1, sheet.drifting());
            assertFalse(sheet.row("port").orElseThrow().drifts());

            setEverywhere(deck);
            aBadValueStopsAtTheFirst(deck);
            theAofIsOnWhenItIsWritten(deck);
            whatIsRefused(deck);
            keptBeforeARestart(deck);
        }
    }

    private void setEverywhere(Operated deck) throws Exception {
        var offer = deck.config.set(all(deck), "maxmemory", "200mb");
        var plan = Operated.ready(offer).plan();
        assertTrue(plan.steps().getLast().edits().getFirst().after().contains("maxmemory 200mb"));
        deck.run(offer);
        for (int i = 0; i < 3; i++) {
            assertTrue(deck.cluster.call(i, "CONFIG", "GET", "maxmemory").contains("209715200"));
            assertTrue(Files.readString(deck.cluster.server(i).conf()).contains("\nmaxmemory 200mb\n"));
        }
        var conf = Files.readString(deck.cluster.server(0).conf());
        assertTrue(conf.startsWith("# a comment of ours\n"), conf);
        try (var files = Files.list(deck.cluster.server(0).conf().getParent())) {
            assertEquals(
                    1,
                    files.filter(f -> f.getFileName().toString().contains("before-"))
                            .count());
        }
        assertEquals(0, deck.config.look().drifting());
        assertEquals(0, deck.config.look().unkept());
        Operated.refused(deck.config.set(all(deck), "maxmemory", "200mb"));
    }

    private void aBadValueStopsAtTheFirst(Operated deck) throws Exception {
        var ended = deck.runToEnd(deck.config.set(all(deck), "maxmemory-policy", "whatever"));
        assertEquals(Outcome.FAILED, ended.ended().orElseThrow().outcome());
        assertFalse(Files.readString(deck.cluster.server(0).conf()).contains("whatever"));
    }

    private void theAofIsOnWhenItIsWritten(Operated deck) throws Exception {
        deck.cluster.fill(600);
        deck.cluster.call(0, "CONFIG", "SET", "appendonly", "no");
        // writing slowly: 200 keys take more than a second
        deck.cluster.call(0, "CONFIG", "SET", "rdb-key-save-delay", "10000");
        deck.run(deck.config.set(Set.of(deck.id(0)), "appendonly", "yes"));
        assertEquals("0", deck.cluster.info(0, "aof_rewrite_in_progress"));
        deck.cluster.call(0, "CONFIG", "SET", "rdb-key-save-delay", "0");
    }

    private void whatIsRefused(Operated deck) throws Exception {
        assertEquals("config.secret", why(deck.config.set(all(deck), "requirepass", "x")));
        assertEquals("config.own", why(deck.config.set(all(deck), "port", "1")));
        var fixed = Operated.refused(deck.config.set(all(deck), "databases", "4"));
        assertEquals("config.fixed", fixed.why().key());
        assertEquals(
                List.of("settings"),
                fixed.insist().getFirst().plan().stages().stream()
                        .map(s -> s.id())
                        .toList());
    }

    private static List<String> stages(Offer.Ready offer) {
        return offer.plan().stages().stream().map(s -> s.id()).toList();
    }

    private static String why(Offer offer) {
        return Operated.refused(offer).why().key();
    }

    /** Settings that only CONFIG SET knows: a password is written before any restart, the others by one click. */
    private void keptBeforeARestart(Operated deck) throws Exception {
        deck.cluster.call(0, "CONFIG", "SET", "masterauth", MARK);
        deck.cluster.call(0, "CONFIG", "SET", "slowlog-max-len", "77");
        var offer = Operated.ready(deck.nodes.restart(deck.id(0)));
        assertTrue(offer.plan().costs().toString().contains("config-lost{settings=[slowlog-max-len 77 (128)]}"));
        assertEquals(List.of("settings", "stop", "start", "settle"), stages(offer));
        var edit = offer.plan().steps().getFirst().edits().getFirst().after();
        assertTrue(edit.contains("masterauth ••••••") && !edit.contains("slowlog-max-len"), edit);
        var kept = offer.others().getFirst().ready();
        assertEquals(List.of("settings", "stop", "start", "settle"), stages(kept));
        assertFalse(kept.toString().contains(MARK), kept::toString);
        deck.run(kept);
        assertTrue(deck.cluster.call(0, "CONFIG", "GET", "masterauth").contains(MARK));
        assertTrue(deck.cluster.call(0, "CONFIG", "GET", "slowlog-max-len").contains("77"));
        for (var file : Tree.below(folder)) {
            assertFalse(Files.isRegularFile(file) && Files.readString(file).contains(MARK), file::toString);
        }
    }
}
