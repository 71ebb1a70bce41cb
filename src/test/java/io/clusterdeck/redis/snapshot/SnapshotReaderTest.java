package io.clusterdeck.redis.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.words.Words;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was written is read back the same; what is no snapshot is refused by name. */
class SnapshotReaderTest {

    private static final Words ENGLISH = Words.in(Locale.ENGLISH);

    private static Snapshot eventful() throws Exception {
        var what = Say.of("event.master", "node", "9004", "slots", "0–5460", "epoch", 13);
        return new Snapshot(SnapshotJsonTest.eventful(), new Taken(Taken.Why.CHANGE, "ops@deck1", List.of(what)));
    }

    @Test
    void readBackItIsTheSameDocument() throws Exception {
        var text = SnapshotJson.text(eventful());
        var read = SnapshotReader.read(text, "a.json");
        assertEquals(text, SnapshotJson.text(read));
        assertEquals(Health.FAIL, read.state().verdict());
        assertEquals(
                eventful().state().owners().covered(), read.state().owners().covered());
        assertEquals(Taken.Why.CHANGE, read.taken().why());
        var one = read.state().nodes().get(new NodeId("1"));
        assertEquals("3600 1", Snapshot.config(one).get("save"));
        assertEquals("6.2.3", one.info().orElseThrow().version());
        assertTrue(Snapshot.config(read.state().nodes().get(new NodeId("5"))).isEmpty(), "it told no configuration");
    }

    @Test
    void noPasswordIsEverWritten() throws Exception {
        var text = SnapshotJson.text(eventful());
        assertTrue(text.contains("3600 1"));
        assertFalse(text.contains("s3cret-of-nodes"), text);
        assertFalse(text.contains("requirepass"), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"clusterdeck/snapshot/1\"|\"clusterdeck/snapshot/2\"|another version",
                "\"clusterdeck/snapshot/1\"|\"somebody/else\"|is no snapshot",
                "\"redis-cluster\"|\"mysql-group\"|something else",
                "\"role\" : \"master\"|\"role\" : \"boss\"|one of master, replica is expected at nodes[0].role",
                "[ 0, 5 ]|[ 5, 16384 ]|slots within 0 to 16383 is expected at nodes[0].slots[0]",
                "[ 0, 5 ]|[ 5, 0 ]|nodes[0].slots[0]",
                "\"port\" : 9001|\"port\" : 90010|at most 65535 is expected at nodes[0].port",
                "\"port\" : 9001|\"port\" : -1|nodes[0].port",
                "\"epoch\" : 3|\"epoch\" : \"3\"|a whole number from 0 on is expected at nodes[0].epoch",
                "\"id\" : \"2\"|\"id\" : \"1\"|an id that no other node has",
                "\"disagreements\"|\"disagreement\"|a list is expected at disagreements",
                "2026-11-22T09:03:12.345Z|yesterday|an instant",
                "\"fail?\"|\"gone\"|a flag of CLUSTER NODES",
                "}|]|is no JSON document (line",
            })
    void whatIsNoneIsRefusedByName(String from, String to, String expected) throws Exception {
        var whole = SnapshotJson.text(eventful());
        assertTrue(whole.contains(from), whole);
        var text = whole.replace(from, to);
        var refused = assertThrows(UnexpectedOutput.class, () -> SnapshotReader.read(text, "colleague.json"));
        var said = ENGLISH.say(refused.what());
        assertTrue(said.contains("colleague.json") && said.contains(expected), said);
    }

    /** Whatever field is missing: refused or read, never an exception of another kind. */
    @Test
    void anyCutIsRefusedOrRead() throws Exception {
        var whole = SnapshotJson.text(eventful());
        for (int end = 0; end < whole.length(); end += 37) {
            var cut = whole.substring(0, end);
            assertThrows(UnexpectedOutput.class, () -> SnapshotReader.read(cut, "cut"));
        }
        var tree = new ObjectMapper().readTree(whole);
        for (var name : List.of("nodes", "health", "name", "takenAt", "epoch", "disagreements")) {
            var less = tree.deepCopy();
            ((com.fasterxml.jackson.databind.node.ObjectNode) less).remove(name);
            assertThrows(UnexpectedOutput.class, () -> SnapshotReader.read(less.toString(), "less"), name);
        }
    }

    @Test
    void nothingInItSpeaksToATerminal() throws Exception {
        var hostile = SnapshotJson.text(eventful()).replace("\"carts\"", "\"car\\u001b[31mts\\u202e\\n\"");
        assertEquals(
                "car\ufffd[31mts\ufffd\ufffd",
                SnapshotReader.read(hostile, "x").state().name());
    }
}
