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
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Lets a finding count no more, with a note; and of one that does not, by whom and why. */
final class MuteBar extends HBox {
    private final Look look;
    private final Live live;
    private final Consumer<Failure> failed;
    private List<?> shown = List.of();

    MuteBar(Look look, Live live, Consumer<Failure> failed) {
        super(8);
        this.look = look;
        this.live = live;
        this.failed = failed;
        setAlignment(Pos.CENTER_LEFT);
    }

    /** A note that is being typed is left alone. */
    void show(Finding now) {
        var key = now.muted()
                .<List<?>>map(m -> List.of(m, look.tongue().words().locale()))
                .orElse(List.of(now.rule(), now.node()));
        if (!key.equals(shown)) {
            shown = key;
            setDisable(false);
            now.muted().ifPresentOrElse(this::muted, () -> counts(now));
        }
    }

    private void muted(Mute mute) {
        var words = look.tongue().words();
        var note = new Wrapped(
                words.say("views.mute.by", "by", mute.by(), "at", Figures.day(mute.at()), "note", mute.note()),
                "small");
        HBox.setHgrow(note, Priority.ALWAYS);
        var undo = look.button(
                "views.unmute", () -> change(mute.rule(), () -> live.cluster().unmute(mute.rule(), mute.node())));
        undo.getStyleClass().setAll("button", "link");
        undo.setMinWidth(USE_PREF_SIZE);
        getChildren().setAll(note, undo);
    }

    private Button counts(Finding finding) {
        var mute = look.button("views.mute", () -> ask(finding));
        mute.getStyleClass().setAll("button", "link");
        mute.setId("mute-" + finding.rule());
        getChildren().setAll(mute);
        return mute;
    }

    private void ask(Finding finding) {
        var note = new TextField();
        note.setId("mute-note");
        note.promptTextProperty().bind(look.tongue().text("views.mute.note"));
        HBox.setHgrow(note, Priority.ALWAYS);
        note.setOnAction(e -> {
            if (!note.getText().isBlank()) {
                var node = finding.node().flatMap(live.state()::node).map(Node::address);
                change(
                        finding.rule(),
                        () -> live.cluster()
                                .mute(finding.rule(), node, note.getText().strip()));
            }
        });
        note.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                counts(finding).requestFocus();
            }
        });
        getChildren().setAll(note);
        note.requestFocus();
    }

    /** The next state shows what it changed. */
    private interface Change {
        void make() throws Failure;
    }

    private void change(String rule, Change change) {
        setDisable(true);
        Work.begin(
                "mute " + rule,
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
