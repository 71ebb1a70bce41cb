package io.clusterdeck.redis.config;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a setting means for the cluster, in the operator's terms; of those that are known to hurt. Pure. */
final class Costs {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})(kb|mb|gb|k|m|g|b)?");

    /** What service depends on; more than a second look is not asked for the others. */
    private static final Set<String> GRAVE = Set.of(
            "maxmemory",
            "maxmemory-policy",
            "cluster-node-timeout",
            "cluster-require-full-coverage",
            "cluster-allow-reads-when-down",
            "maxclients",
            "min-replicas-to-write",
            "protected-mode",
            "save",
            "appendfsync",
            "stop-writes-on-bgsave-error");

    private Costs() {}

    static Stake stake(String name, String value, List<Node> nodes) {
        boolean loses = switch (name) {
            case "appendonly" -> !value.equals("yes");
            // until the next save a start finds nothing, or another dump, under the new name
            case "dbfilename" -> true;
            case "maxmemory", "maxmemory-policy" ->
                nodes.stream().map(n -> Room.of(n, name, value)).anyMatch(r -> r.over() && r.evicts() && !r.ignores());
            default -> false;
        };
        return loses ? Stake.DATA : GRAVE.contains(name) ? Stake.SERVICE : Stake.NOTHING;
    }

    /**
     * A node's memory and its limit, as they are once a setting is made.
     *
     * @param used bytes; 0 where it did not tell
     * @param most bytes; 0 where there is no limit
     */
    private record Room(Node node, long used, long most, String policy) {
        static Room of(Node node, String name, String value) {
            return new Room(
                    node,
                    told(node, "used_memory"),
                    name.equals("maxmemory") ? bytes(value) : told(node, "maxmemory"),
                    name.equals("maxmemory-policy")
                            ? value
                            : node.info()
                                    .flatMap(i -> i.text("maxmemory_policy"))
                                    .orElse("?"));
        }

        private static long told(Node node, String field) {
            return node.info().map(i -> i.number(field).orElse(0)).orElse(0L);
        }

        boolean over() {
            return most > 0 && used > most;
        }

        boolean evicts() {
            return !policy.equalsIgnoreCase("noeviction");
        }

        /** A replica leaves that to its master, unless it is told otherwise. */
        boolean ignores() {
            return !node.isMaster()
                    && node.info()
                            .flatMap(i -> i.text("config:replica-ignore-maxmemory"))
                            .filter("no"::equals)
                            .isEmpty();
        }

        /** What comes at once, or what is left until it comes. */
        Say said() {
            var what = over()
                    ? ignores() ? "replica-over" : evicts() ? "evicts" : "no-room"
                    : most == 0 ? "no-limit" : evicts() ? "room-evicts" : "room-refuses";
            return Say.of("config.cost." + what, "node", node.address(), "used", used, "most", most, "policy", policy);
        }
    }

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
            case "maxmemory", "maxmemory-policy" -> costs.addAll(rooms(name, value, nodes));
            case "dbfilename" -> costs.add(Say.of("config.cost.other-dump", "file", value));
            case "save" -> {
                if (value.isEmpty() || value.equals("\"\"")) {
                    costs.add(Say.of("config.cost.no-save"));
                }
            }
            default -> {}
        }
        return costs;
    }

    /** Each that is above its limit; and while that is none that goes by it, the fullest of them, as the first that will be. */
    private static List<Say> rooms(String name, String value, List<Node> nodes) {
        var all = nodes.stream().map(n -> Room.of(n, name, value)).toList();
        var says = new ArrayList<Say>();
        all.stream().filter(Room::over).map(Room::said).forEach(says::add);
        var going = all.stream().filter(r -> r.most == 0 || !r.ignores()).toList();
        if (going.stream().noneMatch(Room::over)) {
            going.stream()
                    .filter(r -> r.used > 0)
                    .max(Comparator.comparingDouble(r -> r.most == 0 ? r.used : (double) r.used / r.most))
                    .map(Room::said)
                    .ifPresent(says::add);
        }
        var untold =
                all.stream().filter(r -> r.used == 0).map(r -> r.node.address()).toList();
        boolean limited = !name.equals("maxmemory") || bytes(value) > 0;
        if (limited && !untold.isEmpty()) {
            says.add(Say.of("config.cost.memory-untold", "node", untold));
        }
        return says;
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
