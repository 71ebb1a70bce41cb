package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.redis.model.Replies;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a restart would lose of the settings, and the file with them in it. */
class UnkeptTest {

    private static RedisConf conf(String text) {
        return RedisConf.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lost(String file, Map<String, String> running) {
        return Unkept.of(running, conf(file), "6.2.3").stream()
                .map(Unkept::shown)
                .toList();
    }

    @Test
    void settingsThatOnlyLive() {
        assertEquals(
                List.of("cluster-node-timeout 2000 (15000)", "repl-timeout 30 (60)", "requirepass •••••• (••••••)"),
                lost(
                        "maxmemory 1gb\nrequirepass secret\nreplica-priority 5\nsave 900 1\n",
                        Map.of(
                                "maxmemory", "1073741824",
                                "slave-priority", "5",
                                "replica-priority", "5",
                                "cluster-node-timeout", "2000",
                                "repl-timeout", "30",
                                "requirepass", "other",
                                "save", "900 1",
                                "port", "9000",
                                "nobody-knows-it", "x")));
    }

    @Test
    void whatCanNotBeToldIsNotClaimed() {
        assertEquals(List.of(), lost("include more.conf", Map.of("repl-timeout", "30")));
        assertEquals(List.of(), lost("", Map.of("daemonize", "yes", "maxclients", "4064", "slaveof", "10.0.0.1 1")));
        assertEquals(List.of(), Unkept.of(Map.of("repl-diskless-sync", "yes"), conf(""), "7.0.15"));
        assertFalse(Unkept.of(Map.of("repl-diskless-sync", "yes"), conf(""), "6.2.3")
                .isEmpty());
    }

    @Test
    void theOldSpellingStaysAndSoDoComments() {
        var file = "# ours\nslave-priority 5 \nsave 900 1\nsave 60 5\n\n#  requirepass foobared\n";
        var lost = Unkept.of(
                Map.of(
                        "replica-priority", "7",
                        "save", "300 10",
                        "requirepass", "a \"b\"",
                        "client-output-buffer-limit",
                                "normal 0 0 0 slave 1073741824 67108864 60 pubsub 33554432 8388608 60"),
                conf(file),
                "6.2.3");
        var kept = new String(Unkept.kept(conf(file), lost).bytes(), StandardCharsets.UTF_8);
        assertTrue(kept.startsWith("# ours\nslave-priority 7\nsave 300 10\n"), kept);
        assertTrue(kept.contains("requirepass \"a \\\"b\\\"\"\n"), kept);
        assertTrue(kept.contains("client-output-buffer-limit slave 1073741824 67108864 60\n"), kept);
        assertTrue(kept.contains("#  requirepass foobared\n"), kept);
        assertFalse(lost.toString().contains("a \"b\""), lost::toString);
        var again = Map.of("save", "300 10", "replica-priority", "7", "requirepass", "a \"b\"");
        assertEquals(List.of(), lost(kept, again));
    }

    @Test
    void oneMeaningInManySpellings() {
        var file =
                "notify-keyspace-events KEA\nmaxmemory 100mb\nappendonly YES\nclient-output-buffer-limit replica 256mb 64mb 60\n";
        assertEquals(
                List.of(),
                lost(
                        file,
                        Map.of(
                                "notify-keyspace-events", "AKE",
                                "maxmemory", "104857600",
                                "appendonly", "yes",
                                "client-output-buffer-limit",
                                        "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60")));
    }

    /** Of servers that run as their files say nothing is lost: what they told of every setting is what a silent file means. */
    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "8.0.6", "valkey-8.1.1", "valkey-9.1.2"})
    void whatIsAsTheFileSaysIsNotLost(String release) {
        var running = new HashMap<String, String>();
        Replies.of(release + "/ok.0.config").lines().forEach(l -> {
            int space = l.indexOf(' ');
            running.put(l.substring(0, space), l.substring(space + 1));
        });
        assertTrue(running.size() > 150, release);
        var file =
                "appendonly yes\nsave \"\"\ncluster-enabled yes\ncluster-node-timeout 2000\nrepl-diskless-sync-delay 0\n";
        assertEquals(
                List.of(),
                Unkept.of(running, conf(file), release).stream()
                        .map(Unkept::shown)
                        .toList());
        running.put("lazyfree-lazy-expire", running.get("lazyfree-lazy-expire").equals("yes") ? "no" : "yes");
        assertEquals(1, Unkept.of(running, conf(file), release).size(), "and what is not is");
    }
}
