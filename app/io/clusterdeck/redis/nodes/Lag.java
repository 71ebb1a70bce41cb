package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.Node;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How far a master's replicas are behind, by the master's own list: all of it is of one instant. */
public final class Lag {
    private static final Pattern OFFSET = Pattern.compile("offset=(\\d+)");

    private Lag() {}

    /** Bytes that no replica has acknowledged: what would be lost with the master, at least. Empty where it can't be told. */
    public static OptionalLong of(Node master) {
        var info = master.info();
        var own = info.map(i -> i.number("master_repl_offset")).orElse(OptionalLong.empty());
        if (info.isEmpty() || own.isEmpty()) {
            return OptionalLong.empty();
        }
        if (info.get().info().keySet().stream().noneMatch(k -> k.matches("slave\\d+"))) {
            return OptionalLong.empty(); // it lists nobody, so it tells nothing of who has what
        }
        long best = info.get().info().entrySet().stream()
                .filter(e -> e.getKey().matches("slave\\d+"))
                .mapToLong(e -> offset(e.getValue()))
                .max()
                .orElse(0);
        return OptionalLong.of(Math.max(0, own.getAsLong() - best));
    }

    private static long offset(String replica) {
        return Optional.of(OFFSET.matcher(replica))
                .filter(m -> m.find())
                .map(m -> Long.parseLong(m.group(1)))
                .orElse(0L);
    }
}
