package io.clusterdeck.views.parts;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.views.look.Look;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The foot of an offer: the question, what must be typed, and the button that begins. */
public final class ConsentBar extends VBox {
    public ConsentBar(Look look, Offer.Ready ready, Runnable back, Consumer<Offer.Ready> go) {
        getStyleClass().add("act-foot");
        var begin = look.button("views.consent.go", () -> go.accept(ready), "primary");
        begin.setMinWidth(USE_PREF_SIZE);
        var cancel = look.button("views.consent.no", back);
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setCancelButton(true);
        sceneProperty().subscribe(scene -> cancel.requestFocus());
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var buttons = new HBox(8, gap, cancel, begin);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        switch (ready.consent()) {
            case Consent.Plain plain -> {}
            case Consent.Ask ask -> question(look, begin, look.tongue().say(ask.question()));
            case Consent.Type type -> {
                question(look, begin, look.tongue().say(type.question()));
                getChildren().add(typed(look, begin, type.text()));
            }
        }
        getChildren().add(buttons);
    }

    private void question(Look look, Button begin, String words) {
        begin.getStyleClass().remove("primary");
        begin.getStyleClass().add("danger");
        begin.textProperty().unbind();
        begin.textProperty().bind(look.tongue().text("views.consent.yes"));
        var question = new Label(words);
        question.getStyleClass().add("strong");
        question.setWrapText(true);
        question.setMinHeight(USE_PREF_SIZE);
        getChildren().add(question);
    }

    private static HBox typed(Look look, Button begin, String text) {
        var field = new TextField();
        field.setId("consent-text");
        field.setPromptText(text);
        field.getStyleClass().add("mono");
        field.accessibleTextProperty().bind(look.tongue().text("views.consent.type", "text", text));
        begin.disableProperty().bind(Bindings.notEqual(text, field.textProperty()));
        field.setOnAction(e -> begin.fire());
        field.sceneProperty().subscribe(scene -> field.requestFocus());
        HBox.setHgrow(field, Priority.ALWAYS);
        return new HBox(field);
    }
}
