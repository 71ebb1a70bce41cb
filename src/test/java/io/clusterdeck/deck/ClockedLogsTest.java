package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.OneNode;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.RemotePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
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
                    (id, back, to) -> here.follow(List.of(new RemotePath(log.toString())), to),
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
}
