package io.clusterdeck.redis.timeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is waited for before a cluster is broken on purpose: that its nodes were seen in calm. */
@Timeout(300)
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

    /** A cluster that is opened in the middle of a failover: before a node has answered nobody is known. */
    @Test
    void whereNobodyIsKnownYetNothingIsBetterThanNothing() {
        ledger.see(new Layouts(0, 0).state(NOON));
        ledger.see(new Layouts(3, 1).fail(Layouts.m(0)).state(NOON.plusMillis(100)));
        assertFalse(ledger.before(NOON.plusSeconds(1)).members().isEmpty());
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

    /** Each state holds all that every node tells of itself: of those that are laid out alike one stands for ten seconds. */
    @Test
    void whatIsLaidOutAlikeIsKeptOnce() {
        for (int i = 0; i < 9; i++) {
            ledger.see(new Layouts(3, i < 5 ? 1 : 2).state(NOON.plusSeconds(i)));
        }
        ledger.see(new Layouts(3, 2).state(NOON.plusSeconds(20)));
        assertEquals(NOON, state(4).at());
        assertEquals(NOON.plusSeconds(5), state(5).at(), "there are more replicas from then on");
        assertEquals(NOON.plusSeconds(5), state(8).at());
        assertEquals(NOON.plusSeconds(20), state(20).at());
    }

    /** That of a calm which was seen so many seconds after noon. */
    private ClusterState state(int seconds) {
        var calm = ledger.before(NOON.plusSeconds(seconds).plusMillis(1));
        assertEquals(NOON.plusSeconds(seconds), calm.at());
        return calm.state();
    }

    private static Fact line(long millis) {
        var proof = new Evidence.LogLine(new HostName("h1"), new RemotePath("/r"), 1, millis, "at " + millis);
        return new Fact(
                NOON.plusMillis(millis),
                Duration.ofMillis(1),
                What.WON,
                Acted.id(9000),
                Optional.empty(),
                -1,
                "",
                proof);
    }

    private void measured(long at, long ahead) {
        ledger.clock(new Clock("h1", Duration.ofMillis(ahead), Duration.ofMillis(2), NOON.plusMillis(at)));
    }

    private List<Long> told() {
        return ledger.facts().stream()
                .map(f -> Duration.between(NOON, f.at()).toMillis())
                .toList();
    }

    /** Somebody sets the clock afterwards, since it had been wrong: what was written before was written by the old one. */
    @Test
    void aClockThatIsSetMovesNothingOfBefore() {
        measured(0, 3_000);
        ledger.add(line(13_000), "h1");
        measured(30_000, 3_000);
        assertEquals(List.of(10_000L), told());
        measured(300_000, 0);
        ledger.add(line(310_000), "h1");
        assertEquals(List.of(10_000L, 310_000L), told());
        assertEquals(
                Duration.ofMillis(3_000),
                ledger.clocks(NOON.plusMillis(10_000)).getFirst().ahead());
        assertEquals(
                Duration.ZERO,
                ledger.clocks(NOON.plusMillis(310_000)).getFirst().ahead());
        for (var f : ledger.facts()) {
            assertTrue(f.within().toMillis() < 40, f::toString);
        }
    }

    /** Written between two measurements that disagree: by either of the two clocks. */
    @Test
    void betweenTwoMeasurementsTheErrorIsTheirDisagreement() {
        measured(0, 3_000);
        ledger.add(line(20_000), "h1");
        measured(30_000, 0);
        assertTrue(ledger.facts().getFirst().within().toMillis() >= 3_000);
    }

    /** Its lines hold milliseconds, and say nothing of how wrong its clock is. */
    @Test
    void ofAClockThatNobodyMeasuredTheErrorIsNotKnown() {
        var t = new Acted().unmeasured("h1").failover(0, 0, 13).told(20_000).getFirst();
        for (var f : t.facts()) {
            boolean h1 = f.evidence() instanceof Evidence.LogLine l
                    && l.host().value().equals("h1");
            assertEquals(h1, t.within(f).equals(Times.UNKNOWN), f::toString);
        }
        assertEquals(Times.UNKNOWN, t.within(t.stage(Stage.TOLD)));
    }
}
