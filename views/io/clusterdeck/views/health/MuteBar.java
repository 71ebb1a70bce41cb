package io.clusterdeck.views.health;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Mute;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Lets a finding count no more, with a note; and of one that does not, by whom and why. */
final class MuteBar extends HBox {
    private final Look look;
    private final Live live;
    private final Finding finding;
    private final Consumer<Failure> failed;

    MuteBar(Look look, Live live, Finding finding, Consumer<Failure> failed) {
        super(8);
        this.look = look;
        this.live = live;
        this.finding = finding;
        this.failed = failed;
        setAlignment(Pos.CENTER_LEFT);
        finding.muted().ifPresentOrElse(this::muted, this::counts);
    }

    private void muted(Mute mute) {
        var words = look.tongue().words();
        var note = new Wrapped(
                words.say("views.mute.by", "by", mute.by(), "at", Figures.day(mute.at()), "note", mute.note()),
                "small");
        HBox.setHgrow(note, Priority.ALWAYS);
        var undo = look.button("views.unmute", () -> change(() -> live.cluster().unmute(mute.rule(), mute.node())));
        undo.getStyleClass().setAll("button", "mute");
        undo.setMinWidth(USE_PREF_SIZE);
        getChildren().setAll(note, undo);
    }

    private void counts() {
        var mute = look.button("views.mute", this::ask);
        mute.getStyleClass().setAll("button", "mute");
        mute.setId("mute-" + finding.rule());
        getChildren().setAll(mute);
    }

    private void ask() {
        var note = new TextField();
        note.setId("mute-note");
        note.promptTextProperty().bind(look.tongue().text("views.mute.note"));
        HBox.setHgrow(note, Priority.ALWAYS);
        note.setOnAction(e -> {
            if (!note.getText().isBlank()) {
                var node = finding.node().flatMap(live.state()::node).map(Node::address);
                change(() ->
                        live.cluster().mute(finding.rule(), node, note.getText().strip()));
            }
        });
        note.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                counts();
            }
        });
        getChildren().setAll(note);
        note.requestFocus();
    }

    /** The list is painted anew with the next state. */
    private interface Change {
        void make() throws Failure;
    }

    private void change(Change change) {
        setDisable(true);
        Work.begin(
                "mute " + finding.rule(),
                () -> {
                    change.make();
                    return true;
                },
                done -> {},
                failure -> {
                    setDisable(false);
                    failed.accept(failure);
                });
    }
}
