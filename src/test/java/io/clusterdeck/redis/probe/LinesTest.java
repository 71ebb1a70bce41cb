package io.clusterdeck.redis.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often a pulse connects. */
@Timeout(300)
class LinesTest {
    private static final NodeAddress NODE = new NodeAddress("10.0.0.1", 9000);

    /** When it was connected to, in nanoseconds. */
    private final List<Long> dialled = new CopyOnWriteArrayList<>();

    private final Links links = new Links() {
        @Override
        public Link act(NodeAddress to) {
            dialled.add(System.nanoTime());
            return new Link() {
                @Override
                public NodeAddress to() {
                    return to;
                }

                @Override
                public Reply call(Duration limit, String... command) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Link watch(NodeAddress to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    };

    /** Each handshake is work for a node that is slow already; what was put off is told with the first answer. */
    @Test
    void whatBreaksAgainAndAgainIsConnectedToEverLessOften() {
        var blind = new ArrayList<Long>();
        try (var lines = new Lines(links)) {
            while (blind.size() < 5) {
                if (lines.ready(NODE).isPresent()) {
                    blind.add(lines.blind(NODE));
                    assertEquals(0, lines.blind(NODE));
                    lines.broken(NODE);
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
        for (int i = 2; i < 5; i++) {
            long between = TimeUnit.NANOSECONDS.toMillis(dialled.get(i) - dialled.get(i - 1));
            int least = 100 << (i - 2);
            assertTrue(between >= least - 1, () -> dialled + ": " + between);
            assertTrue(blind.get(i) >= least - 1, blind::toString);
        }
    }
}
