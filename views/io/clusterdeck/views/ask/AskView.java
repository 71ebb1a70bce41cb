package io.clusterdeck.views.ask;

import io.clusterdeck.ssh.Asker.Want;
import io.clusterdeck.views.ask.AskModel.Asked;
import io.clusterdeck.views.ask.AskModel.Question;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.FocusBack;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A question over the window: whether a host's key may be trusted, or a password. While it stands, no key reaches the page under it. */
public final class AskView extends StackPane {
    private final Look look;
    private final AskModel model;
    private List<Node> ways = List.of();
    private final FocusBack before = new FocusBack();

    public AskView(Look look, AskModel model) {
        this.look = look;
        this.model = model;
        setId("question");
        getStyleClass().add("scrim");
        addEventFilter(KeyEvent.KEY_PRESSED, this::round);
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                scene.addEventFilter(KeyEvent.ANY, this::hold);
            }
        });
        model.presentProperty().subscribe(this::show);
        look.tongue()
                .wordsProperty()
                .subscribe(w -> show(model.presentProperty().get()));
    }

    private void show(Optional<Asked> asked) {
        if (!isVisible()) {
            before.remember(this);
        }
        setVisible(asked.isPresent());
        getChildren().clear();
        if (asked.isPresent()) {
            getChildren().add(card(asked.get().question()));
            ways.getFirst().requestFocus();
        } else {
            before.giveBack();
        }
    }

    /** What is typed while a question comes up is no answer to it, and meant for nothing that it covers. */
    private void hold(KeyEvent e) {
        if (isVisible() && !(e.getTarget() instanceof Node to && within(to))) {
            e.consume();
            ways.getFirst().requestFocus();
        }
    }

    private boolean within(Node node) {
        for (var at = node; at != null; at = at.getParent()) {
            if (at == this) {
                return true;
            }
        }
        return false;
    }

    /** Tab goes round in the question. */
    private void round(KeyEvent e) {
        if (e.getCode() == KeyCode.TAB && getScene().getFocusOwner() instanceof Node at) {
            int to = ways.indexOf(at) + (e.isShiftDown() ? -1 : 1);
            ways.get(Math.floorMod(to, ways.size())).requestFocus();
            e.consume();
        }
    }

    private VBox card(Question question) {
        var card = switch (question) {
            case Question.Trust t ->
                card(
                        look.tongue()
                                .say("views.ask.trust", "host", t.host().name().value()),
                        look.tongue()
                                .say("views.ask.trust.why", "address", t.host().address()),
                        mono(t.keyType() + "\n" + t.fingerprint()),
                        buttons("views.ask.trust.yes", () -> model.answer(Optional.of("yes"))));
            case Question.HostSecret s -> secret(title(s.want()), why(s.want()));
            case Question.Confirm c ->
                card(
                        look.tongue().text(c.title()).get(),
                        look.tongue().text(c.why()).get(),
                        buttons(c.yes(), () -> model.answer(Optional.of("yes"))));
            case Question.ClusterPassword p ->
                secret(
                        look.tongue().say("views.ask.password", "cluster", p.cluster()),
                        look.tongue().say(p.again() ? "views.ask.again" : "views.ask.password.why"));
        };
        card.getStyleClass().add("question");
        card.setMaxHeight(Region.USE_PREF_SIZE);
        return card;
    }

    private String title(Want want) {
        return look.tongue()
                .say(
                        "views.ask.secret." + want.kind().name().toLowerCase(Locale.ROOT),
                        "host",
                        want.host().name().value(),
                        "what",
                        want.what());
    }

    private String why(Want want) {
        return look.tongue().say(want.again() ? "views.ask.again" : "views.ask.secret.why");
    }

    private VBox secret(String title, String why) {
        var field = new PasswordField();
        field.setId("question-secret");
        field.setAccessibleText(title);
        field.setOnAction(e -> model.answer(Optional.of(field.getText())));
        var buttons = buttons("views.ask.ok", () -> model.answer(Optional.of(field.getText())));
        ways = Stream.concat(Stream.of(field), ways.stream()).toList();
        return card(title, why, field, buttons);
    }

    private static VBox card(String title, String why, Node... more) {
        var head = new Label(title);
        head.getStyleClass().add("h2");
        head.setWrapText(true);
        var text = new Label(why);
        text.getStyleClass().addAll("muted", "wrapped");
        text.setWrapText(true);
        var card = new VBox(head, text);
        card.getChildren().addAll(more);
        return card;
    }

    private static VBox mono(String text) {
        var label = new Label(text);
        label.getStyleClass().add("mono");
        label.setWrapText(true);
        var box = new VBox(label);
        box.getStyleClass().add("inset");
        return box;
    }

    private HBox buttons(String yes, Runnable answer) {
        var no = look.button("views.consent.no", () -> model.answer(Optional.empty()));
        no.setCancelButton(true);
        var ok = look.button(yes, answer, "primary");
        ways = List.of(no, ok); // what costs nothing first: Enter may have been meant for something else
        var row = new HBox(8, no, ok);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }
}
