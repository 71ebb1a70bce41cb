package io.clusterdeck.redis.watch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NodeWatchTest {
    private static final NodeAddress GONE = new NodeAddress("127.0.0.1", 1);

    /** To a node that is away. */
    private record Away(NodeAddress to) implements Link {
        @Override
        public Reply call(Duration limit, String... command) throws Unreachable {
            throw new Unreachable(Say.of("link.refused", "node", to), Say.of("link.refused.next"));
        }

        @Override
        public void close() {}
    }

    /** Counts how often the node was asked. */
    private record Asked(AtomicInteger times, RowPool rows, LongSupplier noticed) implements NodeWatch.Hub {
        static Asked counting(LongSupplier noticed) {
            return new Asked(new AtomicInteger(), new RowPool(), noticed);
        }

        @Override
        public Pace pace(double micros) {
            return new Pace(6, micros);
        }

        @Override
        public long changes() {
            return noticed.getAsLong();
        }

        @Override
        public void seen(boolean changed) {
            times.incrementAndGet();
        }
    }

    @Test
    void oneThatIsAwayIsLookedForAtOnceWhenOthersNoticeSomething() {
        var calm = Asked.counting(() -> 0);
        var others = new AtomicInteger();
        var busy = Asked.counting(others::incrementAndGet);
        try (var patient = new NodeWatch(GONE, new Away(GONE), calm).start();
                var roused = new NodeWatch(GONE, new Away(GONE), busy).start()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> calm.times().get() >= 6);
            assertTrue(
                    busy.times().get() >= 2 * calm.times().get(),
                    () -> busy.times() + " looks instead of " + calm.times() + " at "
                            + patient.sighting().contact() + " and "
                            + roused.sighting().contact());
        }
    }
}
