package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.timeline.Complete;
import io.clusterdeck.redis.timeline.Fact;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Recording;
import io.clusterdeck.redis.timeline.Shown;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.StageSpan;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.ssh.RemotePath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Failovers on hosts whose clocks are 3 s wrong in both directions, each recorded three times at once: from all logs, without the log of the
 * replica that wins, and without any log. One cluster of five shards; each test takes shards that are still whole.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailoverTimelineLabTest {
    private static final Set<Stage> OF_THE_HEIR = Set.of(Stage.ELIGIBLE, Stage.WAITS);

    @TempDir
    static Path folder;

    private static Lab lab;
    private static Building building;
    private static BuildPlan built;
    private static Links links;
    private static ClusterWatch watch;
    private static List<Node> masters;
    private static Recording all;
    private static Recording withoutTheHeirs;
    private static Recording withoutAny;

    @BeforeAll
    static void build() throws Exception {
        lab = Lab.bare(5);
        // a program that is linked statically, as the packaged one, would not see a wrong clock
        var install = "apt-get install -q -y --no-install-recommends redis-server";
        lab.hosts().stream().limit(5).parallel().forEach(h -> lab.exec(h, "sh", "-c", install));
        lab.skew("h2", 3);
        lab.skew("h4", -3);
        var hosts = lab.hosts().stream()
                .limit(5)
                .map(h -> "  - {name: %s, ssh: %s, user: ops, auth: [keys, %s]}"
                        .formatted(h, lab.address(h), lab.key("id_ed25519")))
                .collect(Collectors.joining("\n"));
        building = Building.over(folder);
        built = building.plan(Building.read("""
            name: timed
            hosts:
            %s
            redis: {source: installed}
            password: none
            access: direct
            layout: {ports: 9000, masters: 5, replicas: 1}
            config: {cluster-node-timeout: 2000}
            """.formatted(hosts)));
        var run = building.run(built.plan());
        assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), Building.why(run));
        links = building.links(built);
        watch = new ClusterWatch(() -> built.spec(), links);
        masters = watch.look(Duration.ofSeconds(20)).nodes().values().stream()
                .filter(Node::isMaster)
                .sorted(Comparator.comparing(n -> n.slots().getFirst().from()))
                .toList();
        all = record(built.spec());
        withoutTheHeirs = record(built.spec()
                .withSites(watch.now().nodes().values().stream()
                        .map(n -> n.isMaster() ? site(n) : lost(site(n)))
                        .toList()));
        withoutAny = record(built.spec().withSites(List.of()));
    }

    private static Recording record(ClusterSpec spec) throws InterruptedException {
        return new Recording(spec, watch, links, building);
    }

    /** Whose log is not where it is believed to be. */
    private static NodeSite lost(NodeSite s) {
        return new NodeSite(
                s.address(),
                s.local(),
                s.host(),
                s.binary(),
                s.conf(),
                s.directory(),
                s.log().map(l -> new RemotePath(l + ".nowhere")),
                s.user(),
                s.unit(),
                s.ours());
    }

    private static NodeSite site(Node n) {
        return built.spec().sites().stream()
                .filter(s -> s.at(n.address()))
                .findFirst()
                .orElseThrow();
    }

    private static Node heir(Node master) {
        return watch.now().replicasOf(master.id()).getFirst();
    }

    private static void kill(Node node) {
        lab.exec(
                node.host().orElseThrow().value(),
                "kill",
                "-9",
                node.info().orElseThrow().text("process_id").orElseThrow());
    }

    private static Kept taken(Recording by, NodeId failed) throws Exception {
        return by.awaitKept("taken over", t -> t.failed().equals(failed) && t.outcome() == Timeline.Outcome.TAKEN_OVER);
    }

    /** What is kept is kept anew when more becomes known; a busy machine tells late. */
    private static void soon(ThrowingRunnable holds) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(holds);
    }

    /** Waits on the host for words in the node's log, and does then what logrotate does. */
    private static CompletableFuture<Void> rotate(Node node, String words, String how) {
        var log = site(node).log().orElseThrow().value();
        return CompletableFuture.runAsync(() -> lab.exec(
                node.host().orElseThrow().value(),
                "timeout",
                "60",
                "sh",
                "-c",
                "until grep -q \"$2\" \"$1\"; do sleep .02; done; " + how,
                "sh",
                log,
                words));
    }

    /** The three records of one failover. */
    private static void agree(Node master, Node heir) {
        soon(() -> {
            var best = taken(all, master.id());
            var less = taken(withoutTheHeirs, master.id());
            var least = taken(withoutAny, master.id());
            Complete.check(best, Set.of());
            Complete.check(less, OF_THE_HEIR);
            Complete.check(least, OF_THE_HEIR);
            for (var kept : List.of(best, less, least)) {
                assertEquals(Optional.of(heir.id()), kept.timeline().winner());
                Complete.inOrder(kept.timeline());
                Complete.same(best, kept);
            }
            clocks(best.timeline());
            assertEquals(
                    "timeline.note.some-logs",
                    less.timeline().notes().getFirst().key());
            assertEquals(
                    "timeline.note.no-logs", least.timeline().notes().getFirst().key());
        });
    }

    private static void clocks(Timeline t) {
        assertEquals(5, t.clocks().size());
        for (var clock : t.clocks()) {
            long wrong = clock.host().equals("h2") ? 3_000 : clock.host().equals("h4") ? -3_000 : 0;
            assertTrue(clock.within().isPositive());
            assertTrue(
                    Math.abs(clock.ahead().toMillis() - wrong) <= clock.within().toMillis() + 5, clock::toString);
        }
    }

    /** One log is renamed, another copied and emptied, right between lines of the same failover. */
    @Test
    @Order(1)
    void logsRotateWhileAMasterIsReplaced() throws Exception {
        var master = masters.get(0);
        var heir = heir(master);
        var renamed = rotate(heir, "Start of election delayed", "mv \"$1\" \"$1.1\"");
        var copied = rotate(masters.get(1), "FAIL\\|Marking", "cp \"$1\" \"$1.1\"; : >\"$1\"");
        kill(master);
        agree(master, heir);
        renamed.join();
        copied.join();
        all.await(
                "a line of each node that lives",
                t -> t.failed().equals(master.id())
                        && t.stage(Stage.TOLD).facts().stream()
                                        .filter(Fact::logged)
                                        .map(Fact::by)
                                        .distinct()
                                        .count()
                                == 9);
        lab.exec(
                heir.host().orElseThrow().value(),
                "gzip",
                site(heir).log().orElseThrow().value() + ".1");
    }

    @Test
    @Order(2)
    void atDebugLevelTheSuspicionIsALine() throws Exception {
        for (var node : watch.now().nodes().values()) {
            if (node.answers()) {
                try (var link = links.act(node.address())) {
                    link.call("CONFIG", "SET", "loglevel", "debug");
                }
            }
        }
        var master = masters.get(1);
        var heir = heir(master);
        kill(master);
        agree(master, heir);
        var suspected = taken(all, master.id()).timeline().stage(Stage.SUSPECTED);
        assertEquals(StageSpan.State.DONE, suspected.state());
        assertTrue(suspected.facts().stream()
                .anyMatch(f -> f.is(io.clusterdeck.redis.timeline.What.SUSPECTS) && f.logged()));
        for (var node : watch.now().nodes().values()) {
            if (node.answers()) {
                try (var link = links.act(node.address())) {
                    link.call("CONFIG", "SET", "loglevel", "notice");
                }
            }
        }
    }

    @Test
    @Order(3)
    void twoAtOnceAreTold() throws Exception {
        var first = masters.get(2);
        var second = masters.get(3);
        var heirs = List.of(heir(first), heir(second));
        kill(first);
        kill(second);
        agree(first, heirs.get(0));
        agree(second, heirs.get(1));
    }

    /** Who comes later reads all of it back, from rotated and compressed files, too. */
    @Test
    @Order(4)
    void whatWasIsReadBack() throws Exception {
        try (var later = record(built.spec())) {
            for (int i = 0; i < 4; i++) {
                var failed = masters.get(i).id();
                soon(() -> {
                    var seen = taken(all, failed);
                    var read = taken(later, failed);
                    Complete.inOrder(read.timeline());
                    Complete.same(seen, read);
                    assertEquals(seen.timeline().epoch(), read.timeline().epoch());
                    assertEquals(
                            Set.copyOf(seen.timeline().stage(Stage.VOTES).who()),
                            Set.copyOf(read.timeline().stage(Stage.VOTES).who()),
                            () -> Shown.text(seen) + Shown.text(read));
                });
            }
            assertEquals(4, later.timelines().size());
        }
    }

    /** A host is cut off from the others, not from us: both sides say what they believe, and both are told. */
    @Test
    @Order(5)
    void aSplitNetworkIsToldFromBothSides() throws Exception {
        var master = masters.get(4);
        var host = master.host().orElseThrow().value();
        try {
            lab.hosts().stream().limit(5).filter(h -> !h.equals(host)).forEach(h -> lab.cut(host, "both", "--to", h));
            for (var by : List.of(all, withoutAny)) {
                var t = by.await(
                        "split",
                        x -> x.failed().equals(master.id())
                                && x.why().stream().anyMatch(w -> w.key().equals("timeline.why.partition")));
                var split = t.why().stream()
                        .filter(w -> w.key().equals("timeline.why.partition"))
                        .findFirst()
                        .orElseThrow();
                assertTrue(split.args().get("here") instanceof List<?> here && here.size() >= 2, split::toString);
                assertTrue(split.args().get("there") instanceof List<?> there && there.size() >= 2, split::toString);
            }
        } finally {
            lab.heal(host);
        }
    }

    @AfterAll
    static void end() throws Exception {
        for (var recording : new Recording[] {all, withoutTheHeirs, withoutAny}) {
            if (recording != null) {
                recording.close();
            }
        }
        if (watch != null) {
            watch.close();
            building.shutDown(built);
            links.close();
        }
        building.close();
    }
}
