package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a cluster as they come, and the nodes as they were while all was calm. Facts from logs stay on their host's clock here,
 * since that is measured again and again. Memory is bounded: the oldest go first. Safe for use by many threads.
 */
final class Ledger {

    /** A failover of six nodes makes about 60 facts, one of a hundred nodes about 1,000. */
    private static final int FACTS = 40_000;

    private static final int CALM = 120;

    /** All nodes of the states that are kept together: of a large cluster there are fewer, for each state holds every node anew. */
    private static final int NODES = 12_000;

    private static final Duration CALM_EVERY = Duration.ofSeconds(1);

    /** So long one state stands for those after it that are laid out alike: each holds all that every node tells of itself. */
    private static final Duration STATE_EVERY = Duration.ofSeconds(10);

    private record Told(Fact fact, String host) {}

    /**
     * The nodes at a time when no master was in trouble.
     *
     * @param state as it was then, or a little before and laid out alike
     */
    record Calm(Instant at, List<Member> members, ClusterState state) {
        static Calm of(ClusterState state) {
            return new Calm(state.at(), Member.of(state), state);
        }

        /** The same with an older state in place of its own, where that says as much. */
        Calm after(@Nullable Calm before) {
            return before != null
                            && before.state().at().plus(STATE_EVERY).isAfter(at)
                            && Member.laidOutAlike(before.members(), members)
                    ? new Calm(at, members, before.state())
                    : this;
        }
    }

    private final Deque<Told> told = new ArrayDeque<>();
    private final Set<String> lines = new HashSet<>();
    private final Deque<Calm> calm = new ArrayDeque<>();

    /** What was seen first, where that was no calm. */
    private @Nullable Calm opening;

    private final List<Cut> cuts = new ArrayList<>();
    private final Map<String, ClockHistory> clocks = new ConcurrentHashMap<>();

    /** Facts on our own clock. */
    synchronized boolean add(List<Fact> facts) {
        facts.forEach(f -> put(new Told(f, "")));
        return !facts.isEmpty();
    }

    /** A fact from a log, on the clock of {@code host}; false when that line is known, also from a copy of its file. */
    synchronized boolean add(Fact fact, String host) {
        if (fact.evidence() instanceof Evidence.LogLine l && !lines.add(fact.by() + " " + l.text())) {
            return false;
        }
        put(new Told(fact, host));
        return true;
    }

    private void put(Told one) {
        told.addLast(one);
        if (told.size() > FACTS) {
            told.removeFirst();
        }
        if (lines.size() > 2 * FACTS) {
            lines.clear();
        }
    }

    synchronized void add(Cut cut) {
        cuts.add(cut);
    }

    synchronized List<Cut> cuts() {
        return List.copyOf(cuts);
    }

    /** Measured anew. */
    void clock(Clock fresh) {
        clocks.merge(fresh.host(), ClockHistory.of(fresh), (old, now) -> old.with(fresh));
    }

    /** As they were then. */
    List<Clock> clocks(Instant at) {
        return clocks.values().stream()
                .map(c -> c.at(at))
                .sorted(java.util.Comparator.comparing(Clock::host))
                .toList();
    }

    /** Everything on our clock. */
    synchronized List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        for (var one : told) {
            var clock = one.host().isEmpty() ? null : clocks.get(one.host());
            facts.add(clock == null ? one.fact() : clock.ours(one.fact()));
        }
        return facts;
    }

    /** Drops what is older, since nothing of it is open any more. */
    synchronized void forget(Instant before) {
        told.removeIf(t -> t.fact().at().isBefore(before));
        cuts.removeIf(c -> c.at().isBefore(before));
    }

    synchronized boolean isEmpty() {
        return told.isEmpty();
    }

    /** Remembers the nodes while no master is in trouble, about once a second. */
    synchronized void see(ClusterState state) {
        boolean trouble = state.nodes().values().stream().anyMatch(Ledger::troubled)
                || state.nodes().values().stream().noneMatch(Node::answers);
        if (!trouble
                && (calm.isEmpty() || !state.at().isBefore(calm.getLast().at().plus(CALM_EVERY)))) {
            calm.addLast(Calm.of(state).after(calm.peekLast()));
            int most = Math.clamp(NODES / Math.max(1, state.nodes().size()), 2, CALM);
            while (calm.size() > most) {
                calm.removeFirst();
            }
            notifyAll();
        } else if (calm.isEmpty() && opening == null && !state.nodes().isEmpty()) {
            // opened in the middle of it: better than nothing
            opening = Calm.of(state);
        }
    }

    /** Waits until the nodes were seen in calm then or later, at most so long; whether they were. */
    synchronized boolean calmSince(Instant at, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (calm.isEmpty() || calm.getLast().at().isBefore(at)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private static boolean troubled(Node n) {
        return n.isMaster()
                && n.slotCount() > 0
                && (!n.answers() || n.failed() || !n.suspectedBy().isEmpty());
    }

    /** The latest calm that was surely before; the earliest where there is none. */
    synchronized Calm before(Instant at) {
        Calm best = opening != null ? opening : calm.isEmpty() ? new Calm(at, List.of(), empty()) : calm.getFirst();
        for (var one : calm) {
            if (one.at().isBefore(at)) {
                best = one;
            }
        }
        return best;
    }

    private static ClusterState empty() {
        return new ClusterState(
                "",
                Instant.EPOCH,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                io.clusterdeck.redis.model.SlotOwners.none(),
                0,
                Duration.ofMillis(100),
                0);
    }
}
