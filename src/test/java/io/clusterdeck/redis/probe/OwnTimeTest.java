package io.clusterdeck.redis.probe;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.link.IoThreads;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Pending;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.NodeAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever holds an answer up in this process is the probe's own: nodes answer at once here. */
class OwnTimeTest {
    private static final long HELD = 400;

    private final long zero = System.nanoTime();
    private final Stalls stalls = new Stalls(this::millis);
    private final Gaps gaps = new Gaps(0, stalls, Gaps.SHORTEST);
    private final Lines.Errors errors = new Lines.Errors();

    private long millis() {
        return (System.nanoTime() - zero) / 1_000_000;
    }

    private final class Reads implements Pulse.Beat {
        @Override
        public boolean once(Router router) throws InterruptedException {
            return router.send("GET", "x").isPresent();
        }

        @Override
        public boolean late(NodeAddress by, String[] command, Reply reply) {
            return true;
        }
    }

    /** Held up once, after it worked for the first time. */
    private void held(Links links, NodeAddress at, Runnable hold) throws Exception {
        var lines = new Lines(links, List.of(at), Turns.none());
        try (stalls;
                var pulse = new Pulse(
                        "reads",
                        ShardProbe.OFTEN,
                        lines,
                        taker -> new Router(lines, at, List.of(at), errors, Optional.of(taker)),
                        new Reads(),
                        this::millis,
                        stalls,
                        new Curve(),
                        gaps)) {
            await(() -> pulse.worked() > 20);
            long from = millis();
            hold.run();
            await(() -> gaps.until(millis()).stream().anyMatch(g -> g.from() >= from - HELD && g.length() >= HELD - 50)
                    && gaps.since(millis()) < Gaps.SHORTEST);
            var gap = gaps.until(millis()).stream()
                    .filter(g -> g.from() >= from - HELD && g.length() >= HELD - 50)
                    .findFirst()
                    .orElseThrow();
            assertTrue(gap.own() >= HELD - 50, gap::toString);
            assertTrue(gap.sure() < Gaps.SHORTEST, gap::toString);
        }
    }

    private static void await(java.util.concurrent.Callable<Boolean> what) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(what);
    }

    private static void rest(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** Its answer is here at once, and who asked goes on only when it is given a processor. */
    private record Woken(NodeAddress to, AtomicBoolean late) implements Link {
        @Override
        public Reply call(Duration limit, String... words) {
            return new Reply.Text("x");
        }

        @Override
        public Pending send(String... words) {
            long now = System.nanoTime();
            return new Pending() {
                @Override
                public Optional<Reply> within(Duration limit) {
                    rest(late.getAndSet(false) ? HELD : 0);
                    return Optional.of(new Reply.Text("x"));
                }

                @Override
                public long heard() {
                    return now;
                }
            };
        }

        @Override
        public void close() {}
    }

    @Test
    void anAnswerThatLayUnreadSinceWhoAskedWasNotWoken() throws Exception {
        var late = new AtomicBoolean();
        Links links = new Links() {
            @Override
            public Link act(NodeAddress to) {
                return new Woken(to, late);
            }

            @Override
            public Link watch(NodeAddress to) {
                return act(to);
            }

            @Override
            public void close() {}
        };
        held(links, new NodeAddress("127.0.0.1", 1), () -> late.set(true));
    }

    @Test
    @Tag("local")
    void anAnswerThatLayOnTheWireSinceNobodyTookItOff() throws Exception {
        try (var cluster = LocalCluster.start(1, 0);
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE)) {
            held(links, cluster.server(0).address(), () -> IoThreads.all().forEach(t -> t.execute(() -> rest(HELD))));
        }
    }
}
