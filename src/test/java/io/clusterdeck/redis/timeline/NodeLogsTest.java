package io.clusterdeck.redis.timeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.OneNode;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Sshd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("local")
class NodeLogsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LINE = "1:M 22 Nov 2026 12:00:0%d.000 # Cluster state changed: fail\n";

    @TempDir
    Path folder;

    /** As when a host's account or address was changed: it is closed, and another one opened in its place. */
    @Test
    void aLogWhoseHostWasOpenedAnewIsFollowedAgain() throws Exception {
        var log = Files.writeString(folder.resolve("redis.log"), LINE.formatted(0));
        var told = new CopyOnWriteArrayList<Fact>();
        try (var sshd = new Sshd(folder.resolve("sshd"))) {
            sshd.allow("id_ed25519", "ed25519", "");
            try (var one = new OneNode(log);
                    var first = sshd.host(new Sshd.Person(true));
                    var second = sshd.host(new Sshd.Person(true))) {
                var now = new AtomicReference<Host>(first);
                try (var logs = new NodeLogs(one.on(now::get), (fact, host) -> told.add(fact))) {
                    logs.keepUp(one.spec, one.state());
                    write(log, 1);
                    await("followed").atMost(PATIENCE).until(() -> told.stream().anyMatch(f -> second(f) == 1));
                    first.close();
                    now.set(second);
                    write(log, 2);
                    await("followed again").atMost(PATIENCE).until(() -> {
                        logs.keepUp(one.spec, one.state());
                        return told.stream().anyMatch(f -> second(f) == 2);
                    });
                }
            }
        }
    }

    private static long second(Fact fact) {
        return fact.at().getEpochSecond() % 60;
    }

    private static void write(Path log, int second) throws IOException {
        Files.writeString(log, LINE.formatted(second), StandardOpenOption.APPEND);
    }

    @Test
    void aJournalThatRefusesIsNotAskedAgainAndNobodyWaitsForIt() throws Exception {
        var node = new NodeId("a");
        var units = Map.of("no-such-unit-of-ours.service", node);
        try (var journals = new JournalLogs((fact, host) -> {}, (id, host) -> {})) {
            assertFalse(journals.follows(LocalCluster.HOST, units));
            journals.follow(new LocalHost(LocalCluster.HOST), units);
            assertTrue(journals.refuses(node));
            assertTrue(journals.follows(LocalCluster.HOST, units));
            var threads = folder.resolve("threads");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(threads.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
            assertFalse(Files.readString(threads).contains("read journal of"), "a thread that waits for nothing");
        }
    }
}
