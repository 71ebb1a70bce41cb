package io.clusterdeck.redis.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.NodeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node refused once is known, by name, until it takes it or it may be tried again. */
class RefusalsTest {
    private static final NodeAddress NODE = new NodeAddress("10.0.0.1", 9000);
    private static final String NOPERM = "NOPERM this user has no permissions to run the 'bgrewriteaof' command";

    private Instant now = Instant.EPOCH;
    private final Refusals refusals = new Refusals(() -> now);

    private void refuses(String command, String told) {
        refusals.heard(NODE, command, new Reply.Refused(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {NOPERM, "ERR unknown command `BGREWRITEAOF`, with args beginning with: "})
    void whatIsRefusedIsKnown(String told) {
        refuses("BGREWRITEAOF", told);
        assertEquals(Map.of("BGREWRITEAOF", told), refusals.of(NODE));
        assertEquals(Map.of(), refusals.of(new NodeAddress("10.0.0.1", 9001)));
    }

    @Test
    void untilItIsTaken() {
        refuses("BGREWRITEAOF", NOPERM);
        refusals.heard(NODE, "BGREWRITEAOF", new Reply.Text("Background append only file rewriting started"));
        assertEquals(Map.of(), refusals.of(NODE));
    }

    @Test
    void orMayBeTriedAgain() {
        refuses("BGREWRITEAOF", NOPERM);
        now = now.plus(Duration.ofSeconds(59));
        assertEquals(Map.of("BGREWRITEAOF", NOPERM), refusals.of(NODE));
        now = now.plus(Duration.ofSeconds(2));
        assertEquals(Map.of(), refusals.of(NODE));
    }

    /** Something else than its rights: the next moment it may be taken. */
    @Test
    void notHowThingsStand() {
        refuses("CLUSTER FAILOVER", "ERR Master is down or failed, please use CLUSTER FAILOVER FORCE");
        refuses("BGREWRITEAOF", "ERR Background append only file rewriting already in progress");
        assertEquals(Map.of(), refusals.of(NODE));
    }

    /** A word that was typed wrong in a console is no right that is missing. */
    @Test
    void notWhatNoActionNeeds() {
        refuses("GTE", "ERR unknown command `GTE`, with args beginning with: ");
        assertEquals(Map.of(), refusals.of(NODE));
    }
}
