package io.clusterdeck.views.failover;

import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.Terms;
import io.clusterdeck.redis.timeline.Theory;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.Wrapped;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What a failover is: each stage in a sentence or two, beside this cluster's own numbers. */
final class LessonView extends VBox {
    private final Look look;
    private final Live live;
    private Object painted = "";

    LessonView(Look look, Live live) {
        super(14);
        this.look = look;
        this.live = live;
        setId("failover-lesson");
        var repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
    }

    private void paint() {
        var words = look.tongue().words();
        var terms = Terms.of(live.state());
        int voters = (int) live.state().nodes().values().stream()
                .filter(n -> n.isMaster() && n.slotCount() > 0)
                .count();
        var key = java.util.List.of(terms, voters, words.locale());
        if (key.equals(painted)) {
            return;
        }
        painted = key;
        var intro = new Rich();
        var foreseen = io.clusterdeck.redis.nodes.Terms.seen(live.state());
        intro.say(words.say(
                "failovers.lesson",
                "t",
                terms.nodeTimeout(),
                "from",
                foreseen.outageFrom(),
                "to",
                foreseen.outageTo(),
                "needed",
                voters / 2 + 1,
                "of",
                voters));
        getChildren().setAll(intro);
        for (var stage : Stage.values()) {
            var number = new Label(Integer.toString(stage.number()));
            number.getStyleClass().addAll("stage-number", "stage-" + stage.word());
            number.setMinWidth(USE_PREF_SIZE);
            var idea = new Wrapped(words.say("failovers.lesson." + stage.word()));
            var here = new Wrapped(words.say(Theory.of(stage, terms, voters)), "muted", "small");
            var title = new Wrapped(words.say(stage.title()), "strong");
            var text = new VBox(3, title, idea, here);
            HBox.setHgrow(text, Priority.ALWAYS);
            var row = new HBox(14, number, text);
            row.setAlignment(Pos.TOP_LEFT);
            getChildren().add(row);
        }
        getChildren().add(new Wrapped(words.say("failovers.lesson.rank"), "lesson-note"));
    }
}
