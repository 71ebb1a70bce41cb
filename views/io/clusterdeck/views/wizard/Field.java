package io.clusterdeck.views.wizard;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.VBox;

/** A name, what is entered, and beside it, in words, what is wrong with it. */
final class Field extends VBox {
    private final Look look;
    private final WizardModel model;
    private final Predicate<String> mine;
    private final javafx.scene.Node input;
    private final Label problem = new Wrapped("", "small", "bad-text");

    /**
     * @param key of its name; {@code key.hint} of what stands below it, where {@code hint}
     * @param mine which fields of a blueprint are entered here
     */
    Field(Look look, WizardModel model, String key, javafx.scene.Node input, boolean hint, Predicate<String> mine) {
        super(6);
        this.look = look;
        this.model = model;
        this.mine = mine;
        this.input = input;
        var label = look.label(key, "strong");
        label.setLabelFor(input);
        if (input instanceof Control control) {
            control.accessibleTextProperty().bind(label.textProperty());
        }
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        problem.visibleProperty().bind(problem.managedProperty());
        getChildren().addAll(label, input);
        if (hint) {
            var text = look.label(key + ".hint", "small", "muted", "wrapped");
            text.setWrapText(true);
            text.setMinHeight(USE_PREF_SIZE);
            getChildren().add(text);
        }
        getChildren().add(problem);
        setMinWidth(0);
        model.problemsProperty().subscribe(p -> paint());
        model.triedProperty().subscribe(t -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    static Field text(Look look, WizardModel model, String key, StringProperty value, String field, boolean hint) {
        return new Field(look, model, key, input(look, key, value), hint, field::equals);
    }

    /** A text field with its prompt, where it has one, under {@code key.prompt}. */
    static TextField input(Look look, String key, StringProperty value) {
        var input = new TextField();
        dress(look, key, input);
        input.textProperty().bindBidirectional(value);
        return input;
    }

    static void dress(Look look, String key, TextInputControl input) {
        input.setId(key.replace('.', '-'));
        input.promptTextProperty().bind(look.tongue().text(key + ".prompt"));
        input.getStyleClass().add("mono");
    }

    static CheckBox check(Look look, String key, BooleanProperty value) {
        var box = new CheckBox();
        box.setId(key.replace('.', '-'));
        box.textProperty().bind(look.tongue().text(key));
        box.selectedProperty().bindBidirectional(value);
        box.setWrapText(true);
        return box;
    }

    private void paint() {
        var found = model.problemsProperty().get().stream()
                .filter(p -> mine.test(p.field()))
                .filter(p -> !p.missing() || model.triedProperty().get().contains(p.place()))
                .findFirst();
        var words = found.map(
                        p -> look.tongue().say(p.what()) + " " + look.tongue().say(p.next()))
                .orElse("");
        problem.setText(words);
        input.setAccessibleHelp(words);
        input.getStyleClass().remove("wrong");
        if (found.isPresent()) {
            input.getStyleClass().add("wrong");
        }
    }
}
