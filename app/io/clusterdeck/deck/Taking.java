package io.clusterdeck.deck;

import io.clusterdeck.plan.Operator;
import io.clusterdeck.redis.events.Event;
import io.clusterdeck.redis.events.Events;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.Keeping;
import io.clusterdeck.store.SayLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history of one cluster while its watch runs, whether anybody looks at it or not: what happens goes to events.jsonl, and a
 * snapshot is taken once a change has settled, and when it is time. Of several processes that watch a cluster one does this; another takes
 * over when that ends.
 */
final class Taking implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Taking.class);

    /** Until the next try where one could not be written: a full disk is not emptied by asking. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** For a file to be written when we end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(3);

    /** Happens all the time on a shaky network, and changes nothing that a snapshot shows. */
    private static final Set<String> PASSING = Set.of("event.suspected", "event.epoch");

    private final OpenCluster cluster;
    private final Home home;
    private final DeckArchive archive;
    private final SeenStates seen = new SeenStates();
    private final Uncut files = new Uncut();
    private final Watch.Subscription subscription;
    private final Thread thread;
    private final List<Say> happened = new ArrayList<>();
    private final ChangePace pace = new ChangePace();
    private @Nullable ClusterState last;
    private Instant changed = Instant.MAX;
    private Instant changing = Instant.MAX;
    private Instant newest = Instant.MIN;
    private Instant looked = Instant.EPOCH;
    private Instant again = Instant.EPOCH;
    private Duration every = Keeping.DEFAULT.every();

    Taking(OpenCluster cluster, Watch watch, Home home, DeckArchive archive) {
        this.cluster = cluster;
        this.home = home;
        this.archive = archive;
        subscription = watch.each(seen::add);
        thread =
                Thread.ofVirtual().name("snapshots of " + cluster.spec().name()).start(this::run);
    }

    private void run() {
        try {
            while (true) {
                try (var turn = Turn.take(home.of(cluster.spec().name()))) {
                    if (turn.ours() && kept()) {
                        record();
                    }
                } catch (RuntimeException mistake) {
                    LOG.error("keeping the history of {}", cluster.spec().name(), mistake);
                }
                Thread.sleep(TURN);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** A cluster that is only being looked at, before it is adopted, gets no folder. */
    private boolean kept() {
        return home.clusters().contains(cluster.spec().name());
    }

    private void record() throws InterruptedException {
        var first = whole();
        seen.followed(true); // while what was before is read, more may happen
        try {
            begin(first);
            while (true) {
                follow(seen.poll(pause()));
                due();
            }
        } catch (InterruptedException over) {
            atOnce();
            throw over;
        } finally {
            seen.followed(false);
        }
    }

    /** A change that has not settled when we are closed is kept as it was seen last, without asking anybody. */
    private void atOnce() {
        for (var state = seen.poll(); state != null; state = seen.poll()) {
            follow(state);
        }
        if (changing.isBefore(Instant.MAX) && last != null) {
            try {
                keep(last, Taken.Why.CHANGE);
            } catch (Failure unkept) {
                troubled(unkept);
            }
        }
    }

    /** The first state in which every node was asked. */
    private ClusterState whole() throws InterruptedException {
        while (true) {
            var state = seen.take();
            if (!state.nodes().isEmpty()
                    && state.nodes().values().stream().noneMatch(n -> n.contact() instanceof Contact.Unknown)) {
                return state;
            }
        }
    }

    /** What changed while nobody looked is found by comparing with what was kept last. */
    private void begin(ClusterState state) {
        last = state;
        happened.clear();
        var before = readable();
        if (before.isEmpty()) {
            newest = Instant.MIN;
            return;
        }
        newest = before.get().state().at();
        var then = before.get().state();
        if (!Comparison.between(then, state).sameTopology()) {
            happened.add(Say.of("archive.unwatched", "since", newest));
            note(Events.between(then, state));
            happen(state.at());
        }
    }

    /** The newest that can be read: a torn one, or one of a later version, must not end the history. */
    private Optional<Snapshot> readable() {
        try {
            for (var kept : files.whole(() -> archive.of(cluster.spec().name()))) {
                try {
                    return Optional.of(files.whole(() -> archive.read(kept)));
                } catch (UnexpectedOutput broken) {
                    LOG.warn(
                            "a snapshot of {} can't be read: {}", cluster.spec().name(), broken.what());
                }
            }
        } catch (Failure unreadable) {
            troubled(unreadable);
        }
        return Optional.empty();
    }

    private void follow(@Nullable ClusterState state) {
        if (state == null || state.nodes().isEmpty()) {
            return;
        }
        var before = last;
        last = state;
        var events = before == null ? List.<Event>of() : Events.between(before, state);
        note(events);
        if (events.stream().anyMatch(e -> !PASSING.contains(e.what().key()))) {
            happen(Instant.now());
        }
    }

    /** What can't be written goes with the snapshot all the same. */
    private void note(List<Event> events) {
        for (var event : events) {
            happened.add(event.what());
            try {
                var entry = new SayLog.Entry(event.at(), Operator.name(), event.what());
                files.whole(() -> {
                    home.events(cluster.spec().name()).add(entry);
                    return entry;
                });
            } catch (Failure unwritten) {
                troubled(unwritten);
            }
        }
    }

    private void troubled(Failure failed) {
        var name = cluster.spec().name();
        if (archive.trouble(name).filter(t -> t.what().equals(failed.what())).isEmpty()) {
            LOG.warn("the history of {} is not kept: {}", name, failed.what());
        }
        archive.troubled(name, failed);
    }

    private void happen(Instant now) {
        changing = changing.equals(Instant.MAX) ? now : changing;
        changed = now;
    }

    /** Until something may be due. */
    private Duration pause() {
        var now = Instant.now();
        if (!changing.equals(Instant.MAX) && !now.isBefore(again)) {
            var next = Duration.between(now, pace.due(changing, changed));
            return next.isNegative() ? Duration.ofMillis(1) : next;
        }
        return Duration.ofSeconds(1);
    }

    private void due() throws InterruptedException {
        var state = last;
        var now = Instant.now();
        if (state == null || now.isBefore(again)) {
            return;
        }
        try {
            if (!changing.equals(Instant.MAX)) {
                if (!now.isBefore(pace.due(changing, changed))) {
                    keep(Configurations.told(state, cluster.links()), Taken.Why.CHANGE);
                }
            } else if (newest.equals(Instant.MIN) || scheduled(now)) {
                keep(Configurations.told(state, cluster.links()), Taken.Why.SCHEDULE);
            }
        } catch (Failure unkept) {
            again = now.plus(AGAIN);
            troubled(unkept);
        }
    }

    /** The rule may be changed by another process, and is read once a minute; while it can't be, the last one holds. */
    private boolean scheduled(Instant now) {
        if (!now.isBefore(looked.plus(LOOK))) {
            looked = now;
            try {
                every = files.whole(home::keeping).every();
            } catch (Failure unreadable) {
                troubled(unreadable);
            }
        }
        return due(newest, every, now);
    }

    /**
     * Whether a multiple of {@code every}, counted on the clock (UTC), lies between the last one and now: so it never drifts, and every
     * process goes by the same hours. One that was kept by a clock that ran ahead counts for nothing.
     */
    static boolean due(Instant newest, Duration every, Instant now) {
        return !every.isZero()
                && (newest.isAfter(now)
                        || Math.floorDiv(now.toEpochMilli(), every.toMillis())
                                > Math.floorDiv(newest.toEpochMilli(), every.toMillis()));
    }

    private void keep(ClusterState state, Taken.Why why) throws Failure {
        if (kept()) {
            var what = happened.subList(0, Math.min(happened.size(), 50));
            var taken = new Taken(why, Operator.name(), why == Taken.Why.SCHEDULE ? List.of() : what);
            files.whole(() -> archive.keep(cluster.spec().name(), state, taken));
        }
        if (why == Taken.Why.CHANGE) {
            pace.kept(Instant.now());
        }
        happened.clear();
        changing = Instant.MAX;
        changed = Instant.MAX;
        newest = Instant.now();
    }

    /** Returns when nothing will be written any more. */
    @Override
    public void close() {
        subscription.close();
        files.interrupt(thread, PATIENCE);
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
