package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.conf.RedisConf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
