package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.nodes.Layouts;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Say;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The first look waits for what its findings rest on. */
class SightTest {

    private static final Instant AT = Instant.parse("2026-11-22T09:00:00Z");

    private final AtomicReference<Optional<Instant>> looked = new AtomicReference<>(Optional.empty());
    private final List<Consumer<ClusterState>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<ClusterState> now = new AtomicReference<>(state(0));

    private static ClusterState state(int second) {
        return new Layouts(3, 1).state(AT.plusSeconds(second));
    }

    private static final NodeAddress ONE = new NodeAddress("10.0.0.1", 9000);
    private static final NodeAddress TWO = new NodeAddress("10.0.0.2", 9000);
    private static final ClusterSpec SPEC = new ClusterSpec(
            "carts", false, false, List.of(), List.of(ONE, TWO), ClusterSpec.Access.DIRECT, "", List.of());

    private final List<Say> told = new CopyOnWriteArrayList<>();
    private final Map<NodeAddress, Contact> contacts = new ConcurrentHashMap<>();

    private final Watch watch = new Watch() {
        @Override
        public Contact contact(NodeAddress at) {
            return contacts.getOrDefault(at, new Contact.Unknown());
        }

        @Override
        public ClusterState now() {
            return now.get();
        }

        @Override
        public Subscription each(Consumer<ClusterState> to) {
            listeners.add(to);
            return () -> listeners.remove(to);
        }

        @Override
        public void close() {}
    };

    private OpenCluster cluster() {
        return (OpenCluster) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {OpenCluster.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "watch" -> watch;
                    case "looked" -> looked.get();
                    case "spec" -> SPEC;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void tick(int second) {
        now.set(state(second));
        listeners.forEach(l -> l.accept(now.get()));
    }

    @Test
    void theStateIsOneThatWasJudgedAfterTheHostsWereLookedAt() throws Exception {
        var ticking = Thread.ofVirtual().start(() -> {
            for (int second = 1; second < 1000 && !Thread.interrupted(); second++) {
                if (second == 5) {
                    looked.set(Optional.of(AT.plusSeconds(5)));
                }
                tick(second);
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            }
        });
        try {
            var seen = Sight.whole(cluster(), Duration.ofSeconds(30), told::add);
            assertTrue(seen.at().isAfter(AT.plusSeconds(5)), seen.at().toString());
        } finally {
            ticking.interrupt();
            ticking.join();
        }
    }

    @Test
    void hostsThatAreSlowAreNotWaitedForForEver() throws Exception {
        assertEquals(
                AT, Sight.whole(cluster(), Duration.ofMillis(50), told::add).at());
    }

    private static Contact gone() {
        return new Contact.Gone(AT, Say.of("link.reason.refused"));
    }

    private static ClusterState nobody(int second) {
        return new ClusterState(
                "carts",
                AT.plusSeconds(second),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                SlotOwners.none(),
                0,
                Duration.ofMillis(100),
                0);
    }

    /** What a first look of half an hour says once this was seen. */
    private Future<ClusterState> looking() {
        now.set(nobody(0));
        var seen = new CompletableFuture<ClusterState>();
        Thread.ofVirtual().start(() -> {
            try {
                seen.complete(Sight.of(cluster(), Duration.ofMinutes(30), told::add));
            } catch (InterruptedException over) {
                seen.cancel(true);
            }
        });
        Awaitility.await().until(() -> !listeners.isEmpty());
        return seen;
    }

    private void nobodyAt(int second) {
        now.set(nobody(second));
        listeners.forEach(l -> l.accept(now.get()));
    }

    @Test
    void aStoppedClusterIsNotWaitedForToTheEnd() throws Exception {
        contacts.put(ONE, gone());
        contacts.put(TWO, new Contact.Refuses(AT, Say.of("link.wrong-password")));
        var seen = looking();
        nobodyAt(2);
        assertEquals(AT.plusSeconds(2), seen.get(1, TimeUnit.MINUTES).at());
    }

    private static ClusterState without(int second, boolean givenUp) {
        var unheard = new Layouts(3, 1);
        if (givenUp) {
            unheard.fail(Layouts.m(1));
        }
        return unheard.contact(Layouts.m(1), new Contact.Unknown()).state(AT.plusSeconds(second));
    }

    /** Of a host that crashed: to find out by ourselves that nobody is there may take a quarter of a minute. */
    @Test
    void whomTheOthersHaveGivenUpIsNotWaitedFor() throws Exception {
        var seen = looking();
        for (var state : List.of(without(600, false), without(1, true))) {
            now.set(state);
            listeners.forEach(l -> l.accept(state));
            assertFalse(seen.isDone());
            assertEquals(
                    state.at().equals(AT.plusSeconds(1)), Sight.unheard(state).isEmpty());
        }
        var sure = without(2, true);
        now.set(sure);
        listeners.forEach(l -> l.accept(sure));
        assertEquals(sure, seen.get(1, TimeUnit.MINUTES));
    }

    @Test
    void oneThatWasMissedOnceOrNotTriedYetIsWaitedFor() throws Exception {
        contacts.put(ONE, gone());
        var seen = looking();
        nobodyAt(600);
        contacts.put(TWO, new Contact.Gone(AT.plusSeconds(600), Say.of("link.reason.refused")));
        nobodyAt(600);
        assertFalse(seen.isDone());
        tick(700);
        assertEquals(AT.plusSeconds(700), seen.get(1, TimeUnit.MINUTES).at());
    }

    /** A connection that comes about too late, and one on which nothing is said, are no proof that nobody is there. */
    @Test
    void whoTellsNothingIsWaitedForAndNamed() throws Exception {
        var late = Say.of("link.unreachable", "node", ONE, "reason", Say.of("link.reason.timeout"));
        contacts.put(ONE, new Contact.Gone(AT, late));
        contacts.put(TWO, new Contact.Silent(AT));
        var seen = looking();
        nobodyAt(1);
        assertEquals(List.of(), told);
        nobodyAt(600);
        assertFalse(seen.isDone());
        var who = List.of(
                Say.of("cli.waits.for", "node", ONE, "how", Say.of("link.reason.timeout")),
                Say.of("cli.waits.for", "node", TWO, "how", Say.of("cli.status.silent")));
        assertEquals(List.of(Say.of("cli.waits", "seconds", 1800L, "nodes", who)), told);
        nobodyAt(700);
        assertEquals(1, told.size(), "once");
        tick(701);
        assertEquals(AT.plusSeconds(701), seen.get(1, TimeUnit.MINUTES).at());
    }

    /** Who is not there just now may be there in a moment: that somebody is waited for is said once there is whom to name. */
    @Test
    void nobodyIsNotNamed() throws Exception {
        contacts.put(ONE, gone());
        contacts.put(TWO, new Contact.Gone(AT.plusSeconds(603), Say.of("link.reason.refused")));
        var seen = looking();
        nobodyAt(600);
        nobodyAt(603);
        assertFalse(seen.isDone());
        assertEquals(List.of(), told);
        contacts.put(TWO, new Contact.Silent(AT.plusSeconds(603)));
        nobodyAt(603);
        assertEquals(1, told.size());
    }

    /** On a busy computer the first state comes late: until then nobody was asked, and nothing was waited for. */
    @Test
    void openingIsNoWaiting() throws Exception {
        contacts.put(ONE, new Contact.Silent(AT));
        looking();
        nobodyAt(600);
        nobodyAt(602);
        assertEquals(List.of(), told);
        nobodyAt(603);
        assertEquals(1, told.size());
    }

    /** Where the others answer, one that does not is given some time, unless they suspect it, too. */
    @Test
    void oneThatIsSlowIsGivenSomeTime() throws Exception {
        var seen = looking();
        var silent = new Contact.Silent(AT.plusSeconds(10));
        show(new Layouts(3, 1).contact(Layouts.m(1), silent).state(AT.plusSeconds(12)));
        assertFalse(seen.isDone());
        var sure = new Layouts(3, 1).contact(Layouts.m(1), silent).state(AT.plusSeconds(14));
        show(sure);
        assertEquals(sure, seen.get(1, TimeUnit.MINUTES));
        var suspected = new Layouts(3, 1);
        suspected.fail(Layouts.m(1));
        var given = suspected.contact(Layouts.m(1), silent).state(AT.plusSeconds(11));
        seen = looking();
        show(given);
        assertEquals(given, seen.get(1, TimeUnit.MINUTES));
    }

    private void show(ClusterState state) {
        now.set(state);
        listeners.forEach(l -> l.accept(state));
    }
}
