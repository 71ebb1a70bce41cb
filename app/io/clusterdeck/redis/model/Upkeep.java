package io.clusterdeck.redis.model;

import io.clusterdeck.ssh.HostName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator wants of a cluster beside its make: where its masters belong, which findings are all right, and whether it is to be
 * at all.
 *
 * @param masters the addresses of the nodes that are meant to be masters; empty while nobody said so
 * @param left the hosts that could not be reached when it was destroyed; empty while it was not
 */
public record Upkeep(Set<NodeAddress> masters, List<Mute> mutes, Set<HostName> left) {

    public static final Upkeep NONE = new Upkeep(Set.of(), List.of(), Set.of());

    public Upkeep {
        masters = Set.copyOf(masters);
        mutes = List.copyOf(mutes);
        left = Set.copyOf(left);
    }

    /** Of a cluster that was destroyed but for what is on these hosts: nothing else is wanted of it any more. */
    public static Upkeep destroyed(Set<HostName> left) {
        return new Upkeep(Set.of(), List.of(), left);
    }

    public Upkeep planned(Set<NodeAddress> masters) {
        return new Upkeep(masters, mutes, left);
    }

    /** In place of one of the same rule on the same node. */
    public Upkeep muting(Mute mute) {
        var rest = without(mute.rule(), mute.node()).mutes;
        var all = new LinkedHashSet<>(rest);
        all.add(mute);
        return new Upkeep(masters, List.copyOf(all), left);
    }

    public Upkeep without(String rule, Optional<NodeAddress> node) {
        return new Upkeep(
                masters,
                mutes.stream()
                        .filter(m -> !(m.rule().equals(rule) && m.node().equals(node)))
                        .toList(),
                left);
    }

    public Optional<Mute> mute(String rule, Optional<NodeAddress> node) {
        return mutes.stream().filter(m -> m.covers(rule, node)).findFirst();
    }

    /** Whether a node is meant to be a master; the bus port may be told differently. */
    public boolean plansMaster(NodeAddress node) {
        return masters.stream().anyMatch(m -> m.host().equals(node.host()) && m.port() == node.port());
    }
}
