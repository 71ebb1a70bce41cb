package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is not known is not called stopped. */
class AllNodesTest {

    private static final NodeSite ONE = NodeSite.of(
                    new NodeAddress("10.0.0.1", 9000),
                    new HostName("h1"),
                    new RemotePath("/r/redis-server"),
                    new RemotePath("/r/redis.conf"),
                    new RemotePath("/r"))
            .made();

    private static Offer stopWhen(List<Finding> health) throws Exception {
        return all(health, List.of(ONE)).stop();
    }

    private static AllNodes all(List<Finding> health, List<NodeSite> sites) {
        var state = new ClusterState(
                "carts",
                Instant.EPOCH,
                Map.of(),
                Map.of(),
                List.of(),
                health,
                SlotOwners.none(),
                0,
                Duration.ofMillis(100),
                0);
        var spec = new ClusterSpec("carts", false, false, List.of(), List.of(), Access.DIRECT, "", sites);
        return new AllNodes(new Ops(() -> spec, () -> state, new Nobody(), new Nowhere(), site -> {}));
    }

    private static String why(Offer offer) {
        return assertInstanceOf(Offer.Refused.class, offer).why().key();
    }

    @Test
    void nobodyWasHeardYet() throws Exception {
        assertEquals("nodes.none-heard", why(stopWhen(List.of())));
    }

    @Test
    void everyAddressWasFoundEmpty() throws Exception {
        var words = Say.of("nodes.none-runs");
        for (var rule : List.of("nobody-there", "none-runs")) {
            var empty = new Finding(rule, Level.BAD, Optional.empty(), words, words, words, Optional.empty());
            assertEquals("nodes.none-runs", why(stopWhen(List.of(empty))));
        }
    }

    @Test
    void whereNothingIsKnownOfTheProcessesNoneIsSaidToRun() throws Exception {
        assertEquals("nodes.none-known", why(all(List.of(), List.of()).start()));
    }

    private static final class Nobody implements Links {
        @Override
        public Link act(NodeAddress to) {
            throw new AssertionError("nobody is asked");
        }

        @Override
        public Link watch(NodeAddress to) {
            throw new AssertionError("nobody is asked");
        }

        @Override
        public void close() {}
    }

    private static final class Nowhere implements Ground {
        @Override
        public Host host(HostName name) {
            throw new AssertionError("no host is asked");
        }

        @Override
        public Optional<Secret> secret(String name) {
            return Optional.empty();
        }
    }
}
