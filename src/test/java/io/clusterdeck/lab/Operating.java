package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Operates an adopted cluster as a person would, each plan run to its good end. */
final class Operating {
    private Operating() {}

    /** From the address that the host itself knows, through that host alone. */
    static OpenCluster adopted(Lab lab, Deck deck, Kind made, String password) throws Exception {
        var seed = new NodeAddress("127.0.0.1", made.port(1));
        var secret = password.isEmpty() ? Optional.<Secret>empty() : Optional.of(Secret.of(password));
        var wish = new Adoption("kind", seed, "", secret, Access.THROUGH_HOSTS, List.of(lab.spec(made.host(), "ops")));
        var told = new LinkedBlockingQueue<io.clusterdeck.deck.Found>();
        try (var search = deck.search(wish, told::add)) {
            var found = told.poll(60, TimeUnit.SECONDS);
            while (found != null && !found.whole()) {
                assertEquals(Optional.empty(), found.failure().map(Failure::what));
                found = told.poll(60, TimeUnit.SECONDS);
            }
            assertTrue(found != null && found.nodes().size() == 6, () -> String.valueOf(search.now()));
            assertEquals(List.of(), deck.clusters(), "nothing is kept before that is said");
            search.keep("kind");
        }
        var open = deck.open("kind");
        HandMade.until(() -> open.watch().now().nodes().values().stream()
                        .filter(Node::answers)
                        .count()
                == 6);
        return open;
    }

    static Plan ran(Deck deck, Offer offer) throws Exception {
        if (!(offer instanceof Offer.Ready ready)) {
            throw new AssertionError(offer.toString());
        }
        var end = deck.runs().start(ready.plan()).await();
        assertEquals(Outcome.DONE, end.ended().orElseThrow().outcome(), () -> ready + "\n" + Building.why(end));
        return ready.plan();
    }

    static NodeId id(OpenCluster cluster, Kind made, int i) {
        return cluster.watch().now().nodes().values().stream()
                .filter(n -> n.address().port() == made.nodes.get(i).port())
                .findFirst()
                .orElseThrow()
                .id();
    }

    static void sees(OpenCluster cluster, NodeId node, boolean master) {
        HandMade.until(() -> cluster.watch()
                .now()
                .node(node)
                .filter(n -> n.answers() && n.isMaster() == master)
                .isPresent());
    }

    /** Failover, kill, start, stop, restart, AOF check, log: all of one shard's pair of nodes. */
    static void operate(Deck deck, OpenCluster cluster, Kind made) throws Exception {
        var master = id(cluster, made, 0);
        var replica = id(cluster, made, 3);
        ran(deck, cluster.failover().failover(replica, How.GRACEFUL));
        assertTrue(made.master(3));
        sees(cluster, master, false);
        ran(deck, cluster.nodes().kill(replica, new Signal.Kill()));
        HandMade.until(() -> made.master(0));
        ran(deck, cluster.nodes().start(replica));
        assertFalse(made.master(3));
        sees(cluster, replica, false);
        ran(deck, cluster.nodes().stop(replica));
        HandMade.until(() -> !cluster.watch().now().node(replica).orElseThrow().answers());
        ran(deck, cluster.nodes().start(replica));
        follows(cluster, made);
        var before = made.run(3);
        boolean silent = site(cluster, made, 3).log().isEmpty();
        if (silent) {
            var none = assertThrows(Failure.class, () -> cluster.log(replica, 1, line -> {}));
            assertEquals("deck.no-log", none.what().key());
        }
        ran(deck, silent ? cluster.nodes().giveLog(replica) : cluster.nodes().restart(replica));
        assertNotEquals(before, made.run(3));
        follows(cluster, made);
        sees(cluster, master, true);
        ran(deck, cluster.aof().check(replica));
        assertTrue(cluster.aof().lastReport(replica).orElseThrow().sound());
        var lines = new LinkedBlockingQueue<String>();
        try (var log = cluster.log(replica, 200, line -> lines.add(line.text()))) {
            assertTrue(lines.stream().anyMatch(l -> l.contains("Ready to accept connections")), lines::toString);
            lines.clear();
            made.says(3, "BGREWRITEAOF");
            HandMade.until(() -> lines.stream().anyMatch(l -> l.contains("append only file rewriting")));
            assertTrue(log.alive());
        }
    }

    private static NodeSite site(OpenCluster cluster, Kind made, int i) {
        return cluster.spec().sites().stream()
                .filter(s -> s.at(made.nodes.get(i)))
                .findFirst()
                .orElseThrow();
    }

    private static void follows(OpenCluster cluster, Kind made) {
        sees(cluster, id(cluster, made, 3), false);
        HandMade.until(() -> made.says(3, "INFO", "replication").contains("master_link_status:up"));
    }
}
