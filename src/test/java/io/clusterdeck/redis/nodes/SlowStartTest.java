package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was started and can't be connected to: only its host tells whether it still runs. */
@Tag("local")
class SlowStartTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private Operated deck;
    private StartStep step;

    @BeforeEach
    void stopped() throws Exception {
        deck = new Operated(LocalCluster.start(3, 0), folder);
        deck.cluster.kill(0);
        deck.seesDown(0);
        step = Operated.ready(deck.nodes.start(deck.id(0))).plan().steps().stream()
                .filter(StartStep.class::isInstance)
                .map(StartStep.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void close() {
        deck.close();
    }

    /** What a host is asked is counted. */
    private Ground ground() {
        return new Ground() {
            @Override
            public Host host(HostName name) throws Failure {
                asked.incrementAndGet();
                return deck.ops.ground().host(name);
            }

            @Override
            public Optional<Secret> secret(String name) {
                return Optional.empty();
            }
        };
    }

    interface Wish {
        /** Whether connecting works now. */
        boolean granted();
    }

    private void start(Wish wish, Duration unheard) throws Exception {
        var links = new Links() {
            @Override
            public Link act(NodeAddress to) throws Failure, InterruptedException {
                if (!wish.granted()) {
                    throw new Unreachable(Say.of("link.over", "node", to), Say.of("link.over.next"));
                }
                return deck.ops.links().act(to);
            }

            @Override
            public Link watch(NodeAddress to) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
        var ops = new Ops(deck.ops.spec(), deck.ops.now(), links, deck.ops.ground(), deck.ops.learn());
        new StartStep(step.id(), step.on(), step.spec(), ops).apply(ground(), line -> {}, unheard);
    }

    @Test
    void oneThatRunsIsWaitedFor() throws Exception {
        start(() -> asked.get() > 2, LONG);
        assertEquals("PONG", deck.cluster.call(0, "PING"));
        assertEquals(3, asked.get(), "it was started, and looked at twice");
    }

    @Test
    void oneThatEndedIsNotWaitedForAndItsLastWordsAreTold() {
        var killed = new AtomicBoolean();
        Wish kills = () -> {
            if (!killed.getAndSet(true)) {
                deck.cluster.kill(0);
            }
            return false;
        };
        var died = assertThrows(CommandFailed.class, () -> start(kills, LONG));
        assertEquals("nodes.start.died", died.what().key());
        assertEquals(2, asked.get(), "it was started, and looked at once");
    }

    @Test
    void oneThatRunsAndIsNeverReachedIsNotCalledDead() {
        var unheard = assertThrows(CommandFailed.class, () -> start(() -> false, Duration.ZERO));
        assertEquals("nodes.start.unheard", unheard.what().key());
        assertEquals("PONG", deck.cluster.call(0, "PING"));
    }
}
