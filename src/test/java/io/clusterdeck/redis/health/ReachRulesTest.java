package io.clusterdeck.redis.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom we reach, and whom the others reach: each rule on a case where it must speak. */
class ReachRulesTest extends SixNodes {

    /** Missed for longer than it takes the others to notice a death: they would not have a link to it. */
    @Test
    void weDoNotReachItButTheOthersDo() {
        contact("r1", gone(NOW.minusSeconds(24)));
        assertEquals(Level.WARN, only("unreached").level());
        assertFalse(names(check()).contains("node-down"));
        info("m1", "config:cluster-node-timeout", "60000");
        only("node-down");
    }

    /** Power or a VPN lost at once: what the nodes said last is that all is well. */
    @Test
    void whereNobodyAnswersNobodysLastWordCounts() {
        for (var id : List.copyOf(nodes.keySet())) {
            contact(id, gone(NOW.minusSeconds(60)));
        }
        assertEquals(6, Collections.frequency(names(check()), "node-down"));
        assertEquals(3, Collections.frequency(names(check()), "slots-lost"));
        assertEquals(Health.UNKNOWN, withHealth().verdict());
    }

    @Test
    void aHostThatWentAwayIsDownBeforeTheOthersNotice() {
        contact("m1", GONE);
        contact("r3", GONE);
        assertEquals(Optional.of("failover:r1"), only("slots-unserved").remedy());
        assertEquals(2, Collections.frequency(names(check()), "node-down"));
        assertFalse(names(check()).contains("unreached"));
        assertEquals(Health.FAIL, withHealth().verdict());
    }

    /** At three in the morning nobody must be sent to start a node that runs. */
    @Test
    void whoOnlyWeDoNotReachIsNotCalledDead() {
        contact("m1", gone(NOW, "link.reason.timeout"));
        var away = only("node-away");
        assertEquals(Optional.empty(), away.remedy());
        assertEquals("health.node-away.linked", key(away.why(), "others"));
        assertEquals("health.node-away.wait.next", key(away.next(), "next"));
        assertEquals(
                List.of(),
                names(check()).stream().filter(r -> !r.equals("node-away")).toList());
    }

    /** Its packets get lost: the connection stays open, and no answer comes. */
    @Test
    void whoIsSilentToUsOnlyIsInService() {
        contact("m1", new Contact.Silent(NOW));
        assertEquals(List.of("node-silent"), names(check()), "not known yet, and so not said to be out of service");
        contact("m1", new Contact.Silent(NOW.minusSeconds(24)));
        assertEquals(List.of("unreached"), names(check()));
        // then the connection breaks: that it was silent before counts, too
        contact("m1", gone(NOW, "link.reason.timeout"));
        change(
                "m1",
                n -> new NodeLike(n)
                        .info(Optional.of(new NodeInfo(
                                NOW.minusSeconds(24), n.info().orElseThrow().info(), Map.of())))
                        .node());
        assertEquals(List.of("unreached"), names(check()));
    }

    @Test
    void whomTheOthersMissTooMayRunOnAHostThatIsCutOff() {
        die("m1", gone(NOW, "link.reason.timeout"));
        die("r1", gone(NOW, "link.reason.no-route"));
        var away = check().stream().filter(f -> f.rule().equals("node-away")).toList();
        assertEquals(2, away.size());
        assertEquals("health.node-away.missed.next", key(away.getFirst().next(), "next"));
        assertEquals(Optional.empty(), only("slots-lost").remedy(), "what can't be reached can't be started");
    }

    @Test
    void whereOurOwnWayIsLostNothingIsSaidOfTheCluster() {
        for (var id : List.copyOf(nodes.keySet())) {
            contact(id, gone(NOW.minusSeconds(60), "link.reason.timeout"));
        }
        var found = check();
        assertEquals(6, Collections.frequency(names(found), "node-away"));
        assertFalse(names(found).contains("slots-lost"), () -> names(found).toString());
        assertEquals("health.node-away.nobody", key(found.getFirst().why(), "others"));
    }

    private static String key(Say say, String argument) {
        return ((Say) say.args().get(argument)).key();
    }

    /** Through the one host that we can sign in to, a master and a replica of six are reached, and the others never were. */
    @Test
    void behindAnAddressTranslationTheWordOfTheReachedCounts() {
        for (var id : List.of("m2", "m3", "r1", "r2")) {
            contact(id, GONE);
            change(id, n -> new NodeLike(n).info(Optional.empty()).node());
        }
        assertEquals(Collections.nCopies(4, "unreached"), names(check()));
    }

    @Test
    void whatTheOthersGaveUpIsSaidToAnswerUsOnlyWhereItDoes() {
        givenUp("m1", new Contact.Answers(NOW, 1));
        assertEquals(Level.BAD, only("node-failed").level());
        givenUp("m1", new Contact.Unknown());
        assertEquals(Level.BAD, only("node-failed-unheard").level());
    }

    private void givenUp(String node, Contact contact) {
        change(
                node,
                n -> new NodeLike(n)
                        .flags(Set.of(Flag.MASTER, Flag.FAIL))
                        .suspectedBy(Set.of(new NodeId("m2"), new NodeId("m3")))
                        .linkUp(false)
                        .contact(contact)
                        .node());
    }

    @Test
    void nobodyAtAnAddress() {
        var at = new NodeAddress("10.0.0.9", 9000);
        for (var contact :
                List.of(GONE, new Contact.Silent(NOW), new Contact.Refuses(NOW, Say.of("link.full", "node", at)))) {
            var found = checked(new Case(state(), Map.of(at, contact), false, HostFacts.NONE));
            assertEquals(List.of("nobody-there"), names(found));
            assertEquals(Level.BAD, found.getFirst().level());
        }
        assertEquals(
                List.of("no-cluster-node"),
                names(checked(new Case(state(), Map.of(at, new Contact.Answers(NOW, 1)), false, HostFacts.NONE))));
        // others tell of a node there: what is to be said is said of that
        var known = state().nodes().values().iterator().next().address();
        var plain = new NodeAddress(known.host(), known.port());
        assertEquals(List.of(), names(checked(new Case(state(), Map.of(plain, GONE), false, HostFacts.NONE))));
    }

    @Test
    void aStoppedClusterIsOneFindingWithItsCure() {
        nodes.clear();
        var stopped = new LinkedHashMap<NodeAddress, Contact>();
        for (int port = 9000; port < 9007; port++) {
            var at = new NodeAddress("10.0.0.9", port);
            var reason = Say.of(port == 9000 ? "link.reason.refused" : "link.reason.not-through", "host", "h1");
            stopped.put(at, new Contact.Gone(NOW, Say.of("link.unreachable", "node", at, "reason", reason)));
        }
        var found = checked(onHost("h1", stopped));
        assertEquals(List.of("none-runs"), names(found));
        assertEquals(Optional.of("start-all"), found.getFirst().remedy());
        var told = (Say) found.getFirst().why().args().get("told");
        assertEquals("health.none-runs.shut.told", told.key(), "of the first one a firewall may have said that");
        var named = (List<?>) told.args().get("addresses");
        assertEquals("10.0.0.9:9000", named.getFirst());
        assertEquals("…", named.getLast());
        assertEquals(7, named.size());
        assertEquals(Health.FAIL, with(found).verdict(), "nothing about it is unknown");
        var itself = new LinkedHashMap<>(stopped);
        itself.remove(new NodeAddress("10.0.0.9", 9000));
        assertEquals(
                Say.of("health.none-runs.stopped"),
                checked(onHost("h1", itself)).getFirst().title().args().get("what"));
        // a host that is cut off from the others gets no connection there either
        var cutOff = checked(onHost("h2", stopped));
        assertEquals(Collections.nCopies(7, "nobody-there"), names(cutOff));
        assertEquals(Health.UNKNOWN, with(cutOff).verdict());
        // who can't be told from a machine that is away is not called stopped
        stopped.put(
                new NodeAddress("10.0.0.9", 9000),
                new Contact.Gone(
                        NOW, Say.of("link.unreachable", "node", "x", "reason", Say.of("link.reason.timeout"))));
        assertEquals(Collections.nCopies(7, "nobody-there"), names(checked(onHost("h1", stopped))));
    }

    private Case onHost(String host, Map<NodeAddress, Contact> strangers) {
        return new Case(
                state(),
                strangers,
                false,
                HostFacts.NONE,
                node -> Optional.empty(),
                node -> Optional.of(new HostName(host)));
    }
}
