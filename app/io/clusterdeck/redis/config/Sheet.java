package io.clusterdeck.redis.config;

import io.clusterdeck.redis.conf.ConfTree.Place;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a cluster at one instant: directives × nodes. Holds no secret: those are masked, and told apart by a letter.
 *
 * @param nodes in the cluster's order
 * @param rows by name
 * @param unheard why a node does not tell what runs
 * @param unread why a node's file, or one that it includes, is not known
 */
public record Sheet(
        Instant at, List<NodeId> nodes, List<Row> rows, Map<NodeId, Say> unheard, Map<NodeId, List<Say>> unread) {

    public static final Sheet EMPTY = new Sheet(Instant.EPOCH, List.of(), List.of(), Map.of(), Map.of());

    public Sheet {
        nodes = List.copyOf(nodes);
        rows = List.copyOf(rows);
        unheard = Map.copyOf(unheard);
        unread = Map.copyOf(unread);
    }

    /** What may be done with a directive. */
    public enum Nature {
        /** CONFIG SET takes it. */
        SETTABLE,
        /** It counts from the next start on. */
        FIXED,
        /** Each node has its own, or it is a secret or a state: not set from here. */
        OWN
    }

    /**
     * A directive of one node.
     *
     * @param running what counts now; empty where the node does not tell
     * @param file what would count after a restart; empty where that is not known
     * @param stated the line that says so: in the node's file, or in one that it includes; empty where all are silent
     * @param differs whether a restart would change it
     */
    public record Cell(Optional<String> running, Optional<String> file, Optional<Place> stated, boolean differs) {

        /** What there is to show. */
        public Optional<String> shown() {
            return running.or(() -> file);
        }
    }

    /**
     * A directive.
     *
     * @param drifts whether nodes differ in it that should be alike
     */
    public record Row(String directive, Nature nature, Map<NodeId, Cell> cells, boolean drifts) {
        public Row {
            cells = Map.copyOf(cells);
        }

        /** Whether a restart of some node would change it. */
        public boolean unkept() {
            return cells.values().stream().anyMatch(Cell::differs);
        }

        /** The value that most nodes have. */
        public Optional<String> usual() {
            var counts = new LinkedHashMap<String, Integer>();
            cells.values()
                    .forEach(c -> c.shown().ifPresent(v -> {
                        var known = counts.keySet().stream()
                                .filter(k -> Directive.same(directive, k, v))
                                .findFirst()
                                .orElse(v);
                        counts.merge(known, 1, Integer::sum);
                    }));
            return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        }
    }

    public Optional<Row> row(String directive) {
        var name = Directive.name(directive);
        return rows.stream().filter(r -> r.directive().equals(name)).findFirst();
    }

    /** How many directives differ between nodes. */
    public long drifting() {
        return rows.stream().filter(Row::drifts).count();
    }

    /** How many directives a restart would change somewhere. */
    public long unkept() {
        return rows.stream().filter(Row::unkept).count();
    }

    /** What is to be said of the two, in the words under that key: of what there is none of nothing. */
    public Say differences(String key) {
        var which = drifting() == 0 ? unkept() == 0 ? "none" : "restart" : unkept() == 0 ? "nodes" : "both";
        return Say.of(key + which, "drift", drifting(), "unkept", unkept());
    }
}
