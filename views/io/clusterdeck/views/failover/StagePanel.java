package io.clusterdeck.views.failover;

import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Proof;
import io.clusterdeck.redis.timeline.Spans;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.Wrapped;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One stage: what happened, the evidence, what theory says, forecast and outcome. */
final class StagePanel extends ScrollPane {
    /** So many proofs are shown, the first ones: a hundred nodes tell the same. */
    private static final int PROOFS = 12;

    private final Look look;
    private final VBox body = new VBox();

    StagePanel(Look look) {
        this.look = look;
        getStyleClass().add("inspector");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setId("failover-stage");
        body.getStyleClass().add("inspector-body");
        setContent(body);
    }

    /** Where it stands beside nothing: what it tells, without a scroll bar of its own. */
    Region body() {
        return body;
    }

    /** Takes it back, or gives it away. */
    void holds(boolean own) {
        setContent(own ? body : null);
    }

    void show(Optional<Kept> kept, Stage stage) {
        body.getChildren().clear();
        if (kept.isEmpty()) {
            return;
        }
        var words = look.tongue().words();
        var t = kept.get().timeline();
        var span = t.stage(stage);
        var title = new Wrapped(stage.number() + "  " + words.say(stage.title()), "h2");
        body.getChildren().addAll(title, new Wrapped(Spans.times(t, span, words), "muted"));
        var happened = new VBox(6);
        happened.getStyleClass().add("section");
        span.happened().forEach(h -> happened.getChildren().add(rich(words.say(h))));
        body.getChildren().add(happened);
        if (!span.facts().isEmpty()) {
            var box = new VBox(10);
            box.getStyleClass().addAll("inset", "proofs");
            span.facts().stream().limit(PROOFS).forEach(f -> {
                var proof = Proof.brief(f, t);
                box.getChildren()
                        .add(new VBox(
                                2,
                                new Wrapped(words.say(proof.source()), "proof-source"),
                                new Wrapped(words.say(proof.text()), "mono", "proof-text")));
            });
            int more = span.facts().size() - PROOFS;
            if (more > 0) {
                box.getChildren().add(new Wrapped(words.say("failovers.proof.more", "n", more), "small", "muted"));
            }
            section("failovers.evidence", box);
        }
        section("failovers.theory", new Wrapped(words.say(span.theory()), "muted"));
        kept.get().measured().filter(m -> !m.expected().isEmpty()).ifPresent(m -> {
            var facts = new VBox(6);
            m.expected().forEach(e -> {
                facts.getChildren().add(new Wrapped(words.say(e.what()), "muted", "small"));
                facts.getChildren().add(rich(words.say(e.brief())));
            });
            section("failovers.forecast", facts);
        });
    }

    private static Rich rich(String text) {
        var rich = new Rich();
        rich.say(text);
        return rich;
    }

    private void section(String key, javafx.scene.Node content) {
        var heading = new Label(look.tongue().say(key));
        heading.getStyleClass().add("section-title");
        var section = new VBox(heading, content);
        section.getStyleClass().add("section");
        body.getChildren().add(section);
    }
}
