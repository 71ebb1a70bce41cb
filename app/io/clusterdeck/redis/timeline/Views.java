package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.redis.watch.Pace;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What two consecutive states of a cluster tell of a failover: flags and roles that changed in a node's own CLUSTER NODES, counters of
 * its CLUSTER INFO that rose, and whether it answers. Each is dated by the two looks between which it changed. This is all there is of a
 * cluster without logs, and it tells most of it. A pure function.
 */
public final class Views {

    /** Messages that make a failover, as CLUSTER INFO counts them (clusterGetMessageTypeString in cluster.c). */
    private static final Map<String, What> COUNTERS = Map.of(
            "cluster_stats_messages_auth-req_sent", What.ASKS,
            "cluster_stats_messages_auth-ack_sent", What.GRANTS,
            "cluster_stats_messages_auth-ack_received", What.VOTES_IN,
            "cluster_stats_messages_fail_sent", What.MARKS_FAIL,
            "cluster_stats_messages_mfstart_sent", What.BY_HAND,
            "cluster_stats_messages_mfstart_received", What.BY_HAND_ASKED);

    private final ClusterState before;
    private final ClusterState after;
    private final List<Fact> found = new ArrayList<>();

    private Views(ClusterState before, ClusterState after) {
        this.before = before;
        this.after = after;
    }

    /** In no particular order; empty when {@code before} was no state yet, and mostly. */
    public static List<Fact> between(ClusterState before, ClusterState after) {
        if (before.nodes().isEmpty()) {
            return List.of();
        }
        var views = new Views(before, after);
        after.nodes().values().forEach(views::node);
        after.views().values().forEach(views::view);
        return List.copyOf(views.found);
    }

    /** When something happened, and how exactly that is known. */
    private record When(Instant at, Duration within) {
        static When between(Instant from, Instant to) {
            var half = Duration.between(from, to).dividedBy(2);
            return half.isNegative() ? new When(to, Duration.ZERO) : new When(to.minus(half), half);
        }
    }

    private void tell(When when, What what, NodeId by, Optional<NodeId> about, long number, String more, Evidence why) {
        found.add(new Fact(when.at(), when.within(), what, by, about, number, more, why));
    }

    private void node(Node now) {
        var was = before.nodes().get(now.id());
        if (was == null) {
            return;
        }
        contact(was, now);
        if (was.info().isPresent()
                && now.info().isPresent()
                && was.info().get() != now.info().get()) {
            info(was, now, was.info().get(), now.info().get());
        }
    }

    private void contact(Node was, Node now) {
        if (was.answers() && !now.answers()) {
            var last = asked(was).orElse(before.at());
            var since = switch (now.contact()) {
                case Contact.Gone g -> g.since();
                case Contact.Silent s -> s.since();
                default -> after.at();
            };
            boolean silent = now.contact() instanceof Contact.Silent;
            var why = silent ? Say.of("timeline.saw.silent") : Say.of("timeline.saw.gone");
            tell(
                    When.between(last, since),
                    What.GONE,
                    now.id(),
                    Optional.empty(),
                    -1,
                    silent ? "silent" : "gone",
                    new Evidence.Contact(why));
        } else if (!was.answers() && now.answers() && !(was.contact() instanceof Contact.Unknown)) {
            tell(
                    When.between(before.at(), after.at()),
                    What.BACK,
                    now.id(),
                    Optional.empty(),
                    -1,
                    "",
                    new Evidence.Contact(Say.of("timeline.saw.back")));
        }
    }

    /** When we asked what that node answered last: it may have been so from then on. */
    private static Optional<Instant> asked(Node node) {
        return node.contact() instanceof Contact.Answers a
                ? Optional.of(a.at().minus(a.micros(), ChronoUnit.MICROS))
                : Optional.empty();
    }

    private void info(Node before, Node node, NodeInfo was, NodeInfo now) {
        var when = When.between(asked(before).orElse(was.at()), now.at());
        var by = node.id();
        var run = was.text("run_id");
        if (run.isPresent() && now.text("run_id").isPresent() && !run.equals(now.text("run_id"))) {
            tell(when, What.STARTED, by, Optional.empty(), -1, "", seen(Say.of("timeline.saw.started")));
            return; // its counters began anew
        }
        var state = now.clusterInfo().get("cluster_state");
        if (state != null && !state.equals(was.clusterInfo().get("cluster_state"))) {
            var what = state.equals("ok") ? What.STATE_OK : What.STATE_FAIL;
            tell(when, what, by, Optional.empty(), -1, "", seen(Say.of("timeline.saw.state", "state", state)));
        }
        COUNTERS.forEach((key, what) -> {
            long from = was.clusterNumber(key).orElse(0);
            long to = now.clusterNumber(key).orElse(0);
            if (to > from) {
                var proof = new Evidence.Counter(key, from, to);
                long number = what == What.VOTES_IN ? to - from : what == What.ASKS || what == What.GRANTS ? 0 : -1;
                tell(when, what, by, Optional.empty(), number, what == What.BY_HAND ? "ordinary" : "", proof);
            }
        });
        long epoch = now.clusterNumber("cluster_current_epoch").orElse(0);
        if (epoch > was.clusterNumber("cluster_current_epoch").orElse(epoch)) {
            var proof = seen(Say.of("timeline.saw.epoch", "epoch", epoch));
            tell(when, What.EPOCH, by, Optional.empty(), epoch, "", proof);
        }
        if (was.text("master_link_status").filter("up"::equals).isPresent()
                && now.text("master_link_status").filter("down"::equals).isPresent()) {
            var proof = seen(Say.of("timeline.saw.link-down"));
            tell(when, What.MASTER_LOST, by, node.master(), -1, "", proof);
        }
    }

    private static Evidence seen(Say what) {
        return new Evidence.View(what);
    }

    private void view(NodeView now) {
        var was = before.views().get(now.seenBy());
        if (was == null || was == now) {
            return;
        }
        var rows = new HashMap<NodeId, NodeRow>();
        was.rows().forEach(r -> rows.put(r.id(), r));
        for (var row : now.rows()) {
            var old = rows.get(row.id());
            if (old != null && old != row) {
                row(now, old, row);
            }
        }
    }

    private void row(NodeView view, NodeRow was, NodeRow now) {
        var by = view.seenBy();
        var when = When.between(looked(by, was, view.at()), view.at());
        boolean itself = by.equals(now.id());
        var about = itself ? Optional.<NodeId>empty() : Optional.of(now.id());
        if (!itself) {
            flags(when, by, was, now);
        }
        if (was.has(Flag.REPLICA) && !now.has(Flag.REPLICA)) {
            var proof = seen(Say.of("timeline.saw.master", "epoch", now.epoch()));
            tell(when, itself ? What.MASTER_NOW : What.SEES_MASTER, by, about, now.epoch(), "", proof);
        } else if (itself && now.master().isPresent() && !now.master().equals(was.master())) {
            boolean migrates = leavesAServingMaster(view, was)
                    && orphaned(view, now.master().get());
            var what = migrates ? What.MIGRATES : What.FOLLOWS;
            tell(when, what, by, now.master(), -1, "", seen(Say.of("timeline.saw.replica")));
        }
    }

    /** Whether it has no other replica that is up; else an operator sent one more there (clusterHandleSlaveMigration in cluster.c). */
    private static boolean orphaned(NodeView view, NodeId master) {
        return view.rows().stream()
                .filter(r -> r.master().filter(master::equals).isPresent())
                .allMatch(r -> r.id().equals(view.seenBy()) || r.has(Flag.FAIL));
    }

    /** A replica follows another master although its own serves on. */
    private static boolean leavesAServingMaster(NodeView view, NodeRow was) {
        return was.master()
                .flatMap(view::of)
                .filter(m -> m.has(Flag.MASTER) && !m.slots().isEmpty() && !m.has(Flag.FAIL) && !m.has(Flag.PFAIL))
                .isPresent();
    }

    private void flags(When when, NodeId by, NodeRow was, NodeRow now) {
        var about = Optional.of(now.id());
        boolean failed = now.has(Flag.FAIL);
        if (failed && !was.has(Flag.FAIL)) {
            tell(when, What.HEARS_FAIL, by, about, -1, "", seen(Say.of("timeline.saw.flag", "flag", "fail")));
        } else if (!failed && was.has(Flag.FAIL)) {
            tell(when, What.CLEARS_FAIL, by, about, -1, "", seen(Say.of("timeline.saw.no-flag", "flag", "fail")));
        }
        if (now.has(Flag.PFAIL) && !was.has(Flag.PFAIL)) {
            tell(when, What.SUSPECTS, by, about, -1, "", seen(Say.of("timeline.saw.flag", "flag", "fail?")));
        } else if (!now.has(Flag.PFAIL) && was.has(Flag.PFAIL) && !failed) {
            tell(when, What.TRUSTS, by, about, -1, "", seen(Say.of("timeline.saw.no-flag", "flag", "fail?")));
        }
    }

    /**
     * When that node's view was last known to be as before. A flag on a master with slots shows in CLUSTER INFO, which is asked at each
     * tick and leads to CLUSTER NODES at once; others wait for the view's own turn.
     */
    private Instant looked(NodeId by, NodeRow about, Instant until) {
        var node = before.node(by);
        var last = node.flatMap(Views::asked)
                .or(() -> node.flatMap(Node::info).map(NodeInfo::at))
                .orElse(before.at());
        var turn = new Pace(Math.max(1, after.nodes().size()), 0).view();
        var earlier = until.minus(turn);
        return about.slots().isEmpty() && earlier.isBefore(last) ? earlier : last;
    }
}
