package io.clusterdeck.views.logs;

import io.clusterdeck.deck.MergedLogs;
import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Figures;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/** The logs of any nodes, followed and merged by one clock. FX thread. */
public final class MergedModel {
    private static final int BACK = 300;
    private static final int MOST = 20_000;

    private final Live live;
    private final ObservableList<LogEntry> entries = FXCollections.observableArrayList();
    private final ObservableMap<NodeId, Say> troubles = FXCollections.observableHashMap();
    private final BooleanProperty paused = new SimpleBooleanProperty();
    private final ReadOnlyIntegerWrapper opening = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
    private final Map<NodeId, One> followed = new HashMap<>();
    private final ConcurrentLinkedQueue<LogEntry> queue = new ConcurrentLinkedQueue<>();
    /** What came while paused: as many as are shown at most. */
    private final ArrayDeque<LogEntry> held = new ArrayDeque<>();

    private final Fx<Boolean> drain = new Fx<>(b -> drain());

    /** One log that is being opened or followed. */
    private static final class One {
        private @Nullable Thread opening;
        private @Nullable Following following;
        private Optional<Say> doubt = Optional.empty();
        private Optional<Instant> interrupted = Optional.empty();
        private boolean over;
        private boolean opened;
    }

    private void opened(One one) {
        if (!one.opened) {
            one.opened = true;
            opening.set(opening.get() - 1);
        }
    }

    public MergedModel(Live live) {
        this.live = live;
        paused.subscribe(p -> drain());
        live.stateProperty().subscribe(s -> followed.forEach(this::interrupted));
    }

    /** While a host does not answer its lines stand still, and are taken up again where they stopped. */
    private void interrupted(NodeId id, One one) {
        if (one.following == null || one.following.over() || one.following.alive() == one.interrupted.isEmpty()) {
            return;
        }
        one.interrupted = one.following.alive() ? Optional.empty() : Optional.of(Instant.now());
        one.interrupted
                .map(since -> Say.of("logs.interrupted", "node", live.name(id), "at", Figures.clock(since)))
                .or(() -> one.doubt)
                .ifPresentOrElse(say -> troubles.put(id, say), () -> troubles.remove(id));
    }

    /** By their times. */
    public ObservableList<LogEntry> entries() {
        return entries;
    }

    /** Why a node's log is not followed, or its times may be wrong. */
    public ObservableMap<NodeId, Say> troubles() {
        return troubles;
    }

    /** While paused lines are collected and not shown. */
    public BooleanProperty pausedProperty() {
        return paused;
    }

    /** How many logs are asked for, of which no line has come yet. */
    public ReadOnlyIntegerProperty openingProperty() {
        return opening.getReadOnlyProperty();
    }

    /** How many lines wait while it is paused. */
    public ReadOnlyIntegerProperty waitingProperty() {
        return waiting.getReadOnlyProperty();
    }

    public Set<NodeId> nodes() {
        return Set.copyOf(followed.keySet());
    }

    /** Follows exactly these. */
    public void follow(Set<NodeId> nodes) {
        for (var id : List.copyOf(followed.keySet())) {
            if (!nodes.contains(id)) {
                leave(id);
            }
        }
        nodes.stream().filter(id -> !followed.containsKey(id)).sorted().forEach(this::open);
    }

    private void open(NodeId id) {
        var one = new One();
        followed.put(id, one);
        opening.set(opening.get() + 1);
        one.opening = Work.<MergedLogs.Followed>begin(
                "log " + id.brief(),
                () -> live.cluster().logs().follow(id, BACK, entry -> {
                    queue.add(entry);
                    drain.accept(true);
                }),
                opened -> {
                    opened(one);
                    if (one.over) {
                        end(opened.following());
                    } else {
                        one.following = opened.following();
                        one.doubt = opened.doubt();
                        opened.doubt().ifPresent(d -> troubles.put(id, d));
                        untilEnd(id, one, opened.following());
                    }
                },
                (Failure failure) -> {
                    opened(one);
                    if (!one.over) {
                        troubles.put(id, failure.what());
                    }
                });
    }

    private void untilEnd(NodeId id, One one, Following log) {
        Work.begin(
                "end of log " + id.brief(),
                log::end,
                why -> {
                    if (!one.over) {
                        why.ifPresent(
                                w -> troubles.put(id, Say.of("logs.ended", "node", live.name(id), "why", w.what())));
                    }
                },
                failure -> {});
    }

    private void leave(NodeId id) {
        var one = followed.remove(id);
        troubles.remove(id);
        if (one != null) {
            one.over = true;
            opened(one);
            if (one.opening != null) {
                one.opening.interrupt();
            }
            if (one.following != null) {
                end(one.following);
            }
        }
        entries.removeIf(e -> e.node().equals(id));
        drain();
    }

    /** Closing waits for the remote end, so it is done off the FX thread. */
    private static void end(Following following) {
        Work.begin(
                "close log",
                () -> {
                    following.close();
                    return true;
                },
                done -> {},
                failure -> {});
    }

    private void drain() {
        for (var entry = queue.poll(); entry != null; entry = queue.poll()) {
            held.add(entry);
            if (held.size() > MOST) {
                held.remove();
            }
        }
        held.removeIf(entry -> !followed.containsKey(entry.node()));
        waiting.set(paused.get() ? held.size() : 0);
        if (paused.get()) {
            return;
        }
        var batch = new ArrayList<>(held);
        held.clear();
        if (batch.isEmpty()) {
            return;
        }
        batch.sort(Comparator.comparing(LogEntry::at));
        var last = entries.isEmpty() ? Optional.<LogEntry>empty() : Optional.of(entries.getLast());
        if (last.isEmpty() || !batch.getFirst().at().isBefore(last.get().at())) {
            entries.addAll(batch);
        } else {
            // what comes late goes where it belongs; equal times keep their order
            var all = new ArrayList<>(entries);
            all.addAll(batch);
            all.sort(Comparator.comparing(LogEntry::at));
            entries.setAll(all);
        }
        if (entries.size() > MOST) {
            entries.remove(0, entries.size() - MOST);
        }
    }

    /** Ends all. */
    public void close() {
        follow(Set.of());
    }
}
