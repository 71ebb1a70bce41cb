package io.clusterdeck.views.shell;

import io.clusterdeck.say.Failure;
import io.clusterdeck.views.look.Look;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks for what is needed to find a cluster that runs already: the address of any one of its nodes. */
final class AdoptView extends ScrollPane {
    private final Look look;
    private final VBox trouble = new VBox(2);

    AdoptView(Look look, AdoptModel model) {
        this.look = look;
        setId("adopt");
        getStyleClass().add("plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        var text = look.label("views.adopt.text", "muted", "wrapped");
        text.setWrapText(true);
        var fields = new GridPane(20, 16);
        var half = new ColumnConstraints();
        half.setPercentWidth(50);
        fields.getColumnConstraints().setAll(half, half);
        fields.add(field("address", model.address, new TextField(), true), 0, 0);
        fields.add(field("name", model.name, new TextField(), false), 1, 0);
        fields.add(field("user", model.user, new TextField(), false), 0, 1);
        fields.add(field("password", model.password, new PasswordField(), false), 1, 1);
        fields.add(field("login", model.login, new TextField(), false), 0, 2);
        fields.add(field("key", model.key, new TextField(), true), 1, 2);
        var through = new CheckBox();
        through.setId("adopt-through");
        through.textProperty().bind(look.tongue().text("views.adopt.through"));
        through.selectedProperty().bindBidirectional(model.throughHosts);
        var adopt = look.button("views.adopt.go", model::adopt, "primary");
        adopt.disableProperty().bind(model.address.isEmpty().or(model.busyProperty()));
        adopt.setDefaultButton(true);
        var busy = new ProgressIndicator();
        busy.setPrefSize(18, 18);
        busy.setMaxSize(18, 18);
        busy.visibleProperty().bind(model.busyProperty());
        var go = new HBox(12, adopt, busy);
        go.setAlignment(Pos.CENTER_LEFT);
        trouble.getStyleClass().add("mistake");
        var form = new VBox(look.label("views.adopt", "h1"), text, fields, through, go, trouble);
        form.getStyleClass().add("form");
        setContent(form);
        model.troubleProperty().subscribe(this::show);
        look.tongue()
                .wordsProperty()
                .subscribe(w -> show(model.troubleProperty().get()));
    }

    private VBox field(String word, StringProperty value, TextField field, boolean mono) {
        field.setId("adopt-" + word);
        if (mono) {
            field.getStyleClass().add("mono");
        }
        field.textProperty().bindBidirectional(value);
        field.promptTextProperty().bind(look.tongue().text("views.adopt." + word + ".prompt"));
        var label = look.label("views.adopt." + word, "strong");
        label.setLabelFor(field);
        return new VBox(6, label, field);
    }

    private void show(Optional<Failure> failure) {
        trouble.setVisible(failure.isPresent());
        trouble.setManaged(failure.isPresent());
        failure.ifPresent(f -> trouble.getChildren()
                .setAll(
                        line(look.tongue().say(f.what()), "strong"),
                        line(look.tongue().say(f.next()), "muted")));
    }

    private static Label line(String words, String style) {
        var label = new Label(words);
        label.setWrapText(true);
        label.getStyleClass().add(style);
        return label;
    }
}
