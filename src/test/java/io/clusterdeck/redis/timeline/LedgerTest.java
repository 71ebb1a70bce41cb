package io.clusterdeck.redis.timeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.nodes.Layouts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is waited for before a cluster is broken on purpose: that its nodes were seen in calm. */
@Timeout(60)
class LedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private final Ledger ledger = new Ledger();

    @Test
    void aLookFromBeforeDoesNotCount() throws Exception {
        assertFalse(ledger.calmSince(NOON, Duration.ofMillis(1)), "nothing was seen");
        ledger.see(new Layouts(3, 1).state(NOON.minusSeconds(1)));
        assertFalse(ledger.calmSince(NOON, Duration.ofMillis(1)));
        ledger.see(new Layouts(3, 1).state(NOON));
        assertTrue(ledger.calmSince(NOON, Duration.ZERO));
    }

    @Test
    void aMasterInTroubleIsNoCalm() throws Exception {
        ledger.see(new Layouts(3, 1).fail(Layouts.m(0)).state(NOON));
        assertFalse(ledger.calmSince(NOON, Duration.ofMillis(1)));
        assertFalse(ledger.before(NOON).members().isEmpty(), "better than nothing");
    }

    @Test
    void whoWaitsIsToldByTheLookThatSeesIt() throws Exception {
        var told = new CompletableFuture<Boolean>();
        var waits = Thread.ofVirtual().start(() -> {
            try {
                told.complete(ledger.calmSince(NOON, Duration.ofDays(1)));
            } catch (InterruptedException stop) {
                told.completeExceptionally(stop);
            }
        });
        await().until(() -> waits.getState() == Thread.State.TIMED_WAITING);
        ledger.see(new Layouts(3, 1).state(NOON.plusSeconds(1)));
        assertTrue(told.get());
        waits.join();
    }

    /** A thousand states of a thousand nodes would fill this computer's memory. */
    @Test
    void ofALargeClusterFewerStatesAreRemembered() {
        for (int i = 0; i < 60; i++) {
            ledger.see(new Layouts(300, 1).state(NOON.plusSeconds(i)));
        }
        assertEquals(NOON.plusSeconds(40), ledger.before(NOON).at());
        assertEquals(NOON.plusSeconds(58), ledger.before(NOON.plusSeconds(59)).at());
    }
}
