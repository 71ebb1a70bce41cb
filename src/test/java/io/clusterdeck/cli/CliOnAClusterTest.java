package io.clusterdeck.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.Tree;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.PortBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words on a real cluster of this computer: built, looked at, operated and destroyed, each by its own command line. */
@Tag("local")
class CliOnAClusterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Said by(int code, String... args) throws Exception {
        var said = Said.by(folder, args);
        assertEquals(code, said.code(), String.join(" ", args) + "\n" + said.err() + said.out());
        return said;
    }

    private static void typed(Stream<String> lines) throws Exception {
        for (var line : lines.toList()) {
            var shell = new ProcessBuilder("sh", "-ec", line).inheritIO().start();
            assertEquals(0, shell.waitFor(), line);
        }
    }

    private static String at(JsonNode status, String role) {
        return java.util.stream.StreamSupport.stream(status.path("nodes").spliterator(), false)
                .filter(n -> n.path("role").asText().equals(role))
                .map(n -> ":" + n.path("port").asText())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode runs() throws Exception {
        var told = JSON.readTree(by(Code.DONE, "runs", "--json").out());
        assertEquals(List.of(), RunsWordTest.SCHEMA.validate(told));
        return told;
    }

    /** A picture of the cluster that the state is of, by whoever can paint it. */
    private void pictured(Path file) throws Exception {
        var painted = new ArrayList<String>();
        var screen = new Screen() {
            @Override
            public boolean there() {
                return true;
            }

            @Override
            public void show(Deck deck, String cluster) {
                throw new AssertionError("only a picture is wanted");
            }

            @Override
            public void picture(Deck deck, String cluster, Path to) {
                painted.add(cluster + " " + to);
            }
        };
        var said = Said.by(folder, screen, "status", "--json", "--picture", file.toString());
        assertEquals(Code.DONE, said.code(), said.err());
        assertEquals(List.of("my carts " + file), painted);
        assertEquals(6, JSON.readTree(said.out()).path("nodes").size());
    }

    private JsonNode replica() throws Exception {
        for (var node : JSON.readTree(Said.by(folder, "status", "--json").out()).path("nodes")) {
            if (node.path("role").asText().equals("replica")) {
                return node;
            }
        }
        throw new AssertionError("no replica");
    }

    /** A shard is handed over; a replica is restarted, stopped and started; all are stopped, and all are started. */
    private void operated() throws Exception {
        var heir = replica().path("id").asText();
        by(Code.DONE, "failover", heir.substring(0, 12), "--yes");
        for (var node : JSON.readTree(by(Code.DONE, "status", "--json").out()).path("nodes")) {
            assertTrue(
                    !node.path("id").asText().equals(heir)
                            || node.path("role").asText().equals("master"),
                    node.toString());
        }
        var one = replica().path("id").asText().substring(0, 12);
        by(Code.DONE, "restart", one, "--yes");
        by(Code.DONE, "stop", one, "--yes");
        assertTrue(by(Code.FAILED, "stop", one, "--yes").err().contains("does not run"), "it is down already");
        by(Code.DONE, "start", one, "--yes");
        by(Code.DONE, "stop", "--all", "--yes", "--type", "my carts");
        assertTrue(by(Code.FAILED, "status").out().contains("No node runs"));
        by(Code.DONE, "start", "--all", "--yes");
    }

    /** It rests on all hosts, however slow they are; one that began too early is followed by the next before the minute that lies between others. */
    private void lookedAtWholly() throws Exception {
        var status = by(Code.DONE, "status", "--wait", "50");
        assertFalse(status.err().contains("Not all hosts had answered yet"), status.err());
    }

    @Test
    void fromABlueprintToNothing() throws Exception {
        int port = PortBlock.find(9300, 6).orElseThrow();
        var root = folder.resolve("it's a root");
        var blueprint = Files.writeString(folder.resolve("try.yaml"), """
            name: my carts
            hosts:
              - {name: here, ssh: local, bind: 127.0.0.1}
            redis:
              source: packaged
            layout:
              root: "%s"
              ports: %d
            config:
              cluster-node-timeout: 2000
            access: direct
            """.formatted(root, port))
                .toString();
        try {
            assertTrue(by(Code.DONE, "plan", blueprint).out().contains("redis.conf"));
            assertFalse(Files.exists(root), "a plan changes nothing");
            var built =
                    JSON.readTree(by(Code.DONE, "apply", blueprint, "--json").out());
            assertEquals("done", built.path("outcome").asText());
            var again =
                    JSON.readTree(by(Code.DONE, "apply", blueprint, "--json").out());
            assertTrue(again.path("steps").findValuesAsText("phase").stream().allMatch("was-there"::equals));

            var status = JSON.readTree(by(Code.DONE, "status", "--json").out());
            assertEquals(6, status.path("nodes").size());
            assertEquals(16384, status.path("slotsCovered").asInt());

            var unasked = by(Code.MISUSED, "kill", ":" + port);
            assertTrue(unasked.err().contains("--yes"), unasked.err());
            var shown = JSON.readTree(
                    by(Code.DONE, "kill", "here:" + port, "--show", "--json").out());
            assertTrue(shown.path("stages").toString().contains("kill -KILL"), shown.toString());
            assertTrue(by(Code.DONE, "stop", "--all", "--show").out().contains("kill -TERM"));
            assertTrue(by(Code.DONE, "destroy", "my carts", "--show").out().contains("remove.sh"));
            var nobody = by(Code.FAILED, "sign-in", "my carts", "ops@127.0.0.1:1");
            assertTrue(nobody.err().contains("127.0.0.1"), "all are matched, and yet it is tried: " + nobody.err());
            assertTrue(nobody.out().contains("6 of 6"), nobody.out());
            for (var words : List.of(
                    List.of("password"),
                    List.of("password", "--acl-user", "app"),
                    List.of("password", "--retire-old", "--new-password-file", folder + "/none"))) {
                var nothing = by(Code.MISUSED, words.toArray(String[]::new)).err();
                assertTrue(nothing.contains("No new password was given, so nothing was changed."), nothing);
            }
            var watch = Thread.ofVirtual().start(() -> assertDoesNotThrow(() -> Said.unread(folder, "watch")));
            Awaitility.await().atMost(60, SECONDS).until(() -> !watch.isAlive()); // as behind a reader that has gone
            assertTrue(by(Code.MISUSED, "drill").err().contains("Which drill?"));
            for (var word : List.of("status", "destroy", "forget")) {
                var unknown = by(Code.MISUSED, word, "your carts").err();
                assertTrue(
                        unknown.contains("There is no cluster your carts on this computer. Known are: my carts"),
                        unknown);
            }
            lookedAtWholly();
            pictured(folder.resolve("now.png"));
            var lines = by(Code.DONE, "config", "slowlog-max-len", "77", "--by-hand")
                    .out();
            typed(lines.lines().filter(l -> l.startsWith("sed -i")));
            assertEquals(
                    6,
                    lines.lines()
                            .filter(l -> l.contains("redis-cli -h 127.0.0.1 -p"))
                            .count(),
                    lines);
            assertTrue(Files.readString(root.resolve(port + "/redis.conf")).contains("\nslowlog-max-len 77\n"), lines);
            by(Code.DONE, "config", "slowlog-max-len", "77");
            var twice = by(Code.DONE, "config", "slowlog-max-len", "77");
            assertTrue(twice.err().contains("is 77 already, running and in the files"), twice.err());
            assertTrue(by(Code.DONE, "start", "--all").err().contains("Every node runs"));
            new ByHandWalk(folder, "here").over("my carts", blueprint, at(status, "master"), at(status, "replica"));
            var id = status.path("nodes").get(0).path("id").asText();
            var address =
                    "127.0.0.1:" + status.path("nodes").get(0).path("port").asText();
            by(Code.DONE, "kill", id.substring(0, 12), "--yes");
            var hurt = by(Code.FAILED, "status");
            assertTrue(
                    hurt.out().lines().anyMatch(l -> l.contains(address + "  ") && l.contains("nothing listens there")),
                    hurt.out());
            by(Code.DONE, "start", "here/" + address.substring(address.indexOf(':') + 1), "--yes");
            by(Code.DONE, "check-aof", address);
            operated();
            assertTrue(by(Code.DONE, "logs", address, "-n", "5").out().lines().count() >= 5);
            var changes =
                    by(Code.DONE, "watch", "--json", "--for", "1").out().lines().toList();
            for (var line : changes) {
                assertEquals("my carts", JSON.readTree(line).path("name").asText());
            }
            assertFalse(changes.isEmpty());
            assertTrue(runs().path("runs").size() >= 4);
        } finally {
            var gone = Said.by(folder, "destroy", "my carts", "--remove-data", "--yes", "--type", "my carts");
            assertEquals(Code.DONE, gone.code(), gone.err());
            // the leases' folders go with their holders, who end when we let go of them
            Awaitility.await().atMost(60, SECONDS).untilAsserted(() -> assertEquals(List.of(), Tree.from(root)));
            assertTrue(by(Code.MISUSED, "resume").err().contains("no run to resume"));
            for (var run : runs().path("runs")) {
                var late = by(Code.MISUSED, "resume", run.path("run").asText());
                assertTrue(late.err().contains("no longer kept"), late.err());
            }
        }
    }
}
