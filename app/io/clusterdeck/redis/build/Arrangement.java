package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A placement under the operator's hands: nodes are moved to other hosts and change places, and what would put two copies of a shard on one
 * host is refused unless the operator insists.
 *
 * @param shards the nodes of each, its master first
 * @param ports of the layout, grown where a host got more nodes than it has ports
 */
public record Arrangement(List<List<NodeName>> shards, List<Integer> ports) {

    public Arrangement {
        shards = shards.stream().map(List::copyOf).toList();
        ports = List.copyOf(ports);
    }

    /** What became of a wish. */
    public sealed interface Outcome {
        record Done(Arrangement now) implements Outcome {}

        /** @param insisted what it would become for someone who insists; empty where that changes nothing */
        record Refused(Say why, Optional<Arrangement> insisted) implements Outcome {}
    }

    public static Arrangement of(Blueprint blueprint) {
        return new Arrangement(
                Placement.of(blueprint).shards().stream()
                        .map(Placement.PlacedShard::nodes)
                        .toList(),
                blueprint.layout().ports());
    }

    /** The shard of a node, counted from 0. */
    public int shard(NodeName node) {
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get(i).contains(node)) {
                return i;
            }
        }
        throw new IllegalArgumentException(node + " is not placed");
    }

    public boolean master(NodeName node) {
        return shards.get(shard(node)).getFirst().equals(node);
    }

    /** The nodes on a host, by port. */
    public List<NodeName> on(HostName host) {
        return shards.stream()
                .flatMap(List::stream)
                .filter(n -> n.host().equals(host))
                .sorted(java.util.Comparator.comparingInt(NodeName::port))
                .toList();
    }

    /** A node goes to another host, on the first port that is free there. */
    public Outcome move(NodeName node, HostName to) {
        if (node.host().equals(to)) {
            return new Outcome.Done(this);
        }
        var port = free(to);
        if (port.isEmpty()) {
            return new Outcome.Refused(Say.of("build.arrange.no-port", "host", to), Optional.empty());
        }
        var there = new NodeName(to, port.get());
        var grown = new ArrayList<>(ports);
        if (!grown.contains(port.get())) {
            grown.add(port.get());
        }
        return judged(new Arrangement(replaced(node, there, there), grown), List.of(there));
    }

    /** Two nodes change places: each takes the other's shard and part in it, on the host where it is. */
    public Outcome swap(NodeName a, NodeName b) {
        if (shard(a) == shard(b)) {
            return new Outcome.Done(new Arrangement(swapped(a, b), ports));
        }
        return judged(new Arrangement(swapped(a, b), ports), List.of(a, b));
    }

    /** A replica becomes the master of its shard, and the master a replica. */
    public Arrangement promote(NodeName replica) {
        var master = shards.get(shard(replica)).getFirst();
        return new Arrangement(swapped(replica, master), ports);
    }

    /** Refused where a shard that was touched now has two nodes on one host. */
    private Outcome judged(Arrangement now, List<NodeName> touched) {
        for (var node : touched) {
            var shard = now.shards.get(now.shard(node));
            var beside = shard.stream()
                    .filter(n -> !n.equals(node) && n.host().equals(node.host()))
                    .findFirst();
            if (beside.isPresent() && hosts() > 1) {
                boolean pair = shard.getFirst().equals(node) || shard.getFirst().equals(beside.get());
                var why = Say.of(
                        pair ? "build.arrange.together" : "build.arrange.replicas",
                        "shard",
                        now.shard(node) + 1,
                        "host",
                        node.host());
                return new Outcome.Refused(why, Optional.of(now));
            }
        }
        return new Outcome.Done(now);
    }

    private long hosts() {
        return shards.stream()
                .flatMap(List::stream)
                .map(NodeName::host)
                .distinct()
                .count();
    }

    private Optional<Integer> free(HostName host) {
        var taken = new LinkedHashSet<>(on(host).stream().map(NodeName::port).toList());
        var given = ports.stream().filter(p -> !taken.contains(p)).findFirst();
        if (given.isPresent()) {
            return given;
        }
        var known = new TreeSet<>(ports);
        for (int p = Collections.max(ports) + 1; p <= LayoutReader.HIGHEST_PORT; p++) {
            if (!known.contains(p) && !known.contains(p + 10_000) && !known.contains(p - 10_000)) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }

    private List<List<NodeName>> swapped(NodeName a, NodeName b) {
        return replaced(a, b, a);
    }

    /** {@code a} becomes {@code b}; what was {@code b} becomes {@code a} ({@code other}). */
    private List<List<NodeName>> replaced(NodeName a, NodeName b, NodeName other) {
        return shards.stream()
                .map(s -> s.stream()
                        .map(n -> n.equals(a) ? b : n.equals(b) ? other : n)
                        .toList())
                .toList();
    }
}
