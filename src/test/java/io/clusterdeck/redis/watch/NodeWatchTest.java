package io.clusterdeck.redis.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LeastAcl;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
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

    /** Counts up, and lets something happen between two questions. */
    private record Between(Link real, AtomicInteger asked, Runnable once) implements Link {
        @Override
        public NodeAddress to() {
            return real.to();
        }

        @Override
        public Reply call(Duration limit, String... command) throws Failure, InterruptedException {
            return real.call(limit, command);
        }

        @Override
        public List<Reply> callAll(Duration limit, List<String[]> commands) throws Failure, InterruptedException {
            boolean section = commands.stream().anyMatch(c -> Arrays.equals(c, new String[] {"INFO", "replication"}));
            if (section && asked.getAndIncrement() == 0) {
                once.run();
            }
            return real.callAll(limit, commands);
        }

        @Override
        public long connections() {
            return real.connections();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    /** Which process was shown, and how it was said to be set. */
    private record Told(String run, String limit) {
        static Told of(Sighting seen) {
            var info = seen.info().orElseThrow();
            return new Told(
                    info.text("run_id").orElse(""),
                    info.text("config:maxmemory").orElse(""));
        }
    }

    /** Told after each look. */
    private record Each(RowPool rows, Runnable looked) implements NodeWatch.Hub {
        Each(Runnable looked) {
            this(new RowPool(), looked);
        }

        @Override
        public Pace pace(double micros) {
            return new Pace(6, micros);
        }

        @Override
        public long changes() {
            return 0;
        }

        @Override
        public void seen(boolean changed) {
            looked.run();
        }
    }

    @Test
    @Tag("local")
    void whatAProcessSaidIsNotTakenForWhatTheNextOneSays() throws Exception {
        var servers = RealRedis.cluster(1);
        var redis = servers.getFirst();
        try (var closing = RealRedis.closing(servers);
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
                var other = links.act(redis.address())) {
            other.call("CONFIG", "SET", "maxmemory", "104857600");
            var again = new AtomicBoolean();
            var link = new Between(links.watch(redis.address()), new AtomicInteger(), () -> {
                restart(redis, other);
                again.set(true);
            });
            var first = new AtomicReference<Sighting>();
            var shown = new AtomicReference<NodeWatch>();
            var hub = new Each(() -> {
                if (again.get()) {
                    first.compareAndSet(null, shown.get().sighting());
                }
            });
            try (var watch = new NodeWatch(redis.address(), link, hub)) {
                shown.set(watch);
                watch.start();
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> first.get() != null);
            }
            try (var now = links.act(redis.address())) {
                var run = InfoParser.parse(now.call("INFO", "server").text()).get("run_id");
                assertEquals(new Told(Objects.requireNonNull(run), "0"), Told.of(first.get()));
            }
        }
    }

    @Test
    @Tag("local")
    void aPermissionThatIsTakenAwayTakesAwayWhatItShowed() throws Exception {
        var servers = RealRedis.cluster(1);
        var redis = servers.getFirst();
        redis.inline("ACL SETUSER eye on >pw " + LeastAcl.text());
        try (var closing = RealRedis.closing(servers);
                var links = new LettuceLinks(Ways.DIRECT, () -> new Login("eye", Optional.of(Secret.of("pw"))));
                var watch = new NodeWatch(redis.address(), links.watch(redis.address()), Asked.counting(() -> 0))) {
            watch.start();
            Awaitility.await().until(() -> shown(watch).isPresent());
            redis.inline("ACL SETUSER eye -info");
            Awaitility.await().until(() -> watch.sighting().refused().containsKey("INFO"));
            assertEquals(Optional.empty(), shown(watch));
            assertTrue(watch.sighting().answers());
        }
    }

    /** What an action was refused dims what needs it. */
    @Test
    @Tag("local")
    void whatAnActionWasRefusedIsToldByName() throws Exception {
        var servers = RealRedis.formed(1, 0);
        var redis = servers.getFirst();
        redis.inline("ACL SETUSER hand on >pw ~* &* +@all -bgrewriteaof");
        try (var closing = RealRedis.closing(servers);
                var links = new LettuceLinks(Ways.DIRECT, () -> new Login("hand", Optional.of(Secret.of("pw"))));
                var watch = new NodeWatch(redis.address(), links.watch(redis.address()), Asked.counting(() -> 0));
                var act = links.act(redis.address())) {
            watch.start();
            Awaitility.await().until(() -> watch.sighting().answers());
            act.call("BGREWRITEAOF");
            Awaitility.await().until(() -> watch.sighting().refused().containsKey("BGREWRITEAOF"));
            redis.inline("ACL SETUSER hand +bgrewriteaof");
            act.call("BGREWRITEAOF");
            Awaitility.await().until(() -> watch.sighting().refused().isEmpty());
        }
    }

    private static Optional<String> shown(NodeWatch watch) {
        return watch.sighting().info().flatMap(i -> i.text("used_memory"));
    }

    /** Until those who were connected know that it is another. */
    private static void restart(RealRedis redis, Link before) {
        redis.kill();
        try {
            redis.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().until(() -> {
            try {
                before.call("PING");
                return false;
            } catch (Unreachable known) {
                return true;
            } catch (OutcomeUnknown notYet) {
                return false;
            }
        });
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
