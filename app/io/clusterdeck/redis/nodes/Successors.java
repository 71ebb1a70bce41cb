package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Follower;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who can take over from a master. */
public sealed interface Successors {
    /** Nobody; {@code why} names each replica with its reason, or says that there is none. */
    record Nobody(List<Say> why) implements Successors {}

    /** One: the only one that can stand, or ahead of the others by more than can be a sampling error. */
    record One(Node winner, Say why) implements Successors {}

    /** Any of these: their ranks are equal or can't be told, a random delay decides; or one that loads its data, if it is done in time. */
    record Any(List<Node> candidates) implements Successors {}

    /** Who may be master afterwards. */
    default List<Node> candidates() {
        return switch (this) {
            case Nobody nobody -> List.of();
            case One one -> List.of(one.winner);
            case Any any -> any.candidates;
        };
    }

    /** If the master died now, without a word. */
    static Successors of(ClusterState state, Node master, Terms terms, Set<NodeId> lost) {
        var replicas = state.replicasOf(master.id());
        var able = new ArrayList<Node>();
        var unable = new ArrayList<Say>();
        for (var r : replicas) {
            var why = lost.contains(r.id())
                    ? Optional.of(Say.of("nodes.successor.also-lost", "node", r.address()))
                    : unable(r, terms);
            why.ifPresentOrElse(unable::add, () -> able.add(r));
        }
        if (replicas.isEmpty()) {
            return new Nobody(List.of(Say.of("nodes.successor.no-replica", "node", master.address())));
        }
        if (able.isEmpty()) {
            return new Nobody(List.copyOf(unable));
        }
        var loading = replicas.stream()
                .filter(r -> !lost.contains(r.id()) && r.up() && !r.flags().contains(Flag.NOFAILOVER))
                .filter(Successors::loading)
                .toList();
        if (!loading.isEmpty()) {
            able.addAll(loading); // done before the node-timeout is over it stands like the others
            return new Any(List.copyOf(able));
        }
        if (able.size() == 1) {
            var only = able.getFirst();
            return new One(
                    only,
                    Say.of(
                            syncing(only) ? "nodes.successor.only-syncing" : "nodes.successor.only",
                            "node",
                            only.address()));
        }
        return ahead(master, able).orElseGet(() -> new Any(List.copyOf(able)));
    }

    /** The replicas that could take over now, best first: nearest to the master's offset. */
    static List<Node> healthy(ClusterState state, Node master, Terms terms) {
        return state.replicasOf(master.id()).stream()
                .filter(r -> r.answers() && unable(r, terms).isEmpty() && linkedToMaster(r))
                .sorted(Comparator.comparingLong(Successors::offset).reversed())
                .toList();
    }

    static boolean linkedToMaster(Node replica) {
        return replica.info()
                .flatMap(i -> i.text("master_link_status"))
                .filter("up"::equals)
                .isPresent();
    }

    /** Whether it copies everything anew from its master: until it loads the copy it has what it had before, if anything. */
    private static boolean syncing(Node replica) {
        return replica.info()
                .flatMap(i -> i.text("master_sync_in_progress"))
                .filter("1"::equals)
                .isPresent();
    }

    private static boolean loading(Node replica) {
        return replica.info()
                .flatMap(i -> i.text("loading"))
                .filter("1"::equals)
                .isPresent();
    }

    /** Whether a replica could stand for election now. */
    static boolean able(Node replica, Terms terms) {
        return unable(replica, terms).isEmpty();
    }

    /**
     * Why a replica could not stand for election, if it could not (clusterHandleSlaveFailover). That it is copying is no such
     * reason: only how long its link is down counts. While it loads what it copied its cron, and so the election, stands still.
     */
    static Optional<Say> unable(Node replica, Terms terms) {
        if (!replica.up()) {
            return Optional.of(Say.of("nodes.successor.down", "node", replica.address()));
        }
        if (replica.flags().contains(Flag.NOFAILOVER)) {
            return Optional.of(Say.of("nodes.successor.forbidden", "node", replica.address()));
        }
        var info = replica.info();
        if (loading(replica)) {
            return Optional.of(Say.of("nodes.successor.loading", "node", replica.address()));
        }
        var down = info.map(i -> i.number("master_link_down_since_seconds")).orElse(OptionalLong.empty());
        boolean cut = info.flatMap(i -> i.text("master_link_status"))
                .filter("down"::equals)
                .isPresent();
        if (cut && down.isPresent()) {
            // −1 stands for never linked since its start: as old as can be
            long seconds = down.getAsLong();
            if (terms.validFor().filter(limit -> seconds < 0 || seconds > limit).isPresent()) {
                return Optional.of(
                        seconds < 0
                                ? Say.of("nodes.successor.never", "node", replica.address())
                                : Say.of("nodes.successor.stale", "node", replica.address(), "t", seconds * 1000));
            }
        }
        return Optional.empty();
    }

    /**
     * The replica that is ahead by the master's own account: its list of acknowledged offsets is of one instant, and each
     * acknowledgement is at most a second old (replicationCron), so the gap must exceed what the master sends in two seconds.
     */
    private static Optional<Successors> ahead(Node master, List<Node> able) {
        var acknowledged = master.info().map(Successors::acknowledged).orElse(Map.of());
        var known = able.stream()
                .filter(r -> acknowledged.containsKey(
                        r.address().port() + "@" + r.address().host()))
                .sorted(Comparator.comparingLong((Node r) -> acknowledged.get(key(r)))
                        .reversed())
                .toList();
        if (known.size() != able.size()) {
            return Optional.empty();
        }
        long gap = Objects.requireNonNull(acknowledged.get(key(known.get(0))))
                - Objects.requireNonNull(acknowledged.get(key(known.get(1))));
        double perSecond = 1024 * master.info().map(Successors::rate).orElse(0.0);
        return gap > 2 * perSecond + 1024
                ? Optional.of(new One(
                        known.getFirst(),
                        Say.of(
                                "nodes.successor.ahead",
                                "node",
                                known.get(0).address(),
                                "other",
                                known.get(1).address(),
                                "gap",
                                gap)))
                : Optional.empty();
    }

    /**
     * How many KiB a second the master's replicas may get, at most. What clients send is not all of it: keys expire, scripts write. 7.0 and later
     * count what goes to replicas by itself, older releases among all that a server sends (trackInstantaneousMetric in server.c).
     */
    private static double rate(NodeInfo info) {
        var sent = info.text("instantaneous_output_repl_kbps").isPresent()
                ? "instantaneous_output_repl_kbps"
                : "instantaneous_output_kbps";
        return Stream.of("instantaneous_input_kbps", sent)
                .flatMap(key -> info.text(key).stream())
                .mapToDouble(Successors::decimal)
                .max()
                .orElse(0);
    }

    private static String key(Node r) {
        return r.address().port() + "@" + r.address().host();
    }

    /** Offsets that a master lists of those online, by port and address. */
    private static Map<String, Long> acknowledged(NodeInfo info) {
        return Follower.of(info).stream()
                .filter(Follower::online)
                .collect(Collectors.toMap(f -> f.port() + "@" + f.host(), Follower::offset, Math::max));
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException odd) {
            return 0;
        }
    }

    private static long offset(Node replica) {
        return replica.info().map(i -> i.number("slave_repl_offset").orElse(0)).orElse(0L);
    }
}
