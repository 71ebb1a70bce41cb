package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.Follower;
import io.clusterdeck.redis.model.Node;
import java.util.OptionalLong;

/** How far a master's replicas are behind, by the master's own list: all of it is of one instant. */
public final class Lag {
    private Lag() {}

    /** Bytes that no replica has acknowledged: what would be lost with the master, at least. Empty where it can't be told. */
    public static OptionalLong of(Node master) {
        var info = master.info();
        var own = info.map(i -> i.number("master_repl_offset")).orElse(OptionalLong.empty());
        if (info.isEmpty() || own.isEmpty()) {
            return OptionalLong.empty();
        }
        var best = Follower.of(info.get()).stream().mapToLong(Follower::offset).max();
        // where it lists nobody it tells nothing of who has what
        return best.isEmpty() ? best : OptionalLong.of(Math.max(0, own.getAsLong() - best.getAsLong()));
    }
}
