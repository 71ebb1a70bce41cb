package io.clusterdeck.redis.config;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a setting means for the cluster, in the operator's terms; of those that are known to hurt. Pure. */
final class Costs {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})(kb|mb|gb|k|m|g|b)?");

    private Costs() {}

    static List<Say> of(String name, String value, List<Node> nodes) {
        var costs = new ArrayList<Say>();
        switch (name) {
            case "appendonly" -> costs.add(Say.of(value.equals("yes") ? "config.cost.aof-on" : "config.cost.aof-off"));
            case "cluster-node-timeout" -> {
                if (value.matches("\\d{1,9}")) {
                    long t = Long.parseLong(value);
                    costs.add(Say.of("config.cost.node-timeout", "from", t + 2_000, "to", t + 4_000));
                }
            }
            case "cluster-require-full-coverage" ->
                costs.add(Say.of(value.equals("yes") ? "config.cost.full-coverage" : "config.cost.part-coverage"));
            case "maxmemory" -> {
                long bytes = bytes(value);
                nodes.stream()
                        .filter(n -> bytes > 0
                                && n.info()
                                                .map(i ->
                                                        i.number("used_memory").orElse(0))
                                                .orElse(0L)
                                        > bytes)
                        .forEach(n -> costs.add(Say.of(
                                "config.cost.maxmemory",
                                "node",
                                n.address(),
                                "used",
                                n.info().orElseThrow().number("used_memory").orElse(0))));
            }
            case "save" -> {
                if (value.isEmpty() || value.equals("\"\"")) {
                    costs.add(Say.of("config.cost.no-save"));
                }
            }
            default -> {}
        }
        return costs;
    }

    private static long bytes(String value) {
        var m = BYTES.matcher(value.toLowerCase(java.util.Locale.ROOT));
        if (!m.matches()) {
            return 0;
        }
        long unit = switch (m.group(2) == null ? "b" : m.group(2)) {
            case "k" -> 1_000L;
            case "kb" -> 1L << 10;
            case "m" -> 1_000_000L;
            case "mb" -> 1L << 20;
            case "g" -> 1_000_000_000L;
            case "gb" -> 1L << 30;
            default -> 1L;
        };
        return Long.parseLong(m.group(1)) * unit;
    }
}
