package io.clusterdeck.views.wizard;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;

/** The pages in a row: which are in order, which is shown. Each can be gone to at any time; nothing that was entered is lost. */
final class StepBar extends HBox {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");

    private final Look look;
    private final WizardModel model;
    private final Map<Place, Button> words = new EnumMap<>(Place.class);

    StepBar(Look look, WizardModel model) {
        super(10);
        this.look = look;
        this.model = model;
        getStyleClass().add("step-bar");
        for (var place : Place.values()) {
            var word = new Button();
            word.setId("step-" + place.word());
            word.getStyleClass().setAll("step-word");
            word.setMinWidth(USE_PREF_SIZE);
            word.setAccessibleRole(AccessibleRole.TAB_ITEM);
            word.setOnAction(e -> model.placeProperty().set(place));
            words.put(place, word);
            getChildren().add(word);
        }
        model.placeProperty().subscribe(p -> paint());
        model.problemsProperty().subscribe(p -> paint());
        model.built.run().subscribe(r -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    /** The word of a page, where it can be gone to. */
    Optional<Node> word(Place place) {
        return Optional.<Node>ofNullable(words.get(place)).filter(w -> !w.isDisabled());
    }

    private void paint() {
        words.forEach((place, word) -> {
            var shown = model.placeProperty().get();
            boolean done =
                    place.ordinal() < shown.ordinal() && model.problems(place).isEmpty();
            var name = look.tongue().say("wizard.place." + place.word());
            word.setText(name);
            word.setGraphic(done ? new Glyph(Glyph.Kind.DONE) : null);
            word.pseudoClassStateChanged(DONE, done);
            word.pseudoClassStateChanged(ON, place == shown);
            word.setDisable(place == Place.BUILD && model.built.run().get().isEmpty());
            word.setAccessibleText(done ? look.tongue().say("wizard.place.done", "page", name) : name);
        });
    }
}
