package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What there is to know of the evidence: whose logs are not read, whose clocks are not measured, how often is looked. */
record Sources(NodeLogs logs, Ledger ledger) {

    private static final String DOUBLED = "timeline.note.doubled";

    /** Of what began then: of the hour that was there twice only in that night. */
    static boolean concerns(Say note, Instant began) {
        return !note.key().equals(DOUBLED)
                || note.args().get("at") instanceof Number at
                        && Math.abs(at.longValue() - began.toEpochMilli())
                                <= Duration.ofHours(3).toMillis();
    }

    List<Say> notes(ClusterState state) {
        var notes = new ArrayList<Say>();
        var silent = those(state, n -> !logs.reads(n) && !logs.closedJournal(n));
        var closed = those(state, logs::closedJournal);
        if (!silent.isEmpty() && silent.size() == state.nodes().size()) {
            notes.add(Say.of("timeline.note.no-logs"));
        } else if (!silent.isEmpty()) {
            notes.add(Say.of("timeline.note.some-logs", "nodes", silent));
        }
        if (!closed.isEmpty()) {
            notes.add(Say.of("timeline.note.journal", "nodes", closed));
        }
        var elsewhere = those(state, logs::otherZone);
        if (!elsewhere.isEmpty()) {
            notes.add(Say.of("timeline.note.zone", "nodes", elsewhere));
        }
        var doubled = those(state, n -> logs.doubled(n).isPresent());
        state.nodes().keySet().stream()
                .flatMap(n -> logs.doubled(n).stream())
                .max(Comparator.naturalOrder())
                .ifPresent(at -> notes.add(Say.of(DOUBLED, "nodes", doubled, "at", at.toEpochMilli())));
        var unmeasured = logs.hosts();
        var clocks = ledger.clocks(state.at());
        clocks.forEach(c -> unmeasured.remove(c.host()));
        if (clocks.isEmpty()) {
            notes.add(Say.of("timeline.note.no-clock"));
        } else if (!unmeasured.isEmpty()) {
            notes.add(Say.of("timeline.note.clock-of", "hosts", List.copyOf(unmeasured)));
        }
        notes.add(Say.of("timeline.note.tick", "t", state.tick().toMillis()));
        return notes;
    }

    private static List<String> those(ClusterState state, Predicate<NodeId> which) {
        return state.nodes().values().stream()
                .filter(n -> which.test(n.id()))
                .map(n -> n.address().toString())
                .sorted()
                .toList();
    }
}
