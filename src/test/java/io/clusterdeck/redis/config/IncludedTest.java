package io.clusterdeck.redis.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.nodes.Operated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers of which all include one file, and one includes another by a name that counts from its folder. */
@Tag("local")
class IncludedTest {

    @TempDir
    Path folder;

    private Path shared;

    @Test
    void readComparedWrittenAndMissed() throws Exception {
        shared = Files.writeString(folder.resolve("shared.conf"), "# of all nodes\nmaxmemory 50mb\ntimeout 30\n");
        try (var deck = new Operated(LocalCluster.start(3, 0, "include " + shared), folder.resolve("runs"))) {
            readAndCompared(deck);
            oneThatIsNamedFromTheFolder(deck);
            oneThatIsNamedByALink(deck);
            writtenOnceWhereItStands(deck);
            notWrittenWhereNodesDiffer(deck);
            missed(deck);
        }
    }

    private void readAndCompared(Operated deck) throws Exception {
        var sheet = deck.config.look();
        assertEquals(
                0,
                sheet.unkept(),
                () -> sheet.rows().stream().filter(r -> r.unkept()).toList().toString());
        var cell = sheet.row("maxmemory").orElseThrow().cells().get(deck.id(1));
        assertEquals(shared + ":2", cell.stated().orElseThrow().toString());
        deck.cluster.call(1, "CONFIG", "SET", "timeout", "40");
        var timeout = deck.config.look().row("timeout").orElseThrow().cells().get(deck.id(1));
        assertEquals("30", timeout.file().orElseThrow());
        assertTrue(timeout.differs());
        deck.cluster.call(1, "CONFIG", "SET", "timeout", "30");
    }

    /** As Redis does: from the folder of its data, into which the file itself sends it. */
    private void oneThatIsNamedFromTheFolder(Operated deck) throws Exception {
        var conf = deck.cluster.server(0).conf();
        var data = Path.of(deck.cluster.call(0, "CONFIG", "GET", "dir").split("\\s+")[1]);
        var own = Files.writeString(data.resolve("own.conf"), "slowlog-max-len 77\n");
        Files.writeString(conf, Files.readString(conf) + "\ninclude own.conf\n");
        var cell =
                deck.config.look().row("slowlog-max-len").orElseThrow().cells().get(deck.id(0));
        assertEquals(own + ":1", cell.stated().orElseThrow().toString());
        assertEquals("77", cell.file().orElseThrow());
        deck.run(deck.nodes.restart(deck.id(0)));
        assertTrue(deck.cluster.call(0, "CONFIG", "GET", "slowlog-max-len").contains("77"));
        deck.seesRole(0, true);
    }

    private void oneThatIsNamedByALink(Operated deck) throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("link.conf"), shared);
        var conf = deck.cluster.server(1).conf();
        Files.writeString(conf, Files.readString(conf).replace("include " + shared, "include " + link));
        assertTrue(Files.readString(conf).contains("link.conf"));
    }

    private void writtenOnceWhereItStands(Operated deck) throws Exception {
        var offer = deck.config.set(Set.of(deck.id(0), deck.id(1), deck.id(2)), "maxmemory", "200mb");
        var plan = Operated.ready(offer).plan();
        var writes = plan.stages().getLast().steps();
        assertEquals(1, writes.size());
        assertEquals(
                shared.toString(), writes.getFirst().edits().getFirst().file().value());
        assertTrue(plan.costs().toString().contains("config.cost.shared"), plan.costs()::toString);
        deck.run(offer);
        assertEquals("# of all nodes\nmaxmemory 200mb\ntimeout 30\n", Files.readString(shared));
        assertEquals(0, deck.config.look().unkept());
    }

    private void notWrittenWhereNodesDiffer(Operated deck) throws Exception {
        deck.cluster.call(0, "CONFIG", "SET", "timeout", "10");
        deck.cluster.call(1, "CONFIG", "SET", "timeout", "20");
        var refused = Operated.refused(deck.config.keep(Set.of(deck.id(0), deck.id(1))));
        assertTrue(refused.toString().contains("config.shared-differs"), refused::toString);
        deck.run(deck.config.keep(Set.of(deck.id(0))));
        assertTrue(Files.readString(shared).contains("timeout 10\n"));
    }

    /** Of what is not there nothing is claimed, and a server that could not start again is not stopped. */
    private void missed(Operated deck) throws Exception {
        Files.move(shared, folder.resolve("away.conf"));
        var sheet = deck.config.look();
        assertEquals(0, sheet.unkept());
        assertEquals(
                "nodes.include.missing",
                sheet.unread().get(deck.id(2)).getFirst().key());
        assertEquals(
                "nodes.include.missing",
                Operated.refused(deck.nodes.restart(deck.id(2))).why().key());
    }
}
