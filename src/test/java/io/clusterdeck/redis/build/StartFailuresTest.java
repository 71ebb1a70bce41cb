package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.Replies;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why real servers of other releases did not start, from the last lines that they wrote. */
class StartFailuresTest {

    private static final Map<String, String> MEANT = Map.of(
            "port-taken", "port-taken",
            "bus-port-taken", "port-taken",
            "no-address", "no-address",
            "aof-damaged", "aof-damaged",
            "aof-short", "aof-short",
            "rdb-damaged", "rdb-damaged",
            "rdb-signature", "rdb-damaged",
            "acl", "acl",
            "bad-directive", "bad-directive");

    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "8.0.6", "valkey-8.1.1", "valkey-9.1.2"})
    void isTold(String release) {
        var told = new TreeMap<String, String>();
        for (var cause : MEANT.keySet()) {
            var log = List.of(Replies.of(release + "/start." + cause).split("\n", -1));
            told.put(
                    cause,
                    StartFailures.of(log, "/r", 9000)
                            .map(Say::key)
                            .map(k -> k.replace("build.start.", ""))
                            .orElse("untold"));
        }
        assertEquals(new TreeMap<>(MEANT), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.16", "8.0.6", "valkey-8.1.1", "valkey-9.1.2"})
    void certificatesThatCannotBeRead(String release) {
        var log = List.of(Replies.of(release + "/start.tls").split("\n", -1));
        assertEquals(
                Optional.of("build.start.tls"),
                StartFailures.of(log, "/r", 9000).map(Say::key));
    }
}
