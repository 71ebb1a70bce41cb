package io.clusterdeck.redis.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final ClusterState WELL = Sample.orders().state();

    private static List<String> between(ClusterState before, ClusterState after) {
        return Events.between(before, after).stream()
                .map(e -> e.what().toString())
                .toList();
    }

    @Test
    void nothingHappenedWhenNothingChanged() {
        assertEquals(List.of(), between(WELL, Sample.orders().state()));
    }

    @Test
    void theFirstStateIsNoEvent() {
        assertEquals(List.of(), between(new Sample("x").state(), WELL));
    }

    @Test
    void aNodeFallsSilentAndIsMarkedAsFailed() {
        var away = Sample.orders().contact(9000, new Contact.Gone(Sample.NOW, Say.of("sample.refused")));
        assertEquals(List.of("event.silent{node=9000}"), between(WELL, away.state()));
        var before = away.state();
        var failed = away.flags(9000, Set.of(9001, 9002), Flag.FAIL).state();
        assertEquals(List.of("event.failed{node=9000}"), between(before, failed));
        assertEquals(List.of("event.answers{node=9000}", "event.cleared{node=9000}"), between(failed, WELL));
    }

    @Test
    void whoAnswersForTheFirstTimeDoesNotDoSoAgain() {
        var away = Sample.orders().node(9000, EventsTest::neverHeard).state();
        assertEquals(List.of("event.heard{node=9000}"), between(away, WELL));
    }

    private static Node neverHeard(Node n) {
        return new NodeLike(n)
                .contact(new Contact.Gone(Sample.NOW, Say.of("sample.refused")))
                .info(Optional.empty())
                .node();
    }

    @Test
    void oneObserverSuspects() {
        var suspected = Sample.orders().flags(9001, Set.of(9005)).state();
        assertEquals(List.of("event.suspected{node=9001, by=[9005]}"), between(WELL, suspected));
    }

    @Test
    void aReplicaTakesOver() {
        var after = Sample.orders()
                .epoch(13)
                .role(9000, Role.REPLICA, Optional.of(Sample.id(9004)), List.of(), 13)
                .role(9004, Role.MASTER, Optional.empty(), List.of(new SlotRange(0, 5460)), 13)
                .state();
        assertEquals(
                List.of("event.replica{node=9000, master=9004}", "event.master{node=9004, slots=[0–5460], epoch=13}"),
                between(WELL, after));
    }

    @Test
    void slotsMoveBetweenMasters() {
        var after = Sample.orders()
                .slots(9000, List.of(new SlotRange(0, 4999)), Map.of(), Map.of())
                .slots(9002, List.of(new SlotRange(5000, 5460), new SlotRange(10923, 16383)), Map.of(), Map.of())
                .state();
        assertEquals(List.of("event.moved{slots=[5000–5460], node=9002}"), between(WELL, after));
    }

    @Test
    void slotsLoseTheirOwner() {
        var after = Sample.orders()
                .slots(9000, List.of(new SlotRange(0, 4999)), Map.of(), Map.of())
                .state();
        assertEquals(List.of("event.uncovered{count=461}"), between(WELL, after));
        assertEquals(List.of("event.covered{count=461}"), between(after, WELL));
    }

    @Test
    void aNodeJoinsAndLeaves() {
        var more = Sample.orders().replica(9006, 1, 9001, 0).state();
        assertEquals(List.of("event.joined{node=9006}"), between(WELL, more));
        assertEquals(List.of("event.left{node=9006}"), between(more, WELL));
    }

    @Test
    void onlyTheEpochRose() {
        assertEquals(
                List.of("event.epoch{epoch=15}"),
                between(WELL, Sample.orders().epoch(15).state()));
    }

    @Test
    void manyRangesAreShortened() {
        var ranges = List.of(new SlotRange(0, 1), new SlotRange(3, 3), new SlotRange(5, 6), new SlotRange(8, 9));
        assertEquals(List.of("0–1", "3", "5–6", "…"), Events.ranges(ranges));
        assertEquals(List.of("–"), Events.ranges(List.of()));
    }
}
