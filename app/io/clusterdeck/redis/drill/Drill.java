package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.probe.Load;
import java.util.List;
import java.util.Optional;

/**
 * A rehearsal, as it is written down.
 *
 * @param name a word such as {@code kill-master}
 * @param about the operator's own words on it; empty for those of the library, which have theirs in every language
 * @param faults happen in this order, each mended before the end
 * @param hold seconds that a fault lasts where the cluster does not recover from it by itself; 0 for as long as it takes to be noticed
 * @param load what other clients do meanwhile, beside the probe
 */
public record Drill(
        String name, Optional<String> about, List<Fault> faults, int hold, Optional<Load> load, Objective objective) {
    public Drill {
        faults = List.copyOf(faults);
    }

    public Drill objective(Objective other) {
        return new Drill(name, about, faults, hold, load, other);
    }

    /** The same while other clients are busy. */
    Drill under(Load some) {
        return new Drill(name, about, faults, hold, Optional.of(some), objective);
    }

    /** Whether a node can be chosen for it. */
    public boolean takesNode() {
        return !at(Optional.of(":"), Optional.empty()).equals(this);
    }

    /** Whether a host can be chosen for it. */
    public boolean takesHost() {
        return !at(Optional.empty(), Optional.of(":")).equals(this);
    }

    /** The same at another node, or in its shard, or at another host; faults that have no single target stay as they are. */
    public Drill at(Optional<String> node, Optional<String> host) {
        return new Drill(
                name, about, faults.stream().map(f -> at(f, node, host)).toList(), hold, load, objective);
    }

    private static Fault at(Fault fault, Optional<String> node, Optional<String> host) {
        var target = node.map(Fault.Target::at);
        return switch (fault) {
            case Fault.Kill f -> new Fault.Kill(node.map(f.node()::in).orElse(f.node()));
            case Fault.Hang f -> new Fault.Hang(target.orElse(f.node()));
            case Fault.Stop f -> new Fault.Stop(target.orElse(f.node()));
            case Fault.HandOver f -> new Fault.HandOver(target.orElse(f.node()));
            case Fault.KillHost f -> new Fault.KillHost(host.or(f::host));
            case Fault.Cut f -> new Fault.Cut(host.or(f::host), f.way());
            case Fault.Slow f -> new Fault.Slow(host.or(f::host), f.loss());
            case Fault.KillMajority f -> f;
            case Fault.RestartAll f -> f;
        };
    }
}
