package io.clusterdeck.redis.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("local")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SettledTest {

    @Test
    void waitsForAFormedClusterAndSaysWhatIsMissingWhenANodeIsGone() throws Exception {
        var servers = RealRedis.formed(3, 1);
        try (var all = RealRedis.closing(servers);
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE)) {
            var nodes = servers.stream().map(RealRedis::address).toList();
            var told = new ArrayList<Line>();
            servers.getLast().freeze();
            Settled.await(links, nodes, Duration.ofMinutes(2), line -> {
                if (told.isEmpty()) {
                    thawed(servers.getLast());
                }
                told.add(line);
            });
            assertFalse(told.isEmpty(), "while one hangs it is not settled");
            assertEquals(List.of(), Settled.missing(links, nodes));
            // one connection breaks under one question
            var breaks = new AtomicBoolean(true);
            Ways once = to -> {
                if (breaks.getAndSet(false)) {
                    throw new Unreachable(Say.of("broke"), Say.of("broke"));
                }
                return Ways.DIRECT.to(to);
            };
            try (var breaking = new LettuceLinks(once, () -> Login.NONE)) {
                assertEquals(List.of(), Settled.missing(breaking, nodes));
            }
            assertFalse(breaks.get());

            servers.getLast().kill();
            var late = assertThrows(
                    OutcomeUnknown.class, () -> Settled.await(links, nodes, Duration.ofMillis(200), line -> {}));
            assertTrue(
                    late.what().toString().contains(servers.getLast().address().toString()),
                    late.what().toString());
            List<NodeAddress> others = nodes.subList(0, 5);
            assertTrue(Settled.missing(links, others).stream()
                    .noneMatch(s -> s.key().equals("watch.settled.no-answer")));
        }
    }

    private static void thawed(RealRedis server) {
        try {
            server.thaw();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void emptyServersHaveNotSettled() throws Exception {
        var servers = RealRedis.cluster(2);
        try (var all = RealRedis.closing(servers);
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE)) {
            var missing = Settled.missing(
                    links, servers.stream().map(RealRedis::address).toList());
            assertEquals(
                    2,
                    missing.stream()
                            .filter(s -> s.key().equals("watch.settled.state"))
                            .count());
        }
    }
}
