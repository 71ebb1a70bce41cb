package io.clusterdeck.redis.nodes;

import static io.clusterdeck.redis.nodes.Layouts.m;
import static io.clusterdeck.redis.nodes.Layouts.r;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a loss costs, on many layouts. */
class ImpactTest {
    private static final Terms FULL = new Terms(5_000, true, 10, 10);
    private static final Terms PARTIAL = new Terms(5_000, false, 10, 10);

    private static Impact death(Layouts layout, NodeId id, Terms terms) {
        return Impact.death(layout.state(), layout.of(id), terms);
    }

    private static List<String> keys(Impact impact) {
        return impact.says().stream()
                .map(s -> s.key().replaceFirst("^nodes\\.(impact\\.)?", ""))
                .toList();
    }

    private static Say say(Impact impact, String key) {
        return impact.says().stream()
                .filter(s -> s.key().equals("nodes." + key))
                .findFirst()
                .orElseThrow();
    }

    private static long number(Impact impact, String key, String arg) {
        return ((Number) say(impact, key).args().get(arg)).longValue();
    }

    @Test
    void aMasterWithOneReplica() {
        var impact = death(new Layouts(3, 1), m(0), FULL);
        assertEquals(
                List.of(
                        "slots",
                        "others-refuse",
                        "successor.only",
                        "quorum",
                        "unreplicated-unknown",
                        "placement",
                        "next-last-copy",
                        "next-quorum"),
                keys(impact));
        assertEquals(Stake.SERVICE, impact.stake());
        assertEquals(5461, number(impact, "impact.slots", "slots"));
        assertEquals(5_500, number(impact, "impact.slots", "from"));
        assertEquals(9_500, number(impact, "impact.slots", "to"));
        assertEquals(16_384 - 5461, number(impact, "impact.others-refuse", "slots"));
        assertEquals(2, number(impact, "impact.quorum", "up"));
        assertEquals(2, number(impact, "impact.quorum", "needed"));
        // r(0,1) lives on the host of m(1): that host then holds two of three masters
        assertEquals("h1", say(impact, "impact.placement").args().get("host"));
    }

    @Test
    void othersServeOnWithoutFullCoverage() {
        assertEquals(
                "others-serve", keys(death(new Layouts(3, 1), m(0), PARTIAL)).get(1));
        assertEquals(
                "others-serve", keys(death(new Layouts(3, 0), m(0), PARTIAL)).get(1));
    }

    @Test
    void aMasterWithoutReplica() {
        var impact = death(new Layouts(3, 0), m(1), FULL);
        assertEquals(
                List.of("slots-gone", "others-refuse-on", "nobody", "successor.no-replica", "quorum"), keys(impact));
        assertEquals(Stake.DATA, impact.stake());
    }

    @Test
    void everyReplicaIsUnfit() {
        var layout = new Layouts(3, 3)
                .fail(r(0, 1))
                .flag(r(0, 2), Flag.NOFAILOVER)
                .info(r(0, 3), "master_link_status", "down", "master_link_down_since_seconds", "70");
        var impact = death(layout, m(0), FULL);
        assertEquals(
                List.of("nobody", "successor.stale", "successor.down", "successor.forbidden"),
                keys(impact).subList(2, 6));
        assertEquals(Stake.DATA, impact.stake());
        // 10 s of pings + 5 s × 10, less the 2 s at least until it asks for votes, give or take one
        layout.info(r(0, 3), "master_link_down_since_seconds", "59");
        assertEquals("successor.only", keys(death(layout, m(0), FULL)).get(2));
        // factor 0: any age will do
        layout.info(r(0, 3), "master_link_down_since_seconds", "70000");
        assertEquals(
                "successor.only",
                keys(death(layout, m(0), new Terms(5_000, true, 0, 10))).get(2));
    }

    @Test
    void oneMoreLossBreaksTheMajority() {
        var impact = death(new Layouts(3, 1).fail(m(2)), m(0), FULL);
        assertEquals(
                List.of("slots-gone", "others-no-quorum", "quorum-lost"),
                keys(impact).subList(0, 3));
        assertEquals(1, number(impact, "impact.quorum-lost", "up"));
        assertEquals(Stake.DATA, impact.stake());
        assertEquals(
                Stake.SERVICE, death(new Layouts(5, 1).fail(m(2)), m(0), FULL).stake());
        assertEquals(Stake.DATA, death(new Layouts(2, 1), m(0), FULL).stake());
    }

    @Test
    void withTooFewReplicasWritesAreRefused() {
        var replica = death(new Layouts(3, 1).minReplicas(1, 1), r(0, 1), FULL);
        assertEquals(List.of("replica", "replica-last", "no-writes"), keys(replica));
        assertEquals(Stake.SERVICE, replica.stake());
        assertEquals(0, number(replica, "impact.no-writes", "good"));
        // a replica that lags was not counted before either
        var lags = new Layouts(3, 2).minReplicas(1, 1);
        lags.info(m(0), "slave1", "ip=10.0.0.2,port=9002,state=online,offset=0,lag=11");
        assertEquals(Stake.NOTHING, death(lags, r(0, 2), FULL).stake());
        assertEquals(Stake.SERVICE, death(lags, r(0, 1), FULL).stake());
        assertEquals(
                Stake.SERVICE,
                death(lags.info(m(0), "config:min-replicas-max-lag", "0"), m(0), FULL)
                        .stake());
        assertEquals(Stake.NOTHING, death(lags, r(0, 1), FULL).stake(), "a lag of 0 switches it off");
    }

    @Test
    void whoTakesOverNeedsReplicasToo() {
        var layout = new Layouts(3, 1).minReplicas(1, 1);
        assertEquals(1, number(death(layout, m(0), FULL), "impact.no-writes", "wanted"));
        var stays = Impact.handOver(layout.state(), layout.of(m(0)), layout.of(r(0, 1)), false);
        assertEquals(List.of("hand-over", "placement"), keys(stays));
        var leaves = Impact.handOver(layout.state(), layout.of(m(0)), layout.of(r(0, 1)), true);
        assertEquals(List.of("hand-over", "placement", "no-writes"), keys(leaves));
    }

    /** A million keys expire: clients send nothing, replicas get megabytes, and acknowledgements are up to a second old. */
    @Test
    void whatReplicasGetIsNotWhatClientsSend() {
        for (var sent : List.of("instantaneous_output_kbps", "instantaneous_output_repl_kbps")) {
            var expiring = new Layouts(3, 2)
                    .acknowledged(0, 5_000_000, 9_500_000)
                    .info(m(0), "instantaneous_input_kbps", "0.10", sent, "4000.50");
            assertInstanceOf(Successors.Any.class, successors(expiring), sent);
        }
        // 7.0 and later: what clients read says nothing of it
        var read = new Layouts(3, 2)
                .acknowledged(0, 5_000_000, 9_500_000)
                .info(
                        m(0),
                        "instantaneous_input_kbps",
                        "0.10",
                        "instantaneous_output_kbps",
                        "90000.00",
                        "instantaneous_output_repl_kbps",
                        "1.00");
        assertInstanceOf(Successors.One.class, successors(read));
    }

    /** It may be done within the node-timeout, and then it stands; that it can't stand yet saves nobody. */
    @Test
    void whoLoadsItsDataMayBeDoneInTime() {
        var two = new Layouts(3, 2).info(r(0, 1), "loading", "1");
        assertEquals(
                Set.of(r(0, 1), r(0, 2)),
                assertInstanceOf(Successors.Any.class, successors(two)).candidates().stream()
                        .map(n -> n.id())
                        .collect(java.util.stream.Collectors.toSet()));
        var only = new Layouts(3, 1).info(r(0, 1), "loading", "1");
        assertInstanceOf(Successors.Nobody.class, successors(only));
    }

    @Test
    void aTieIsATieUnlessTheGapIsRealAndOfOneInstant() {
        var tie = new Layouts(3, 2).acknowledged(0, 5_000, 5_000);
        assertInstanceOf(Successors.Any.class, successors(tie));
        assertEquals(
                List.of("10.0.0.1:9001", "10.0.0.2:9002"),
                say(death(tie, m(0), FULL), "impact.anybody").args().get("nodes"));
        // under load, a second's worth of writes is no lead: acknowledgements are up to a second old
        var loaded = new Layouts(3, 2)
                .acknowledged(0, 5_000_000, 6_500_000)
                .info(m(0), "instantaneous_input_kbps", "1000.5");
        assertInstanceOf(Successors.Any.class, successors(loaded));
        var ahead = new Layouts(3, 2)
                .acknowledged(0, 5_000_000, 9_500_000)
                .info(m(0), "instantaneous_input_kbps", "1000.5");
        assertEquals(
                r(0, 2),
                assertInstanceOf(Successors.One.class, successors(ahead))
                        .winner()
                        .id());
        // offsets that the replicas tell themselves are of different instants: they name nobody
        var told = new Layouts(3, 2)
                .info(r(0, 1), "slave_repl_offset", "1")
                .info(r(0, 2), "slave_repl_offset", "99999999");
        assertInstanceOf(Successors.Any.class, successors(told));
        assertEquals(
                r(0, 2),
                assertInstanceOf(Successors.One.class, Successors.of(tie.state(), tie.of(m(0)), FULL, Set.of(r(0, 1))))
                        .winner()
                        .id());
    }

    private static Successors successors(Layouts layout) {
        return Successors.of(layout.state(), layout.of(m(0)), FULL, Set.of());
    }

    @Test
    void writesThatNoReplicaHas() {
        var layout = new Layouts(3, 2).acknowledged(0, 4_000, 4_900).info(m(0), "master_repl_offset", "5000");
        assertEquals(100, number(death(layout, m(0), FULL), "impact.unreplicated", "gap"));
    }

    @Test
    void whatIsLeftAfterwards() {
        assertEquals(1, number(death(new Layouts(4, 2), m(0), FULL), "impact.next-replicas", "left"));
        assertEquals(
                0,
                keys(death(new Layouts(5, 2), m(0), FULL)).stream()
                        .filter("next-quorum"::equals)
                        .count());
    }

    @Test
    void replicas() {
        assertEquals(List.of("replica", "replica-last"), keys(death(new Layouts(3, 1), r(0, 1), FULL)));
        assertEquals(List.of("replica", "replica-left"), keys(death(new Layouts(3, 2), r(0, 1), FULL)));
        assertEquals(Stake.NOTHING, death(new Layouts(3, 1), r(0, 1), FULL).stake());
        var last = death(new Layouts(3, 1).fail(m(0)), r(0, 1), FULL);
        assertEquals(List.of("last-copy"), keys(last));
        assertEquals(Stake.DATA, last.stake());
        assertEquals(
                Stake.NOTHING,
                death(new Layouts(3, 2).fail(m(0)), r(0, 1), FULL).stake());
    }

    @Test
    void pauses() {
        var layout = new Layouts(3, 1);
        var shorter = Impact.pause(layout.state(), layout.of(m(0)), FULL, 3_000);
        assertEquals(List.of("pause-short", "pause-slots"), keys(shorter));
        assertEquals(Stake.SERVICE, shorter.stake());
        var longer = Impact.pause(layout.state(), layout.of(m(0)), FULL, 8_000);
        assertEquals(List.of("pause-long", "slots"), keys(longer).subList(0, 2));
    }

    @Test
    void oneHostIsNoPlacement() {
        var one = new Layouts(1, 1);
        assertEquals(
                0,
                keys(death(one, m(0), FULL)).stream()
                        .filter("placement"::equals)
                        .count());
    }

    @Test
    void termsComeFromEitherSpelling() {
        assertEquals(new Terms(15_000, true, 10, 10), Terms.of(Map.of()));
        assertEquals(
                new Terms(2_000, false, 3, 7),
                Terms.of(Map.of(
                        "cluster-node-timeout", "2000",
                        "cluster-require-full-coverage", "no",
                        "cluster-slave-validity-factor", "3",
                        "repl-ping-replica-period", "7")));
    }

    /** Its best replica asks at once (cluster_legacy.c). */
    @Test
    void valkeyWaitsLess() {
        Map.of("8.1.1", 5_500L, "9.0.3", 5_500L, "9.1.2", 5_000L, "10.0.0", 5_000L)
                .forEach((version, from) -> {
                    var state = new Layouts(3, 1)
                            .info(m(0), "config:cluster-node-timeout", "5000", "valkey_version", version)
                            .state();
                    assertEquals(from, Terms.seen(state).outageFrom(), version);
                });
    }
}
