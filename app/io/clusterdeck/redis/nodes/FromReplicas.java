package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a master's replicas tell of what it must load, where nobody here saw it until its end: they hold what it held, and lose it when it
 * comes back with less. Pure.
 */
final class FromReplicas {
    /** An INFO is asked for many times a second; a replica tells of its link in whole seconds. */
    private static final Duration BLUR = Duration.ofSeconds(3);

    private final NodeInfo replica;
    private final Node node;

    private FromReplicas(Node node, NodeInfo replica) {
        this.node = node;
        this.replica = replica;
    }

    /** The one that answers and holds most; empty where none holds anything. */
    private static Optional<FromReplicas> of(List<Node> replicas) {
        return replicas.stream()
                .filter(r ->
                        r.answers() && r.info().filter(i -> Reload.keys(i) > 0).isPresent())
                .map(r -> new FromReplicas(r, r.info().orElseThrow()))
                .max(Comparator.comparingLong(r -> Reload.keys(r.replica)));
    }

    /** Keys that do not expire, of the replica that holds most. */
    static OptionalLong keys(List<Node> replicas) {
        return of(replicas)
                .map(r -> OptionalLong.of(Reload.keys(r.replica) - Reload.expires(r.replica)))
                .orElse(OptionalLong.empty());
    }

    /**
     * Why a start may load less than they hold.
     *
     * @param last the master's latest INFO, if it was ever seen
     * @param appended whether it wrote an append-only file when it was last looked at
     */
    static List<Say> less(
            List<Node> replicas,
            Optional<NodeInfo> last,
            Optional<Boolean> appended,
            Directives file,
            FileFacts files) {
        return of(replicas)
                .filter(r ->
                        last.filter(i -> !i.at().isBefore(r.end().minus(BLUR))).isEmpty())
                .flatMap(r -> r.lacks(last, appended, file, files))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<Say> lacks(Optional<NodeInfo> last, Optional<Boolean> appended, Directives file, FileFacts files) {
        boolean appends = "yes".equals(file.value("appendonly"));
        var before = last.flatMap(i -> i.text("aof_enabled")).map("1"::equals).or(() -> appended);
        if (last.isEmpty() && before.isPresent() && before.get() != appends) {
            return Optional.of(Say.of(appends ? "nodes.reload.aof-only-file" : "nodes.reload.aof-only-live"));
        }
        var after = files.rdbHead().map(head -> head.lacks(replica)).orElse(OptionalLong.empty());
        boolean known = appends
                ? before.isPresent()
                : after.orElse(-1) == 0 || files.rdb().isEmpty();
        if (known) {
            return Optional.empty();
        }
        var why = appends ? "append-unseen" : after.isPresent() ? "dump-short" : "dump-unseen";
        return Optional.of(Say.of(
                "nodes.reload." + why,
                "replica",
                node.address(),
                "keys",
                Reload.keys(replica),
                "bytes",
                after.orElse(0)));
    }

    /**
     * Whether nothing changed any more after the dump, though bytes came (pings): nothing did since the replica's own dump, which is of
     * the same stream and no later. It counts what is written to it, be it by its master (rdb_changes_since_last_save).
     *
     * @param replica the one that holds most, closely seen
     */
    static boolean unchanged(Closeup replica, FileFacts files) {
        var own = replica.files().rdbHead();
        var mine = files.rdbHead();
        return replica.live()
                        .filter(i -> i.number("rdb_changes_since_last_save").orElse(-1) == 0
                                && i.text("master_replid").equals(own.map(RdbHead::stream)))
                        .isPresent()
                && own.isPresent()
                && mine.filter(m -> m.comparable(own.get()) && own.get().offset() <= m.offset())
                        .isPresent();
    }

    /** The one that holds most. */
    static Optional<Node> fullest(List<Node> replicas) {
        return of(replicas).map(r -> r.node);
    }

    /** When it lost its master; when it was last asked, where it has not noticed yet. */
    private Instant end() {
        long since = replica.number("master_link_down_since_seconds").orElse(0);
        return replica.at().minusSeconds(Math.max(0, since));
    }
}
