package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Unattended;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Fact;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.StageSpan;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes under systemd that log to the journal alone: closed to the account at first, then open. */
@Tag("lab")
@Timeout(300)
class JournalLabTest {
    @TempDir
    static Path ours;

    private static Lab lab;

    @TempDir
    Path home;

    @BeforeAll
    static void hosts() throws Exception {
        System.setProperty("clusterdeck.ssh", ours.resolve("ssh").toString());
        lab = Lab.bare(1, "systemd");
        Kind.server(lab, Unattended.TRUSTING, "h1", ours.resolve("a"), "/usr/local/bin/redis-server");
    }

    @AfterAll
    static void end() {
        System.clearProperty("clusterdeck.ssh");
    }

    private static void make(Kind made) {
        lab.exec("h1", "useradd", "--system", "redis");
        for (int i = 0; i < 6; i++) {
            int port = made.port(i);
            var data = "/var/lib/redis/" + port;
            lab.exec("h1", "sh", "-c", "mkdir -p " + data + " && chown redis " + data);
            Kind.put(
                    lab,
                    "h1",
                    "port %d\ndir %s\ncluster-enabled yes\ncluster-node-timeout 2000\nprotected-mode no\n"
                            .formatted(port, data),
                    "/etc/redis/" + port + ".conf");
            lab.exec("h1", "chown", "redis", "/etc/redis/" + port + ".conf");
            Kind.put(
                    lab,
                    "h1",
                    "[Service]\nUser=redis\nExecStart=/usr/local/bin/redis-server /etc/redis/%d.conf\n".formatted(port),
                    "/etc/systemd/system/redis-" + port + ".service");
        }
        lab.exec("h1", "systemctl", "daemon-reload");
        for (int i = 0; i < 6; i++) {
            lab.exec("h1", "systemctl", "start", "redis-" + made.port(i));
        }
        made.create();
    }

    private static boolean noted(Timeline t, String key) {
        return t.notes().stream().anyMatch(n -> n.key().equals(key));
    }

    /** The failover of a master, once it is told with or without lines of the journal. */
    private static Kept told(OpenCluster cluster, NodeId failed, boolean logged) {
        HandMade.until(() -> cluster.timelines().all().stream().anyMatch(k -> whole(k, failed, logged)));
        return cluster.timelines().all().stream()
                .filter(k -> whole(k, failed, logged))
                .findFirst()
                .orElseThrow();
    }

    private static boolean whole(Kept kept, NodeId failed, boolean logged) {
        var t = kept.timeline();
        return t.failed().equals(failed)
                && t.outcome() == Timeline.Outcome.TAKEN_OVER
                && t.kind() == Timeline.Kind.AUTOMATIC
                && logged == t.facts().stream().anyMatch(Fact::logged)
                && logged != noted(t, "timeline.note.journal");
    }

    private static void kill(int port) {
        lab.exec("h1", "systemctl", "kill", "-s", "KILL", "redis-" + port);
    }

    @Test
    void isReadWhereTheAccountMayReadIt() throws Exception {
        try (var made = new Kind(lab, "h1", Unattended.TRUSTING, 9000, lab.address("h1"), 9000, "")) {
            make(made);
            try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
                var cluster = Operating.adopted(lab, deck, made, "");
                var first = Operating.id(cluster, made, 0);
                var refused = assertThrows(NotAllowed.class, () -> cluster.log(first, 100, line -> {}));
                assertEquals("deck.journal-closed", refused.what().key());
                cluster.timelines().settled(Duration.ofSeconds(20));
                kill(9000);
                told(cluster, first, false);
            }
            lab.exec("h1", "systemctl", "start", "redis-9000");
            HandMade.until(() -> made.says(0, "INFO", "replication").contains("master_link_status:up"));
            lab.exec("h1", "usermod", "-aG", "systemd-journal", "ops");
            try (var deck = DeckApp.open(Home.at(home), Unattended.TRUSTING)) {
                var cluster = deck.open("kind");
                HandMade.until(() -> cluster.watch().now().nodes().size() == 6);
                Operating.sees(cluster, Operating.id(cluster, made, 1), true);
                var lines = new ConcurrentLinkedQueue<String>();
                try (var following = cluster.log(Operating.id(cluster, made, 1), 100, line -> lines.add(line.text()))) {
                    HandMade.until(() -> lines.stream().anyMatch(l -> l.contains("Running mode=cluster")));
                    cluster.timelines().settled(Duration.ofSeconds(20));
                    kill(9002);
                    var kept = told(cluster, Operating.id(cluster, made, 2), true);
                    // no line tells of the suspicion: where all suspect at once, it is over before the next look
                    assertTrue(
                            kept.timeline().stages().stream()
                                    .allMatch(s -> s.state() == StageSpan.State.DONE || s.stage() == Stage.SUSPECTED),
                            kept::toString);
                    HandMade.until(() -> lines.stream().anyMatch(l -> l.contains("Failover auth granted")));
                    assertTrue(following.alive());
                }
                // the past, of which there was no line before, is read back, too
                HandMade.until(() -> cluster.timelines().all().stream()
                        .map(Kept::timeline)
                        .anyMatch(t -> t.failed().equals(Operating.id(cluster, made, 0))
                                && t.facts().stream().anyMatch(Fact::logged)));
            }
        }
    }
}
