package io.clusterdeck.redis.timeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.redis.timeline.Timeline.Outcome;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All failovers that are known of a cluster: as told now, and as kept. Safe for use by many threads; {@link #load} and {@link #take} may block. */
final class Archive {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The newest are read at the beginning, at most so many and so many letters; older ones stay in their files. */
    private static final int READ = 200;

    private static final long LETTERS = 16_000_000;

    /** So long after the end more lines may arrive. */
    private static final Duration SETTLES = Duration.ofMillis(2500);

    /** A failover that does not come about is kept when it is this old, and again when it is over. */
    private static final Duration STUCK = Duration.ofSeconds(10);

    private final Shelf shelf;
    private final Map<String, Kept> known = new LinkedHashMap<>();
    private final Map<String, Object> written = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Map<String, Measured> waiting = new HashMap<>();

    /** The names of those that another process had named first, by the names that they had here. */
    private final Map<String, String> elsewhere = new HashMap<>();

    private final List<Say> unshown = new ArrayList<>();

    Archive(Shelf shelf) {
        this.shelf = shelf;
    }

    void load() {
        var names = List.<String>of();
        try {
            names = shelf.names().stream().sorted(Comparator.reverseOrder()).toList();
        } catch (Failure unreadable) {
            LOG.warn("kept failovers are not shown: {}", unreadable.what());
            unshown(unreadable.what());
        }
        long letters = 0;
        for (int i = 0; i < names.size(); i++) {
            if (i == READ || letters > LETTERS) {
                unshown(Say.of("timeline.older", "n", names.size() - i, "file", shelf.place(names.get(i))));
                return;
            }
            letters += load(names.get(i));
        }
    }

    /** One that can't be read hides no other. */
    private long load(String name) {
        try {
            var text = shelf.read(name);
            var kept = TimelineReader.read(text, shelf.place(name));
            synchronized (this) {
                var twice = known.values().stream()
                        .filter(k -> Retold.same(k.timeline(), kept.timeline()))
                        .findFirst();
                var whole = twice.map(k -> Retold.together(k, kept, List.of())).orElse(kept);
                var timeline = whole.timeline();
                known.put(timeline.id(), new Kept(timeline.untold(), whole.measured(), whole.before(), whole.after()));
                written.put(timeline.id(), timeline);
            }
            return text.length();
        } catch (Failure unreadable) {
            LOG.warn("a kept failover is not shown: {}", unreadable.what());
            unshown(unreadable.what());
            return 0;
        }
    }

    private synchronized void unshown(Say why) {
        unshown.add(why);
    }

    /** Which kept ones are not among {@link #all}, and why. */
    synchronized List<Say> unshown() {
        return List.copyOf(unshown);
    }

    synchronized List<Kept> all() {
        return known.values().stream()
                .sorted(Comparator.comparing((Kept k) -> !live(k.timeline()))
                        .thenComparing(k -> k.timeline().began(), Comparator.reverseOrder()))
                .toList();
    }

    /** Whether it goes on now; one that an earlier session left undecided does not. */
    synchronized boolean live(Timeline timeline) {
        return !timeline.over() && open.contains(timeline.id());
    }

    /** Whether something is still going on or being settled, so that time alone may change it. */
    synchronized boolean unsettled() {
        return !open.isEmpty();
    }

    /** Whether everything ended before that and is kept. */
    synchronized boolean settledSince(Instant when) {
        return open.isEmpty()
                && known.values().stream()
                        .allMatch(
                                k -> k.timeline().ended().orElse(Instant.EPOCH).isBefore(when));
    }

    synchronized void measured(String name, Measured more) {
        var id = elsewhere.getOrDefault(name, name);
        var kept = known.get(id);
        if (kept == null) {
            waiting.put(id, more);
            return;
        }
        known.put(id, new Kept(kept.timeline(), Optional.of(more), kept.before(), kept.after()));
        written.remove(id);
        open.add(id);
    }

    /** Takes what was told anew, from these facts; answers whether anything changed. Keeps what is over. */
    boolean take(
            List<Timeline> told,
            List<Fact> from,
            Instant now,
            Function<Instant, Ledger.Calm> before,
            ClusterState state) {
        boolean changed = false;
        var keep = new LinkedHashMap<String, Kept>();
        synchronized (this) {
            var live = new HashSet<String>();
            for (var fresh : told) {
                var timeline = named(fresh, live);
                live.add(timeline.id());
                changed |= put(timeline, from, now, before, state, keep);
            }
            // what was open and is told no more was nothing: only our own contact
            var gone = known.values().stream()
                    .map(Kept::timeline)
                    .filter(t -> !t.over() && !live.contains(t.id()) && open.contains(t.id()))
                    .map(Timeline::id)
                    .toList();
            for (var id : gone) {
                known.remove(id);
                open.remove(id);
                changed = true;
            }
        }
        keep.forEach((id, kept) -> keep(id, kept, from));
        return changed || !keep.isEmpty();
    }

    /** Keeps what is over and has not settled yet: nobody will tell it later where there are no logs. */
    void close(Function<Instant, Ledger.Calm> before, ClusterState state) {
        var keep = new LinkedHashMap<String, Kept>();
        synchronized (this) {
            open.forEach(id -> {
                var kept = known.get(id);
                if (kept != null && kept.timeline().over() && !kept.timeline().equals(written.get(id))) {
                    keep.put(id, whole(kept, before, state));
                }
            });
        }
        keep.forEach((id, kept) -> keep(id, kept, List.of()));
    }

    /** With the cluster as it was before and afterwards. */
    private static Kept whole(Kept kept, Function<Instant, Ledger.Calm> before, ClusterState state) {
        var timeline = kept.timeline();
        return new Kept(
                timeline,
                kept.measured(),
                kept.before().or(() -> snapshot(before.apply(timeline.began()), timeline)),
                kept.after().or(() -> recent(timeline, state.at()) ? document(state) : Optional.empty()));
    }

    private boolean put(
            Timeline fresh,
            List<Fact> from,
            Instant now,
            Function<Instant, Ledger.Calm> before,
            ClusterState state,
            Map<String, Kept> keep) {
        var id = fresh.id();
        var old = known.get(id);
        var timeline =
                old == null ? fresh : Retold.better(old.timeline(), fresh, from).orElse(old.timeline());
        if (old != null && !open.contains(id) && Retold.already(old.timeline(), timeline)) {
            return false;
        }
        boolean same = old != null && old.timeline().equals(timeline);
        var end = timeline.ended();
        boolean ripe =
                timeline.over() && end.isPresent() && end.get().plus(SETTLES).isBefore(now)
                        || timeline.outcome() == Outcome.STUCK
                                && timeline.began().plus(STUCK).isBefore(now);
        var kept = old == null
                ? new Kept(timeline, Optional.ofNullable(waiting.remove(id)), Optional.empty(), Optional.empty())
                : old.told(timeline);
        if (ripe && !timeline.equals(written.get(id))) {
            kept = whole(kept, before, state);
            keep.put(id, kept);
            written.put(id, timeline);
        }
        if (timeline.over() && ripe) {
            open.remove(id);
        } else {
            open.add(id);
        }
        known.put(id, kept);
        return !same;
    }

    /** Under the name it had before: more evidence may move its beginning a little. */
    private Timeline named(Timeline t, Set<String> taken) {
        var id = known.values().stream()
                .map(Kept::timeline)
                .filter(k -> k.failed().equals(t.failed()))
                .filter(k -> !taken.contains(k.id()))
                .filter(k -> Retold.near(k, t) || Retold.same(k, t) || k.id().equals(t.id()))
                .min(Comparator.comparingLong(k -> Retold.apart(k, t)))
                .map(Timeline::id)
                .orElse(t.id());
        return t.named(id);
    }

    private static boolean recent(Timeline timeline, Instant now) {
        return timeline.began().isAfter(now.minus(Duration.ofMinutes(5)));
    }

    private static Optional<String> snapshot(Ledger.Calm calm, Timeline timeline) {
        boolean fits = calm.at().isBefore(timeline.began())
                && calm.at().isAfter(timeline.began().minus(Duration.ofMinutes(3)));
        return fits ? document(calm.state()) : Optional.empty();
    }

    private static Optional<String> document(ClusterState state) {
        try {
            return Optional.of(JSON.readTree(SnapshotJson.text(state)).toString());
        } catch (IOException ours) {
            throw new IllegalStateException("a snapshot that is no JSON", ours);
        }
    }

    private void keep(String id, Kept kept, List<Fact> from) {
        try {
            kept(kept, new Claim(shelf).keep(kept, from));
        } catch (Failure unwritable) {
            LOG.warn("the failover {} is known for this session only: {}", id, unwritable.what());
        }
    }

    /** It goes by the name that it has on the shelf: another process may have had it first. What was measured meanwhile is kept next time. */
    private synchronized void kept(Kept ours, Kept whole) {
        var name = ours.timeline().id();
        var id = whole.timeline().id();
        var now = known.remove(name);
        written.remove(name);
        if (!id.equals(name)) {
            elsewhere.put(name, id);
            if (open.remove(name)) {
                open.add(id);
            }
        }
        if (now == null || now.measured().equals(ours.measured())) {
            known.put(id, whole);
            written.put(id, whole.timeline());
        } else {
            known.put(id, new Kept(whole.timeline(), now.measured(), whole.before(), whole.after()));
            open.add(id);
        }
    }
}
