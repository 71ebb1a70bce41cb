package io.clusterdeck.redis.safety;

import static io.clusterdeck.redis.nodes.Layouts.m;
import static io.clusterdeck.redis.nodes.Layouts.r;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.redis.safety.Safety.Answer;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether nodes may be away, on made-up layouts: three masters, each replica on the next host. */
class SafetyTest {

    private static Safety of(Layouts layout, NodeId... leaving) {
        return Safety.of(layout.state(), Set.of(leaving), Terms.DEFAULT);
    }

    private static List<String> why(Safety safety) {
        return safety.why().stream()
                .map(Say::key)
                .map(k -> k.substring("safety.".length()))
                .toList();
    }

    @Test
    void aReplicaMayGoAndItsMasterIsThenAlone() {
        var safety = of(new Layouts(3, 1), r(0, 1));
        assertEquals(Answer.YES, safety.answer());
        assertEquals(List.of("yes", "no-spare"), why(safety));
        assertEquals(Map.of(), safety.heirs());
    }

    @Test
    void oneOfTwoReplicasMayGoWithoutAWord() {
        assertEquals(List.of("yes"), why(of(new Layouts(3, 2), r(0, 1))));
    }

    @Test
    void aMasterMayGoOnceItHandedOver() {
        var safety = of(new Layouts(3, 1), m(0));
        assertEquals(Answer.NO, safety.answer());
        assertTrue(safety.curable());
        assertEquals(Map.of(r(0, 1), m(0)), safety.heirs());
    }

    /** A host that is away lets us wait half a minute for its nodes, which the others have agreed to be failed long since. */
    @Test
    void whoFailedNeedsNotBeHeard() {
        var away = new Layouts(3, 1).fail(r(0, 1)).contact(r(0, 1), new Contact.Unknown());
        assertEquals(List.of("master-alone"), why(of(away, m(0))));
        var unheard = new Layouts(3, 1).contact(r(0, 1), new Contact.Unknown());
        assertEquals(List.of("unasked"), why(of(unheard, m(0))));
    }

    @Test
    void aHostHandsOverToNodesThatStay() {
        // host 0 holds master 0 and the replica of master 2
        var safety = of(new Layouts(3, 1), m(0), r(2, 1));
        assertEquals(Map.of(r(0, 1), m(0)), safety.heirs());
        assertEquals(List.of("master", "no-spare"), why(safety));
    }

    @Test
    void amongSeveralHeirsTheOneWithFewestMastersBeside() {
        // both replicas of master 0 stand beside a master; the host of one is leaving, so only the other is left; host
        // 2 then has two
        var safety = of(new Layouts(4, 2), m(0), r(0, 1), m(1));
        assertEquals(Map.of(r(0, 2), m(0), r(1, 2), m(1)), safety.heirs());
    }

    @Test
    void notWhenTheOnlyHeirIsNotInSync() {
        var safety = of(new Layouts(3, 1).info(r(0, 1), "master_link_status", "down"), m(0));
        assertEquals(List.of("master-alone"), why(safety));
        assertFalse(safety.curable());
    }

    @Test
    void notWhenAnotherMasterIsDownAlready() {
        var safety = of(new Layouts(3, 1).fail(m(1)), r(0, 1));
        assertEquals(Answer.NO, safety.answer());
        assertTrue(why(safety).contains("master-down"));
        assertFalse(safety.curable());
    }

    @Test
    void notTheLastCopyOfADeadMaster() {
        var safety = of(new Layouts(3, 1).fail(m(0)), r(0, 1), m(0));
        assertTrue(why(safety).containsAll(List.of("down-already", "last-copy")), why(safety)::toString);
    }

    @Test
    void notWhenItsMasterThenRefusesWrites() {
        var one = of(new Layouts(3, 1).minReplicas(1, 1), r(0, 1));
        assertEquals(Answer.NO, one.answer());
        assertEquals(List.of("no-writes", "no-spare"), why(one));
        assertFalse(one.curable());
        assertEquals(
                Answer.YES, of(new Layouts(3, 2).minReplicas(1, 2), r(0, 1)).answer());
        assertEquals(Answer.NO, of(new Layouts(3, 2).minReplicas(2, 2), r(0, 1)).answer());
    }

    @Test
    void theHeirNeedsReplicasToo() {
        assertTrue(why(of(new Layouts(3, 1).minReplicas(1, 1), m(0))).contains("no-writes"));
        assertTrue(of(new Layouts(3, 2).minReplicas(1, 2), m(0)).curable());
    }

    @Test
    void notWhenTooFewWouldVote() {
        // two of three masters leave, and nobody can take over from them
        var layout = new Layouts(3, 1)
                .info(r(0, 1), "master_link_status", "down")
                .info(r(1, 1), "master_link_status", "down");
        assertTrue(why(of(layout, m(0), m(1))).contains("quorum"));
    }

    @Test
    void afterTheHandOversThoseThatTookOverVote() {
        assertFalse(why(of(new Layouts(3, 2), m(0), m(1))).contains("quorum"));
    }

    @Test
    void unknownWhenNobodyAnswers() {
        var layout = new Layouts(2, 0).fail(m(0)).fail(m(1));
        assertEquals(Answer.UNKNOWN, of(layout, m(0)).answer());
    }

    @Test
    void anEmptyPlaceMayGo() {
        assertEquals(List.of("nobody"), why(of(new Layouts(3, 1), new NodeId("stranger"))));
    }

    private static Safety host(Layouts layout, String host) {
        return Safety.ofHost(layout.state(), host, Terms.DEFAULT);
    }

    /** Behind a translated address, or where nobody signed in yet, it may be this one. */
    @Test
    void aHostMayNotGoWhileOfNodesItIsNotKnownWhereTheyAre() {
        assertEquals(Answer.YES, host(new Layouts(3, 1), "h7").answer());
        var unplaced = host(new Layouts(3, 1).unplaced(m(1)), "h7");
        assertEquals(Answer.UNKNOWN, unplaced.answer());
        assertEquals(List.of("unplaced"), why(unplaced));
        assertEquals(Answer.NO, host(new Layouts(3, 1).unplaced(r(1, 1)), "h0").answer(), "whatever else is there");
        // asked for by its address, it is no host of ours, and its nodes are known by it
        assertEquals(
                Answer.NO, host(new Layouts(3, 1).unplaced(m(1)), "10.0.0.1").answer());
    }

    /** What is shown is asked again when any of it may be answered otherwise. */
    @Test
    void itsShapeIsAnotherWheneverTheAnswerMayBe() {
        int before = Safety.shape(new Layouts(3, 1).state());
        assertEquals(before, Safety.shape(new Layouts(3, 1).state()));
        var others = List.of(
                new Layouts(3, 1).unplaced(m(1)),
                new Layouts(3, 1).info(r(0, 1), "master_link_status", "down"),
                new Layouts(3, 1).info(r(0, 1), "loading", "1"),
                new Layouts(3, 1).minReplicas(1, 1),
                new Layouts(3, 1).fail(m(1)));
        for (var other : others) {
            assertTrue(before != Safety.shape(other.state()), () -> "another than " + others.indexOf(other));
        }
        int followed = Safety.shape(new Layouts(3, 1).minReplicas(1, 1).state());
        assertTrue(followed != Safety.shape(new Layouts(3, 1).minReplicas(1, 0).state()), "a replica lags");
    }

    /** Two clusters on one machine: it may go where both may do without it. */
    @Test
    void aMachineMayGoWhereEachOfItsClustersSaysSo() {
        var yes = of(new Layouts(3, 1), r(0, 1));
        var no = of(new Layouts(3, 1), m(0));
        assertEquals(yes, yes.and("sessions", yes));
        var both = yes.and("sessions", no);
        assertEquals(Answer.NO, both.answer());
        assertEquals(List.of("there"), why(both));
        assertFalse(both.curable(), "a plan of this cluster does not help");
        assertEquals(no, no.and("sessions", yes));
        var unseen = of(new Layouts(2, 0).fail(m(0)).fail(m(1)), m(0));
        assertEquals(Answer.UNKNOWN, yes.and("sessions", unseen).answer());
        assertEquals(List.of("master", "there"), why(no.and("sessions", unseen)));
        assertTrue(no.and("sessions", unseen).curable());
    }
}
