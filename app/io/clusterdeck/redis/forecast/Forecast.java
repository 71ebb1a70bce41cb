package io.clusterdeck.redis.forecast;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.redis.nodes.Lag;
import io.clusterdeck.redis.nodes.Quorum;
import io.clusterdeck.redis.nodes.Successors;
import io.clusterdeck.redis.nodes.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a loss would do, as far as it can be known beforehand. Nothing is promised that a random delay decides.
 *
 * @param shards the shards that lose their master, with what becomes of each
 * @param others what every other shard does meanwhile
 * @param quorum the voting masters that would be left
 * @param copiesLost shards that keep their master and lose their last replica
 * @param fatalNext what must not be lost right afterwards: slots would stay without service
 * @param migrated what mends itself
 * @param impact the same in the operator's terms
 */
public record Forecast(
        Loss loss,
        List<ShardLoss> shards,
        Others others,
        Quorum quorum,
        int copiesLost,
        List<Loss> fatalNext,
        Migrated migrated,
        Impact impact) {

    /** What shards do that lose nothing. */
    public enum Others {
        /** There are none. */
        NONE,
        SERVE,
        /** From the agreement until the slots are taken over: about a second. */
        REFUSE_FOR_A_MOMENT,
        /** One uncovered slot stops them all. */
        REFUSE,
        /** A master that sees no majority refuses, whatever the coverage. */
        NO_MAJORITY
    }

    /**
     * A shard whose master goes.
     *
     * @param outage how long its slots are without service
     * @param gap bytes that no replica has acknowledged, by the master's own list; empty where it can't be told
     */
    public record ShardLoss(Node master, Successors successors, Outage outage, OptionalLong gap) {}

    /**
     * Replicas that then move to masters that have none left.
     *
     * @param movers in their order; empty where none moves, and where it can't be foreseen
     * @param fatal what must not be lost once they have moved and are in sync
     */
    public record Migrated(List<Node> movers, List<Loss> fatal) {
        public Migrated {
            movers = List.copyOf(movers);
            fatal = List.copyOf(fatal);
        }
    }

    /** How long slots are without service. */
    public sealed interface Outage {
        /**
         * In milliseconds.
         *
         * @param worst when the first election wins no majority (votes split, two shards ask in the same epoch, a vote is
         *     denied): it is repeated
         */
        record Between(long from, long to, long worst) implements Outage {}

        /** Until somebody brings a node back. */
        record ForGood() implements Outage {}
    }

    public Forecast {
        shards = List.copyOf(shards);
        fatalNext = List.copyOf(fatalNext);
    }

    public static Forecast of(ClusterState state, Loss loss, Terms terms) {
        return of(state, loss, terms, Loss.each(state));
    }

    static Forecast of(ClusterState state, Loss loss, Terms terms, List<Loss> everything) {
        var lost = loss.ids();
        var quorum = Quorum.without(state, lost);
        var masters = loss.nodes().stream()
                .filter(n -> n.isMaster() && !n.slots().isEmpty())
                .toList();
        var shards = new ArrayList<ShardLoss>();
        for (var master : masters) {
            var successors = Successors.of(state, master, terms, lost);
            boolean comesBack = quorum.holds() && !(successors instanceof Successors.Nobody);
            var outage = comesBack
                    ? new Outage.Between(terms.outageFrom(), terms.outageTo(), terms.outageTo() + terms.retry())
                    : new Outage.ForGood();
            var gap = state.replicasOf(master.id()).isEmpty() ? OptionalLong.empty() : Lag.of(master);
            shards.add(new ShardLoss(master, successors, outage, gap));
        }
        var standing = Standing.of(state, terms);
        var after = standing.after(shards, lost);
        var fatal = after.fatal(everything, lost);
        return new Forecast(
                loss,
                shards,
                others(shards, quorum, terms),
                quorum,
                standing.copiesLost(lost),
                fatal,
                migrated(state, Migration.of(after, terms), fatal, everything, lost),
                Impact.loss(state, loss.nodes(), terms));
    }

    private static Migrated migrated(
            ClusterState state, Migration migration, List<Loss> before, List<Loss> everything, Set<NodeId> lost) {
        return new Migrated(
                migration.movers().stream()
                        .flatMap(id -> state.node(id).stream())
                        .toList(),
                migration.movers().isEmpty() ? before : migration.after().fatal(everything, lost));
    }

    private static Others others(List<ShardLoss> shards, Quorum quorum, Terms terms) {
        int rest = SlotRange.SLOTS
                - shards.stream().mapToInt(s -> s.master().slotCount()).sum();
        if (rest <= 0) {
            return Others.NONE;
        }
        if (!quorum.holds()) {
            return Others.NO_MAJORITY;
        }
        if (shards.isEmpty() || !terms.fullCoverage()) {
            return Others.SERVE;
        }
        return shards.stream().anyMatch(s -> s.outage() instanceof Outage.ForGood)
                ? Others.REFUSE
                : Others.REFUSE_FOR_A_MOMENT;
    }

    /** Of every node and every host, what hurts most first. Pure; milliseconds for a thousand nodes, so not for the FX thread. */
    public static List<Forecast> each(ClusterState state, Terms terms) {
        var everything = Loss.each(state);
        return everything.stream()
                .map(l -> of(state, l, terms, everything))
                .sorted(WORST_FIRST)
                .toList();
    }

    private static final Comparator<Forecast> WORST_FIRST = Comparator.comparing((Forecast f) -> !f.lasts())
            .thenComparing(Comparator.comparingInt(Forecast::slots).reversed())
            .thenComparing(Comparator.comparingInt((Forecast f) -> f.fatalNext().size())
                    .reversed())
            .thenComparing(Comparator.comparingInt(Forecast::copiesLost).reversed())
            .thenComparing(f -> f.loss().kind())
            .thenComparing(f -> f.loss().name());

    /** Slots that lose their service for a while or for good. */
    public int slots() {
        return shards.stream().mapToInt(s -> s.master().slotCount()).sum();
    }

    /** Whether something stays without service until a person acts. */
    public boolean lasts() {
        return !quorum.holds() && !loss.nodes().isEmpty()
                || shards.stream().anyMatch(s -> s.outage() instanceof Outage.ForGood);
    }

    /** The bytes at risk in all its shards; empty where one can't be told. */
    public OptionalLong gap() {
        return shards.stream().allMatch(s -> s.gap().isPresent()) && !shards.isEmpty()
                ? OptionalLong.of(
                        shards.stream().mapToLong(s -> s.gap().getAsLong()).sum())
                : OptionalLong.empty();
    }
}
