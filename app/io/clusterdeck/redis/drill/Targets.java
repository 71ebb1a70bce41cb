package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.forecast.Forecast;
import io.clusterdeck.redis.forecast.Loss;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.redis.nodes.Quorum;
import io.clusterdeck.redis.nodes.Terms;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.List;
import java.util.Optional;

/** Finds the nodes and hosts that a drill means. */
final class Targets {
    private final ClusterState state;
    private final Terms terms;

    Targets(ClusterState state, Terms terms) {
        this.state = state;
        this.terms = terms;
    }

    private List<Shard> shards() {
        return state.shards().stream()
                .filter(s -> !s.master().slots().isEmpty())
                .toList();
    }

    Node node(Fault.Target target) throws NotAllowed {
        if (target.address().isPresent()) {
            var node = named(target.address().get());
            return target.role() == Fault.Role.REPLICA && node.isMaster() ? replica(shard(node)) : node;
        }
        var shards = shards();
        if (target.shard() > shards.size()) {
            throw new NotAllowed(
                    Say.of("drill.no-shard", "n", target.shard(), "shards", shards.size()),
                    Say.of("drill.refused.next"));
        }
        var shard = shards.get(target.shard() - 1);
        if (target.role() == Fault.Role.MASTER) {
            return shard.master();
        }
        return replica(shard);
    }

    /** A port alone names a node where only one has it. */
    private Node named(String wanted) throws NotAllowed {
        var found = state.nodes().values().stream()
                .filter(n -> n.address().toString().equals(wanted)
                        || wanted.equals(":" + n.address().port())
                        || n.id().value().equals(wanted))
                .toList();
        if (found.isEmpty()) {
            throw new NotAllowed(Say.of("nodes.unknown-node", "node", wanted), Say.of("drill.refused.next"));
        }
        if (found.size() > 1) {
            var addresses =
                    found.stream().map(n -> n.address().toString()).sorted().toList();
            throw new NotAllowed(
                    Say.of("drill.ambiguous", "node", wanted, "nodes", addresses), Say.of("drill.refused.next"));
        }
        return found.getFirst();
    }

    private Shard shard(Node master) {
        return state.shards().stream()
                .filter(s -> s.master().id().equals(master.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Node replica(Shard shard) throws NotAllowed {
        return shard.replicas().stream()
                .findFirst()
                .orElseThrow(() -> new NotAllowed(
                        Say.of("drill.no-heir", "node", shard.master().address()), Say.of("drill.no-heir.next")));
    }

    Node master(Fault.Target target) throws NotAllowed {
        var node = node(target);
        if (!node.isMaster() || node.slots().isEmpty()) {
            throw new NotAllowed(Say.of("drill.no-master", "node", node.address()), Say.of("drill.refused.next"));
        }
        return node;
    }

    /** The named host, else the first that holds a master and whose loss the cluster survives, else the first that holds one. */
    HostName host(Optional<String> named) throws NotAllowed {
        var hosts = state.nodes().values().stream()
                .sorted(java.util.Comparator.comparing(n -> !n.isMaster()))
                .flatMap(n -> n.host().stream())
                .distinct()
                .toList();
        if (named.isPresent()) {
            return hosts.stream()
                    .filter(h -> h.value().equals(named.get()))
                    .findFirst()
                    .orElseThrow(() ->
                            new NotAllowed(Say.of("drill.no-host", "host", named.get()), Say.of("drill.refused.next")));
        }
        return hosts.stream()
                .filter(h -> !Forecast.of(state, Loss.of(state, h), terms).lasts())
                .findFirst()
                .or(() -> hosts.stream().findFirst())
                .orElseThrow(() -> new NotAllowed(Say.of("drill.no-hosts"), Say.of("drill.no-hosts.next")));
    }

    List<Node> on(HostName host) {
        return Loss.of(state, host).nodes();
    }

    List<Node> elsewhere(HostName host) {
        return state.nodes().values().stream()
                .filter(n -> n.host().filter(host::equals).isEmpty())
                .toList();
    }

    /** As few masters as leave no majority, the first by slot. */
    List<Node> majority() {
        var quorum = Quorum.of(state);
        int enough = Math.max(1, quorum.up() - quorum.needed() + 1);
        return shards().stream().map(Shard::master).limit(enough).toList();
    }
}
