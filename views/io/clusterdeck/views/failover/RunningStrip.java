package io.clusterdeck.views.failover;

import io.clusterdeck.redis.timeline.Headline;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Spans;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.StageSpan;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Line;
import io.clusterdeck.views.parts.Rich;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;

/**
 * While a failover goes on, over every page of its cluster: what happens, and how far it came. Leads to its timeline. What came of it stands
 * there a while longer: the last stages take milliseconds.
 */
public final class RunningStrip extends HBox {
    private final Look look;
    private final FailoverModel model;
    private final Glyph state = new Glyph(Glyph.Kind.BUSY);
    private final Rich what = new Rich();
    private final Line stages = new Line(10);
    private final PauseTransition lasts = new PauseTransition(Duration.seconds(20));

    /** @param show turns to the timeline */
    public RunningStrip(Look look, FailoverModel model, Runnable show) {
        super(14);
        this.look = look;
        this.model = model;
        setId("failover-running");
        setAlignment(Pos.CENTER_LEFT);
        setFillHeight(false);
        getStyleClass().add("running-strip");
        what.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(stages, Priority.ALWAYS);
        var open = look.button("failovers.running.show", () -> {
            model.stripProperty().get().ifPresent(model::show);
            show.run();
            model.seen();
        });
        open.setId("failover-running-show");
        open.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(state, what, stages, open);
        lasts.setOnFinished(e -> model.seen());
        model.stripProperty().subscribe(k -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private void paint() {
        var shown = model.stripProperty().get();
        setVisible(shown.isPresent());
        setManaged(shown.isPresent());
        boolean over = shown.filter(k -> k.timeline().over()).isPresent();
        if (!over) {
            lasts.stop();
        } else if (lasts.getStatus() != Animation.Status.RUNNING) {
            lasts.playFromStart();
        }
        shown.ifPresent(this::paint);
    }

    private void paint(Kept kept) {
        var words = look.tongue().words();
        var t = kept.timeline();
        state.show(FailoverList.glyph(kept));
        var more = new ArrayList<String>(List.of(words.say(Headline.say(t))));
        t.outage().ifPresent(o -> more.add(words.say("failovers.outage", "t", o.toMillis())));
        if (model.others() > 0) {
            more.add(words.say("failovers.running.more", "n", model.others()));
        }
        what.say(String.join(" · ", more));
        var all = t.stages();
        var reached = reached(t);
        while (stages.parts().size() < all.size()) {
            stages.parts().add(new HBox(4, new Glyph(Glyph.Kind.NOTE), new Label()));
        }
        for (int i = 0; i < all.size(); i++) {
            paint((HBox) stages.parts().get(i), all.get(i), reached.equals(Optional.of(all.get(i))), t);
        }
        setAccessibleText(
                words.say(Headline.say(t)) + ". " + reached.map(s -> said(t, s)).orElse(""));
    }

    /** The one that is reached says its name. */
    private void paint(HBox box, StageSpan span, boolean named, Timeline t) {
        box.setAlignment(Pos.CENTER_LEFT);
        ((Glyph) box.getChildren().getFirst()).show(glyph(span.state()));
        var label = (Label) box.getChildren().getLast();
        var number = Integer.toString(span.stage().number());
        label.setText(named ? number + " " + named(span, t) : number);
        label.getStyleClass().setAll("label", "small", muted(span) ? "muted" : "plain");
        label.setMinWidth(USE_PREF_SIZE);
        box.setAccessibleText(said(t, span));
    }

    /** With how many votes have come in. */
    private String named(StageSpan span, Timeline t) {
        var title = look.tongue().say(span.stage().title());
        return span.stage() == Stage.VOTES
                ? look.tongue().say("failovers.running.votes", "stage", title, "n", t.votes(), "needed", t.needed())
                : title;
    }

    private static boolean muted(StageSpan span) {
        return List.of(StageSpan.State.WAITING, StageSpan.State.SKIPPED).contains(span.state());
    }

    private String said(Timeline t, StageSpan span) {
        var words = look.tongue().words();
        return span.stage().number() + " " + words.say(span.stage().title()) + ": " + Spans.state(t, span, words);
    }

    private static Optional<StageSpan> reached(Timeline t) {
        return t.stages().reversed().stream().filter(s -> !muted(s)).findFirst();
    }

    private static Glyph.Kind glyph(StageSpan.State state) {
        return switch (state) {
            case WAITING -> Glyph.Kind.UNKNOWN;
            case SKIPPED -> Glyph.Kind.NOTE;
            case RUNNING -> Glyph.Kind.BUSY;
            case DONE -> Glyph.Kind.DONE;
            case FAILED -> Glyph.Kind.BAD;
            case UNSEEN -> Glyph.Kind.RING;
        };
    }
}
