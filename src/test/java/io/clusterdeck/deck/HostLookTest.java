package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.OneNode;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at a host tells is of the way in which one signed in to it. */
@Tag("local")
class HostLookTest {
    private static final HostSpec FIRST = HostSpec.parse("ops@127.0.0.1");
    private static final HostSpec OTHER = HostSpec.parse("root@127.0.0.1");

    @TempDir
    Path folder;

    private OneNode one;
    private HostLook look;
    private final AtomicReference<ClusterSpec> spec = new AtomicReference<>();
    private final AtomicReference<Failure> away = new AtomicReference<>();
    /** How often it was asked for in the first round. */
    private final AtomicInteger atFirst = new AtomicInteger();

    @BeforeEach
    void watched() throws Exception {
        one = new OneNode(folder.resolve("redis.log"));
        spec.set(one.spec.withHosts(List.of(FIRST)).withSites(List.of()));
        var ops = new Ops(spec::get, one::state, one.links, ground(), site -> {});
        look = new HostLook(
                spec::get,
                one::state,
                ops,
                new HostOperations(ops),
                new UpkeepFile(Home.at(folder.resolve("home")), "one"),
                new Matching(ops, ways -> one.links));
    }

    @AfterEach
    void end() {
        look.close();
        one.close();
    }

    private Ground ground() {
        return new Ground() {
            @Override
            public Host host(HostName name) throws Failure {
                if (look.looked().isEmpty()) {
                    atFirst.incrementAndGet();
                }
                if (away.get() != null) {
                    throw away.get();
                }
                return new LocalHost(name);
            }

            @Override
            public Optional<Secret> secret(String name) {
                return Optional.empty();
            }
        };
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition);
    }

    @Test
    void whoSignsInAnewIsToldWhatCameOfThat() throws Exception {
        look.begin();
        until(() -> look.seen(FIRST) && look.looked().isPresent());
        assertEquals(Optional.empty(), look.unseen(FIRST));
        var before = look.looked().orElseThrow();

        away.set(new SignInRefused(Say.of("test.refused"), Say.of("test.refused.next")));
        spec.updateAndGet(s -> s.withHosts(List.of(OTHER)));
        look.again(OTHER);
        assertFalse(look.seen(OTHER), "what was seen by the old way is no answer");
        until(() -> look.unseen(OTHER).isPresent());
        assertEquals("test.refused", look.unseen(OTHER).orElseThrow().what().key());
        assertFalse(look.seen(OTHER));
        assertEquals(Optional.empty(), look.machine(one.id()));
        until(() -> look.looked().filter(before::isBefore).isPresent());

        away.set(null);
        look.again(OTHER);
        until(() -> look.seen(OTHER));
        assertEquals(Optional.empty(), look.unseen(OTHER));
    }

    /** Nor does a refusal outlive another process's signing in. */
    @Test
    void aRefusalIsOfOneWayOnly() {
        away.set(new SignInRefused(Say.of("test.refused"), Say.of("test.refused.next")));
        look.begin();
        until(() -> look.unseen(FIRST).isPresent());
        spec.updateAndGet(s -> s.withHosts(List.of(OTHER)));
        away.set(null);
        until(() -> look.seen(OTHER));
    }

    /** By the look at the host, not once more for each node that would be there. */
    @Test
    void aHostThatCannotBeReachedIsTriedOnceInARound() {
        away.set(new Unreachable(Say.of("test.away"), Say.of("test.away.next")));
        look.begin();
        until(() -> look.looked().isPresent());
        look.close();
        var node = one.state().nodes().get(one.id());
        assertEquals(
                "nodes.host-guessed", look.unmatched(node).orElseThrow().what().key());
        assertEquals(1, atFirst.get());
    }

    /** The next one is due soon, and not in a minute: who asks for the status waits for it. */
    @Test
    void aLookThatBeganBeforeANodeWasHeardIsNoWholeOne() throws Exception {
        spec.set(one.spec);
        var rounds = new AtomicInteger();
        var ops = new Ops(spec::get, one::state, one.links, ground(), site -> {});
        try (var early = new HostLook(
                spec::get,
                () -> rounds.getAndIncrement() == 0 ? unheard() : one.state(),
                ops,
                new HostOperations(ops),
                new UpkeepFile(Home.at(folder.resolve("early")), "one"),
                new Matching(ops, ways -> one.links))) {
            early.begin();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> early.looked().isPresent());
        }
    }

    private ClusterState unheard() {
        var s = one.state();
        return new ClusterState(
                s.name(), s.at(), Map.of(), Map.of(), List.of(), List.of(), SlotOwners.none(), 0, s.tick(), 0);
    }
}
