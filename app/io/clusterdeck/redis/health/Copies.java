package io.clusterdeck.redis.health;

import static io.clusterdeck.redis.health.Findings.about;
import static io.clusterdeck.redis.health.Findings.whole;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Follower;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.MinReplicas;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether each shard has its copies, up to date, and on machines that do not fail together. */
final class Copies {

    /** Replicas acknowledge every second (replicationCron); ten missed ones are no hiccup, and repl-timeout (60 s) is still far. */
    static final long LAG_SECONDS = 10;

    /** INFO's default when a node does not tell: repl-backlog-size is 1 MiB. */
    private static final long BACKLOG = 1 << 20;

    private Copies() {}

    static Stream<Finding> alone(Case at) {
        if (at.noCluster()) {
            return Stream.empty();
        }
        return at.masters()
                .filter(m -> at.fitReplicaOf(m).isEmpty())
                .map(m -> about(
                        m,
                        "master-without-replica",
                        Level.WARN,
                        Optional.empty(),
                        "count",
                        m.slotCount(),
                        "replicas",
                        at.state().replicasOf(m.id()).size()));
    }

    static Stream<Finding> linkDown(Case at) {
        return at.nodes()
                .filter(n -> n.role() == Role.REPLICA && n.answers())
                .filter(n -> n.info()
                        .flatMap(i -> i.text("master_link_status"))
                        .filter(s -> !s.equals("up"))
                        .isPresent())
                .map(n -> {
                    var info = n.info().orElseThrow();
                    var master = n.master().map(at::address).orElse("?");
                    return "1".equals(info.info().get("master_sync_in_progress"))
                            ? about(n, "replica-syncs", Level.WARN, Optional.empty(), "master", master)
                            : about(
                                    n,
                                    "replica-link-down",
                                    Level.WARN,
                                    Optional.empty(),
                                    "master",
                                    master,
                                    "t",
                                    info.number("master_link_down_since_seconds")
                                                    .orElse(0)
                                            * 1000);
                });
    }

    /**
     * A replica that falls behind, as its master tells it in one reply: offsets of two replies must not be compared. Behind by more than
     * the backlog means that a broken link costs a full copy.
     */
    static Stream<Finding> lag(Case at) {
        return at.nodes().filter(n -> n.isMaster() && n.answers()).flatMap(master -> {
            var info = master.info().orElseThrow();
            long offset = info.number("master_repl_offset").orElse(0);
            long backlog = info.number("repl_backlog_size").orElse(BACKLOG);
            return Follower.of(info).stream()
                    .filter(Follower::online)
                    .filter(f -> f.lag() >= LAG_SECONDS || offset - f.offset() > backlog)
                    .map(f -> about(
                            at.nodes().filter(f::is).findFirst().orElse(master),
                            "replica-lag",
                            Level.WARN,
                            Optional.empty(),
                            "master",
                            master.address(),
                            "t",
                            f.lag() * 1000,
                            "size",
                            Math.max(0, offset - f.offset())));
        });
    }

    /** A master that runs and refuses every write, because too few replicas follow it closely. */
    static Stream<Finding> tooFew(Case at) {
        return at.masters().filter(Node::answers).flatMap(m -> {
            var replicas = MinReplicas.of(m);
            var down = at.state().replicasOf(m.id()).stream()
                    .filter(r -> r.contact() instanceof Contact.Gone)
                    .findFirst();
            return replicas.refuses()
                    ? Stream.of(about(
                            m,
                            "too-few-replicas",
                            Level.BAD,
                            down.flatMap(r -> Reach.remedy("start", r)),
                            "count",
                            m.slotCount(),
                            "good",
                            replicas.good(),
                            "wanted",
                            replicas.wanted()))
                    : Stream.empty();
        });
    }

    /** On one machine everything is beside everything: one note instead of many warnings. */
    static Stream<Finding> oneMachine(Case at) {
        if (at.noCluster() || at.state().nodes().size() < 2 || at.machines().size() > 1) {
            return Stream.empty();
        }
        return Stream.of(whole(
                "one-host",
                Level.NOTE,
                Optional.empty(),
                "host",
                at.machines().iterator().next(),
                "count",
                at.state().nodes().size()));
    }

    static Stream<Finding> beside(Case at) {
        if (at.machines().size() < 2) {
            return Stream.empty();
        }
        return at.nodes()
                .filter(n -> n.role() == Role.REPLICA && !at.down(n))
                .flatMap(n -> n.master().flatMap(at.state()::node).stream()
                        .filter(m -> Case.machine(m).equals(Case.machine(n)))
                        .map(m -> about(
                                n,
                                "replica-beside-master",
                                Level.WARN,
                                Optional.empty(),
                                "master",
                                m.address(),
                                "host",
                                Case.machine(n))));
    }

    /** With half of the masters gone nobody can vote, and no replica takes over: the loss of that machine is final. */
    static Stream<Finding> halfOfTheMasters(Case at) {
        var masters = at.masters().toList();
        if (at.machines().size() < 2 || masters.size() < 2) {
            return Stream.empty();
        }
        Map<String, List<Node>> byMachine = masters.stream().collect(Collectors.groupingBy(Case::machine));
        return byMachine.entrySet().stream()
                .filter(e -> e.getValue().size() * 2 >= masters.size())
                .sorted(Map.Entry.comparingByKey())
                .map(e -> whole(
                        "masters-on-one-host",
                        Level.WARN,
                        handBack(at, e.getKey(), e.getValue(), byMachine, masters.size()),
                        "host",
                        e.getKey(),
                        "count",
                        e.getValue().size(),
                        "of",
                        masters.size()));
    }

    /** A replica elsewhere whose promotion makes it better and no other machine worse. */
    private static Optional<String> handBack(
            Case at, String machine, List<Node> there, Map<String, List<Node>> byMachine, int all) {
        return there.stream()
                .flatMap(m -> at.state().replicasOf(m.id()).stream())
                .filter(at::fit)
                .filter(r -> !Case.machine(r).equals(machine))
                .filter(r -> (byMachine.getOrDefault(Case.machine(r), List.of()).size() + 1) * 2 < all)
                .findFirst()
                .flatMap(r -> Reach.remedy("failover", r));
    }
}
