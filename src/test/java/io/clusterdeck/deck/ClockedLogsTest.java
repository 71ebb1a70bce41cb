package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.OneNode;
import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.RemotePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockedLogsTest {
    private static final String LINE = "1834:M 22 Nov 2026 11:58:01.204 * DB saved on disk";

    /** Of a node whose clock is set while we look: it tells so many seconds more. */
    private record Set(Links real, AtomicLong ahead) implements Links {
        @Override
        public Link act(NodeAddress to) throws Failure, InterruptedException {
            var link = real.act(to);
            return new Link() {
                @Override
                public NodeAddress to() {
                    return to;
                }

                @Override
                public Reply call(Duration limit, String... command) throws Failure, InterruptedException {
                    var told = (Reply.Many) link.call(limit, command);
                    long seconds = Long.parseLong(told.items().get(0).text()) + ahead.get();
                    return new Reply.Many(List.of(
                            new Reply.Text(Long.toString(seconds)), told.items().get(1)));
                }

                @Override
                public void close() {
                    link.close();
                }
            };
        }

        @Override
        public Link watch(NodeAddress to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    @Test
    void aClockThatIsSetWhileItsLogIsFollowedIsMeasuredAgain(@TempDir Path folder) throws Exception {
        var log = Files.createFile(folder.resolve("redis.log"));
        try (var one = new OneNode(log)) {
            var here = new LocalHost(OneNode.HOST);
            var ahead = new AtomicLong();
            var links = new Set(one.links, ahead);
            var ops = new Ops(() -> one.spec, one::state, links, one.on(() -> here), site -> {});
            var logs = new ClockedLogs(
                    () -> one.spec,
                    one.watch,
                    links,
                    new HostOperations(ops),
                    id -> Optional.empty(),
                    (id, back, to) -> here.follow(List.of(new RemotePath(log.toString())), to::accept),
                    Duration.ofMillis(50));
            var told = new CopyOnWriteArrayList<LogEntry>();
            var followed = logs.follow(one.id(), 0, told::add);
            assertTrue(followed.doubt().isEmpty());
            write(log);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> told.size() == 1);
            ahead.set(3_600);
            Awaitility.await("the hour is taken off")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        write(log);
                        return told.stream()
                                .anyMatch(e -> Math.abs(Duration.between(
                                                                e.at(),
                                                                told.getFirst().at())
                                                        .toSeconds()
                                                - 3_600)
                                        <= 1);
                    });
            followed.following().close();
            assertTrue(followed.following().over());
            assertEquals(LINE, told.getFirst().line());
        }
    }

    private static void write(Path log) throws Exception {
        Files.writeString(log, LINE + "\n", StandardOpenOption.APPEND);
    }

    /** Six nodes of a host, opened together, do not look at it six times; a server that was started anew writes in the zone of now. */
    @Test
    void aHostIsAskedForItsZoneOnce(@TempDir Path folder) throws Exception {
        var log = Files.createFile(folder.resolve("redis.log"));
        try (var one = new OneNode(log)) {
            var here = new LocalHost(OneNode.HOST);
            var looks = new AtomicInteger();
            var restarted = new AtomicBoolean();
            var ops = new Ops(
                    () -> one.spec,
                    one::state,
                    one.links,
                    one.on(() -> {
                        looks.incrementAndGet();
                        return here;
                    }),
                    site -> {});
            var logs = new ClockedLogs(
                    () -> one.spec,
                    new Restarting(one.watch, restarted),
                    one.links,
                    new HostOperations(ops),
                    id -> Optional.of(ClockOffset.NONE),
                    (id, back, to) -> here.follow(List.of(new RemotePath(log.toString())), to::accept),
                    Duration.ofMillis(50));
            var opened = new CopyOnWriteArrayList<MergedLogs.Followed>();
            try (var side = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 6; i++) {
                    side.submit(() -> opened.add(logs.follow(one.id(), 0, entry -> {})));
                }
            }
            assertEquals(6, opened.size());
            assertEquals(1, looks.get());
            restarted.set(true);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() == 1 + 6);
            opened.forEach(f -> f.following().close());
        }
    }

    /** Its node is another process, once it was said so. */
    private record Restarting(Watch real, AtomicBoolean restarted) implements Watch {
        @Override
        public ClusterState now() {
            var state = real.now();
            if (!restarted.get()) {
                return state;
            }
            return state.nodes().values().stream()
                    .findFirst()
                    .map(n -> with(state, n))
                    .orElseThrow();
        }

        private static ClusterState with(ClusterState state, Node n) {
            var info = n.info().orElseThrow();
            var changed = new HashMap<>(info.info());
            changed.put("run_id", "another");
            var node = new NodeLike(n)
                    .info(Optional.of(new NodeInfo(info.at(), changed, info.clusterInfo())))
                    .node();
            return new ClusterState(
                    state.name(),
                    state.at(),
                    Map.of(n.id(), node),
                    state.views(),
                    state.disagreements(),
                    state.health(),
                    state.owners(),
                    state.currentEpoch(),
                    state.tick(),
                    state.cost());
        }

        @Override
        public Subscription each(Consumer<ClusterState> to) {
            return real.each(to);
        }

        @Override
        public void close() {}
    }
}
