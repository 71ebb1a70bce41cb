package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose views are heard while connections take their time, as with TLS on a busy computer. */
@Timeout(300)
class ObserversTest {
    private static final String ROW = "a".repeat(40) + " 10.0.0.1:9000@19000 myself,master - 0 0 1 connected 0\n";
    private static final List<NodeAddress> NODES = IntStream.range(0, 5)
            .mapToObj(i -> new NodeAddress("10.0.0.1", 9000 + i))
            .toList();

    private static final ClusterState UNSEEN = new ClusterState(
            "c",
            Instant.EPOCH,
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            new SlotOwners(List.of(), new short[SlotRange.SLOTS]),
            0,
            Duration.ofSeconds(1),
            0);

    private final CountDownLatch opens = new CountDownLatch(1);
    private final AtomicInteger tries = new AtomicInteger();

    private record Told(NodeAddress to) implements Link {
        @Override
        public Reply call(Duration limit, String... command) {
            return new Reply.Text(ROW);
        }

        @Override
        public void close() {}
    }

    /** @param late whose connections are made once they may be, and not before somebody gave up waiting */
    private Ops ops(Set<NodeAddress> late) {
        var links = new Links() {
            @Override
            public Link act(NodeAddress to) throws InterruptedException {
                if (late.contains(to)) {
                    tries.incrementAndGet();
                    opens.await();
                }
                return new Told(to);
            }

            @Override
            public Link watch(NodeAddress to) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
        var spec = new ClusterSpec("c", false, false, List.of(), NODES, ClusterSpec.Access.DIRECT, "", List.of());
        return new Ops(() -> spec, () -> UNSEEN, links, NOBODY, site -> {});
    }

    private static final Ground NOBODY = new Ground() {
        @Override
        public Host host(HostName name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Secret> secret(String name) {
            return Optional.empty();
        }
    };

    /** Few that answer at once are no majority: what they say is not taken for what the cluster says. */
    @Test
    void aMajorityIsWaitedForLonger() throws Exception {
        var late = Set.copyOf(NODES.subList(0, 3));
        try (var observers = new Observers(ops(late), 0, TimeUnit.MINUTES.toNanos(1))) {
            var opened = Thread.ofVirtual().start(() -> {
                Awaitility.await().until(() -> tries.get() == late.size());
                opens.countDown();
            });
            var heard = observers.ask().size();
            assertTrue(heard * 2 > NODES.size(), () -> heard + " of " + NODES.size());
            opened.join();
        }
    }

    @Test
    void aConnectionThatComesLateIsThereForTheNextQuestion() throws Exception {
        var late = NODES.getFirst();
        try (var observers = new Observers(ops(Set.of(late)))) {
            assertEquals(Set.copyOf(NODES.subList(1, 5)), observers.ask().keySet());
            opens.countDown();
            assertEquals(Set.copyOf(NODES), observers.ask().keySet());
            assertEquals(1, tries.get(), "made once");
        }
    }
}
