package io.clusterdeck.views.shell;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.notice.Notices;
import io.clusterdeck.views.parts.Glyph;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.collections.MapChangeListener;

/** Tells when a cluster turns bad, and when it is well again: in the window, and the first of the two on the desktop. FX thread. */
final class Verdicts {
    private final ShellModel model;
    private final Notices notices;
    private final BiConsumer<Say, Say> desktop;
    private final Map<String, Health> last = new HashMap<>();
    private final Map<String, Notice> told = new HashMap<>();

    /** @param desktop told the title and the reason */
    Verdicts(ShellModel model, Notices notices, BiConsumer<Say, Say> desktop) {
        this.model = model;
        this.notices = notices;
        this.desktop = desktop;
        model.open().addListener((MapChangeListener<String, Live>) c -> {
            if (c.wasAdded()) {
                follow(c.getKey(), c.getValueAdded());
            }
            if (c.wasRemoved()) {
                last.remove(c.getKey());
            }
        });
        model.open().forEach(this::follow);
    }

    private void follow(String name, Live live) {
        live.stateProperty().subscribe(state -> look(name, state));
    }

    /** What is unknown says nothing: a laptop that slept is no outage, and what was bad before is not bad anew. */
    private void look(String name, ClusterState state) {
        var now = state.verdict();
        if (now == Health.UNKNOWN || state.nodes().isEmpty()) {
            return;
        }
        var was = last.put(name, now);
        if (was == null || (was == Health.FAIL) == (now == Health.FAIL)) {
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

    private void turnedBad(String name, ClusterState state) {
        var title = Say.of("desk.notice.bad", "cluster", name);
        var why = worst(state).orElse(Say.of("desk.notice.bad.why"));
        var notice = Notice.of(Glyph.Kind.BAD, title)
                .more(why)
                .way("desk.notice.show", () -> model.pageProperty().set(new Page.Cluster(name)));
        told.put(name, notice);
        notices.tell(notice);
        if (notices.desktopProperty().get()) {
            desktop.accept(title, why);
        }
    }

    private static Optional<Say> worst(ClusterState state) {
        return state.health().stream()
                .filter(f -> f.level() == Level.BAD)
                .map(Finding::title)
                .findFirst();
    }
}
