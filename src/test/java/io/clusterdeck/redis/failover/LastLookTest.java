package io.clusterdeck.redis.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.nodes.HandOver;
import io.clusterdeck.redis.nodes.Operated;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Quorum;
import io.clusterdeck.say.NotAllowed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Between the offer and the command the shard changed, or those who vote came back. */
@Tag("local")
class LastLookTest {
    @TempDir
    Path folder;

    /** Offered, and by the time it is to be sent another replica serves: FORCE would replace that one, and lose what it accepted. */
    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"GRACEFUL", "FORCE"})
    void whoeverWasElectedSinceTheOfferIsNotReplaced(How how) throws Exception {
        try (var deck = new Operated(
                LocalCluster.start(3, 2, "cluster-node-timeout 15000", "cluster-replica-no-failover yes"), folder)) {
            deck.seesRole(3, false);
            if (how == How.FORCE) {
                deck.cluster.kill(0);
                deck.seesDown(0);
                deck.cluster.until("missed", () -> Standing.of(deck.node(0), deck.node(3)) == Standing.DOWN);
            }
            var step = Operated.ready(deck.failover.failover(deck.id(3), how))
                    .plan()
                    .steps()
                    .getFirst();
            var before = deck.cluster.call(3, "CLUSTER", "NODES");
            assertEquals("OK", deck.cluster.call(6, "CLUSTER", "FAILOVER", "TAKEOVER"));
            deck.cluster.until(
                    "it follows the elected one",
                    () -> deck.cluster
                                    .info(3, "master_port")
                                    .equals("" + deck.cluster.server(6).port())
                            && deck.cluster.info(3, "master_link_status").equals("up"));
            assertEquals("failover.other-master", refused(step, deck.ops));
            // and where only the others have heard of it
            var heir = deck.node(3).address();
            var ops = deck.ops;
            var behind = new Ops(
                    ops.spec(),
                    ops.now(),
                    new Told(
                            ops.links(),
                            (to, command, reply) -> to.equals(heir) && command.equals(List.of("CLUSTER", "NODES"))
                                    ? new Reply.Text(before)
                                    : reply),
                    ops.ground(),
                    ops.learn());
            assertEquals("failover.other-master", refused(step, behind));
            assertEquals("master", deck.cluster.info(6, "role"));
            assertEquals("slave", deck.cluster.info(3, "role"));
        }
    }

    /** There were too few to vote when it was offered. */
    @Test
    void aMajorityThatIsBackIsNotOverruled() throws Exception {
        try (var deck = new Operated(LocalCluster.start(3, 1), folder)) {
            assertEquals("OK", deck.cluster.call(3, "CONFIG", "SET", "cluster-replica-no-failover", "yes"));
            var stopped = List.of(deck.cluster.pid(0), deck.cluster.pid(1));
            stopped.forEach(pid -> LocalCluster.signal(pid, "STOP"));
            deck.cluster.until(
                    "suspected", () -> !Quorum.of(deck.ops.now().get()).holds());
            var step = Operated.ready(deck.failover.failover(deck.id(3), How.TAKEOVER))
                    .plan()
                    .steps()
                    .getFirst();
            LocalCluster.signal(stopped.getLast(), "CONT");
            deck.cluster.until("it votes again", () -> deck.cluster.answers(1));
            assertEquals("failover.majority-there", refused(step, deck.ops));
            assertEquals("slave", deck.cluster.info(3, "role"));
        }
    }

    private static String refused(Step step, Ops ops) {
        var again = new HandOver(step.id(), step.on(), step.spec(), ops);
        return assertThrows(NotAllowed.class, () -> again.apply(ops.ground(), line -> {}))
                .what()
                .key();
    }
}
