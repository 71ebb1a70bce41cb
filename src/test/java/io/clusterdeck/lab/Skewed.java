package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.timeline.Recording;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.ssh.RemotePath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Shards of two nodes on hosts of the lab, two of which have clocks that are 3 s wrong, in both directions. */
final class Skewed implements AutoCloseable {
    final int hosts;
    final Lab lab;
    private final Building building;
    private final BuildPlan built;
    private final Links links;
    final ClusterWatch watch;

    Skewed(Path folder, int hosts, int masters) throws Exception {
        this.hosts = hosts;
        lab = Lab.bare(hosts);
        // a program that is linked statically, as the packaged one, would not see a wrong clock
        var install = "apt-get install -q -y --no-install-recommends redis-server";
        lab.hosts().stream().limit(hosts).parallel().forEach(h -> lab.exec(h, "sh", "-c", install));
        lab.skew("h2", 3);
        lab.skew("h4", -3);
        var named = lab.hosts().stream()
                .limit(hosts)
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
            layout: {ports: 9000, masters: %d, replicas: 1}
            config: {cluster-node-timeout: 3000}
            """.formatted(named, masters)));
        var run = building.run(built.plan());
        assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), Building.why(run));
        links = building.links(built);
        watch = new ClusterWatch(() -> built.spec(), links);
    }

    ClusterSpec spec() {
        return built.spec();
    }

    /** In the order of their slots. */
    List<Node> masters() throws InterruptedException {
        return watch.look(Duration.ofSeconds(20)).nodes().values().stream()
                .filter(Node::isMaster)
                .sorted(Comparator.comparing(n -> n.slots().getFirst().from()))
                .toList();
    }

    /** Who serves a slot when everybody is well. */
    Node masterOf(int slot) {
        return Awaitility.await("the slot's master answers")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> watch.now().nodes().values().stream()
                                .filter(n -> n.isMaster() && n.answers() && !n.failed())
                                .filter(n -> n.slots().stream().anyMatch(r -> r.from() <= slot && slot <= r.to()))
                                .filter(n ->
                                        watch.now().replicasOf(n.id()).stream().anyMatch(Node::answers))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    Recording record(ClusterSpec spec) {
        try {
            return new Recording(spec, watch, links, building);
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    /** The logs of the replicas are not where they are believed to be. */
    ClusterSpec withoutLogsOfReplicas() {
        return spec().withSites(watch.now().nodes().values().stream()
                .map(n -> n.isMaster() ? site(n) : lost(site(n)))
                .toList());
    }

    private static NodeSite lost(NodeSite s) {
        return s.logging(s.log().map(l -> new RemotePath(l + ".nowhere")));
    }

    NodeSite site(Node n) {
        return spec().sites().stream()
                .filter(s -> s.at(n.address()))
                .findFirst()
                .orElseThrow();
    }

    Node heir(Node master) {
        return watch.now().replicasOf(master.id()).getFirst();
    }

    void kill(Node node) {
        lab.exec(
                node.host().orElseThrow().value(),
                "kill",
                "-9",
                node.info().orElseThrow().text("process_id").orElseThrow());
    }

    void loglevel(String level) throws Exception {
        for (var node : watch.now().nodes().values()) {
            if (node.answers()) {
                try (var link = links.act(node.address())) {
                    link.call("CONFIG", "SET", "loglevel", level);
                }
            }
        }
    }

    /** Waits on the host for words in the node's log, and does then what logrotate does. */
    CompletableFuture<Void> rotate(Node node, String words, String how) {
        var log = site(node).log().orElseThrow().value();
        // a thread of its own: the common pool has one on two cores, and the next would wait for this one
        return CompletableFuture.runAsync(
                () -> lab.exec(
                        node.host().orElseThrow().value(),
                        "timeout",
                        "60",
                        "sh",
                        "-c",
                        "until grep -q \"$2\" \"$1\"; do sleep .02; done; " + how,
                        "sh",
                        log,
                        words),
                Thread::startVirtualThread);
    }

    @Override
    public void close() throws InterruptedException {
        watch.close();
        building.shutDown(built);
        links.close();
        building.close();
    }
}
