package io.clusterdeck.redis.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.nodes.HandOver;
import io.clusterdeck.redis.nodes.Operated;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step itself, where messages are lost: what is asked once more, what is not, and when it is over. */
@Tag("local")
class HandOverTest {
    /** On a busy computer a bus link is dropped after half a node-timeout without an answer, and a request for a failover with it. */
    private static final String CALM = "cluster-node-timeout 10000";

    @TempDir
    Path folder;

    private static HandOver handOver(Operated deck) throws InterruptedException {
        return (HandOver) Operated.ready(deck.failover.failover(deck.id(3), How.GRACEFUL))
                .plan()
                .steps()
                .getFirst();
    }

    /** Two of three masters can't vote while the first request is out. */
    @Test
    void whereVotesWereLostItAsksOnceMore() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, "cluster-node-timeout 2000"), folder)) {
            deck.seesRole(3, false);
            var step = handOver(deck);
            var voters = List.of(deck.cluster.pid(1), deck.cluster.pid(2));
            voters.forEach(pid -> LocalCluster.signal(pid, "STOP"));
            var said = new CopyOnWriteArrayList<String>();
            step.apply(deck.ops.ground(), line -> {
                if (line instanceof Line.Said s && s.say().key().equals("failover.again")) {
                    said.add(s.say().toString());
                    voters.forEach(pid -> LocalCluster.signal(pid, "CONT"));
                }
            });
            assertEquals(1, said.size());
            assertTrue(said.getFirst().contains("failover.gave-up.votes"), said::getFirst);
            assertEquals("master", deck.cluster.info(3, "role"));
            assertEquals("slave", deck.cluster.info(0, "role"));
        }
    }

    /** Late votes, or another operator: a master is not told to fail over, which it would refuse. */
    @Test
    void whoWasElectedMeanwhileIsNotAskedOnceMore() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, "cluster-node-timeout 2000"), folder)) {
            deck.seesRole(3, false);
            var step = handOver(deck);
            var voters = List.of(deck.cluster.pid(1), deck.cluster.pid(2));
            voters.forEach(pid -> LocalCluster.signal(pid, "STOP"));
            var said = new CopyOnWriteArrayList<String>();
            step.apply(deck.ops.ground(), line -> {
                if (line instanceof Line.Said s && s.say().key().equals("failover.again")) {
                    said.add(s.say().key());
                    voters.forEach(pid -> LocalCluster.signal(pid, "CONT"));
                    assertEquals("OK", deck.cluster.call(3, "CLUSTER", "FAILOVER", "TAKEOVER"));
                    deck.cluster.until(
                            "all know", () -> deck.cluster.info(0, "role").equals("slave"));
                }
            });
            assertEquals(1, said.size());
            assertEquals("master", deck.cluster.info(3, "role"));
        }
    }

    /** Others elected it after the last look: that it is no replica any more is nothing to wait for. */
    @Test
    void whoWasElectedBeforeItWasAskedIsNotWaitedFor() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, "cluster-node-timeout 2000"), folder)) {
            deck.seesRole(3, false);
            var step = handOver(deck);
            assertEquals("OK", deck.cluster.call(3, "CLUSTER", "FAILOVER", "TAKEOVER"));
            deck.cluster.until("all know", () -> deck.cluster.info(0, "role").equals("slave"));
            var busy = new CopyOnWriteArrayList<String>();
            step.apply(deck.ops.ground(), line -> {
                if (line instanceof Line.Busy b) {
                    busy.add(b.say().key());
                }
            });
            assertFalse(busy.contains("failover.waits-known"), busy::toString);
            assertEquals("master", deck.cluster.info(3, "role"));
        }
    }

    /** Elected, and yet not over: back it could not be handed. */
    @Test
    void anOldMasterThatDoesNotLearnOfItIsSaid() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, "cluster-node-timeout 2000"), folder)) {
            deck.seesRole(3, false);
            var step = handOver(deck);
            var ops = deck.ops;
            var old = deck.node(0).address();
            var before = deck.cluster.call(0, "CLUSTER", "NODES");
            var stubborn = new Ops(
                    ops.spec(),
                    ops.now(),
                    new Told(
                            ops.links(),
                            (to, command, reply) -> to.equals(old) && command.equals(List.of("CLUSTER", "NODES"))
                                    ? new Reply.Text(before)
                                    : reply),
                    ops.ground(),
                    ops.learn());
            var failure = assertThrows(
                    CommandFailed.class,
                    () -> new HandOver(step.id(), step.on(), step.spec(), stubborn).apply(ops.ground(), line -> {}));
            assertEquals("failover.not-told", failure.what().key());
            assertEquals("master", deck.cluster.info(3, "role"));
        }
    }

    /** Its release leaves clients paused, and it hangs right after it was replaced: nobody can end that, and it is said. */
    @Test
    void anOldMasterThatCannotBeUnpausedIsSaid() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            deck.seesRole(3, false);
            var step = handOver(deck);
            assertTrue(step.commands().toString().contains("CLIENT UNPAUSE"), step.commands()::toString);
            var ops = deck.ops;
            var pid = deck.cluster.pid(0);
            var hanging = new Ops(
                    ops.spec(),
                    ops.now(),
                    new Told(ops.links(), (to, command, reply) -> {
                        if (command.contains("FAILOVER")) {
                            deck.cluster.until(
                                    "elected",
                                    () -> deck.cluster.info(3, "role").equals("master"));
                            LocalCluster.signal(pid, "STOP");
                        }
                        return reply;
                    }),
                    ops.ground(),
                    ops.learn());
            var said = new CopyOnWriteArrayList<Say>();
            try {
                new HandOver(step.id(), step.on(), step.spec(), hanging).apply(ops.ground(), line -> {
                    if (line instanceof Line.Said s) {
                        said.add(s.say());
                    }
                });
            } finally {
                LocalCluster.signal(pid, "CONT");
            }
            assertEquals(
                    List.of(Say.of(
                            "failover.still-paused",
                            "node",
                            deck.node(0).address(),
                            "why",
                            Say.of("failover.still-paused.silent"))),
                    said);
        }
    }

    /** Right after an earlier hand-over: a request of one that it takes for a master is ignored, and lapses. */
    @Test
    void itIsAskedOnceItsMasterKnowsItAsItsReplica() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            deck.seesRole(3, false);
            var step = handOver(deck);
            var ops = deck.ops;
            var order = new CopyOnWriteArrayList<String>();
            var old = deck.node(0).address();
            var learns = new Ops(
                    ops.spec(),
                    ops.now(),
                    new Told(ops.links(), (to, command, reply) -> {
                        if (command.contains("FAILOVER")) {
                            order.add("asked");
                        } else if (to.equals(old) && command.contains("NODES") && order.size() < 12) {
                            order.add("not known");
                            return new Reply.Text(
                                    reply.text().replace("slave " + deck.id(0).value(), "master -"));
                        }
                        return reply;
                    }),
                    ops.ground(),
                    ops.learn());
            new HandOver(step.id(), step.on(), step.spec(), learns).apply(ops.ground(), line -> {});
            assertEquals(12, order.indexOf("asked"), order::toString);
        }
    }

    @Test
    void anAnswerThatWasLostIsReadBackFromTheNodes() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            deck.seesRole(3, false);
            var step = handOver(deck);
            var ops = deck.ops;
            var deaf = new Ops(
                    ops.spec(), ops.now(), new Told(ops.links(), HandOverTest::lost), ops.ground(), ops.learn());
            new HandOver(step.id(), step.on(), step.spec(), deaf).apply(ops.ground(), line -> {});
            assertEquals("master", deck.cluster.info(3, "role"));
        }
    }

    /** On a busy computer it may be the last one to which a connection is made. */
    @Test
    void anHeirThatIsNotHeardAtOnceHasNotSaidThatItIsAReplica() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1, CALM), folder)) {
            deck.seesRole(3, false);
            var step = handOver(deck);
            var ops = deck.ops;
            step.apply(ops.ground(), line -> {});
            var asked = new AtomicInteger();
            var heir = deck.node(3).address();
            var late = new Ops(
                    ops.spec(),
                    ops.now(),
                    new Told(ops.links(), (to, command, reply) -> {
                        if (to.equals(heir) && asked.getAndIncrement() == 0) {
                            throw new OutcomeUnknown(Say.of("late"), Say.of("late"));
                        }
                        return reply;
                    }),
                    ops.ground(),
                    ops.learn());
            assertInstanceOf(
                    Verdict.Done.class, new HandOver(step.id(), step.on(), step.spec(), late).check(ops.ground()));
            assertTrue(asked.get() > 1);
        }
    }

    /** Sends every CLUSTER FAILOVER and loses its answer, once each: it must not be sent a second time. */
    private static Reply lost(NodeAddress to, List<String> command, Reply reply) throws Failure {
        if (command.contains("FAILOVER")) {
            throw new OutcomeUnknown(Say.of("lost"), Say.of("lost"));
        }
        return reply;
    }
}
