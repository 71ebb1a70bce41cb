package io.clusterdeck.views.shell;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.notice.Notices;
import io.clusterdeck.views.parts.Glyph;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.collections.MapChangeListener;

/** Tells when a cluster turns bad, and when it is well again: in the window, and the first of the two on the desktop. FX thread. */
final class Verdicts {
    /** A failover begins when a node was heard of last: up to twice the node-timeout before anything turns bad. */
    private static final Duration BEFORE = Duration.ofMinutes(1);
    /** So long nobody may answer without a word: a network that changes, a computer that wakes up. */
    private static final Duration MOMENT = Duration.ofSeconds(30);

    private final ShellModel model;
    private final Notices notices;
    private final BiConsumer<String, Tab> turnTo;
    private final BiConsumer<Say, Say> desktop;
    private final Map<String, Health> last = new HashMap<>();
    private final Map<String, Notice> told = new HashMap<>();
    /** Since when nobody of a cluster that was well has answered. */
    private final Map<String, Instant> silent = new HashMap<>();

    /**
     * @param turnTo opens a tab of a cluster
     * @param desktop told the title and the reason
     */
    Verdicts(ShellModel model, Notices notices, BiConsumer<String, Tab> turnTo, BiConsumer<Say, Say> desktop) {
        this.turnTo = turnTo;
        this.model = model;
        this.notices = notices;
        this.desktop = desktop;
        model.open().addListener((MapChangeListener<String, Live>) c -> {
            if (c.wasAdded()) {
                follow(c.getKey(), c.getValueAdded());
            }
            if (c.wasRemoved()) {
                last.remove(c.getKey());
                silent.remove(c.getKey());
                Optional.ofNullable(told.remove(c.getKey())).ifPresent(notices::dismiss);
            }
        });
        model.open().forEach(this::follow);
    }

    private void follow(String name, Live live) {
        live.stateProperty().subscribe(state -> look(name, live.tally().verdict(), state));
    }

    /** What is unknown for a moment says nothing: a laptop that slept is no outage, and what was bad before is not bad anew. */
    private void look(String name, Health now, ClusterState state) {
        if (now == Health.UNKNOWN) {
            nobodyAnswers(name, state);
            return;
        }
        if (state.nodes().isEmpty()) {
            return;
        }
        silent.remove(name);
        var was = last.put(name, now);
        if (was == Health.FAIL && now == Health.FAIL) {
            keepRight(name, state);
        }
        if (was == null || was != Health.UNKNOWN && (was == Health.FAIL) == (now == Health.FAIL)) {
            return;
        }
        Optional.ofNullable(told.remove(name)).ifPresent(notices::dismiss); // no longer so
        if (now == Health.FAIL) {
            turnedBad(name, state);
        } else {
            var notice = Notice.of(Glyph.Kind.DONE, Say.of("desk.notice.well", "cluster", name));
            told.put(name, notice);
            notices.tell(notice);
        }
    }

    /** A rack, a tunnel, a switch: nobody is left to say that the others are gone, so nothing turns bad by itself. */
    private void nobodyAnswers(String name, ClusterState state) {
        var was = last.get(name);
        if (was == null || was == Health.FAIL || was == Health.UNKNOWN) {
            return;
        }
        var since = silent.computeIfAbsent(name, n -> state.at());
        if (state.at().isBefore(since.plus(MOMENT))) {
            return;
        }
        last.put(name, Health.UNKNOWN);
        Optional.ofNullable(told.remove(name)).ifPresent(notices::dismiss);
        var why = Say.of("desk.notice.silent.why");
        var notice = Notice.of(Glyph.Kind.BAD, Say.of("desk.notice.silent", "cluster", name))
                .more(why)
                .way("desk.notice.show", () -> turnTo.accept(name, Tab.TOPOLOGY));
        tell(name, notice, why);
    }

    private void tell(String name, Notice notice, Say why) {
        told.put(name, notice);
        notices.tell(notice);
        if (notices.desktopProperty().get()) {
            desktop.accept(notice.what(), why);
        }
    }

    private void turnedBad(String name, ClusterState state) {
        tell(name, bad(name, state), why(state));
    }

    private Notice bad(String name, ClusterState state) {
        return Notice.of(Glyph.Kind.BAD, Say.of("desk.notice.bad", "cluster", name))
                .more(why(state))
                .way("desk.notice.show", () -> turnTo.accept(name, tab(name, state.at())));
    }

    /** While it is still to be read, a notice gives the reason that holds now: slots may be served again, and a copy still be missing. */
    private void keepRight(String name, ClusterState state) {
        var shown = told.get(name);
        if (shown != null && !shown.more().equals(Optional.of(why(state)))) {
            var now = bad(name, state);
            if (notices.replace(shown, now)) {
                told.put(name, now);
            }
        }
    }

    private static Say why(ClusterState state) {
        return worst(state).orElse(Say.of("desk.notice.bad.why"));
    }

    /** Where the reason stands: the timeline of a failover that began then, where there is one. */
    private Tab tab(String name, Instant bad) {
        var since = bad.minus(BEFORE);
        var live = model.open().get(name);
        return live != null
                        && live.cluster().timelines().all().stream()
                                .anyMatch(k -> k.timeline().began().isAfter(since))
                ? Tab.FAILOVER
                : Tab.TOPOLOGY;
    }

    private static Optional<Say> worst(ClusterState state) {
        return state.health().stream()
                .filter(f -> f.level() == Level.BAD)
                .map(Finding::title)
                .findFirst();
    }
}
