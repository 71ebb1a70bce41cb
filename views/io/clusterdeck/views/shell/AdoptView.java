package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Arrival;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.shell.AdoptModel.Field;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Asks for the address of any one node of a cluster that runs already, shows what is found from there, and keeps it. */
final class AdoptView extends ScrollPane {
    private final Look look;
    private final AdoptModel model;
    private final GridPane more = fields();

    AdoptView(Look look, AdoptModel model) {
        this.look = look;
        this.model = model;
        setId("adopt");
        getStyleClass().add("plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        var text = look.label("adopt.text", "muted", "wrapped");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        var first = fields();
        var address = new TextField();
        first.add(field("address", model.address, address, true, Field.ADDRESS), 0, 0);
        address.sceneProperty().subscribe(scene -> {
            if (scene != null) {
                address.requestFocus();
            }
        });
        first.add(field("password", model.password, new PasswordField(), false, Field.PASSWORD), 1, 0);
        more.add(field("through", model.through, new TextField(), true, Field.THROUGH), 0, 0);
        more.add(field("user", model.user, new TextField(), false, Field.NONE), 1, 0);
        more.add(field("login", model.login, new TextField(), false, Field.NONE), 0, 1);
        more.add(field("key", model.key, new TextField(), true, Field.NONE), 1, 1);
        more.add(field("config", model.configWord, new PasswordField(), false, Field.NONE), 0, 2);
        more.add(look.label("adopt.tls", "card-title"), 0, 3, 2, 1);
        more.add(field("ca", model.authority, new TextField(), true, Field.NONE), 0, 4);
        more.add(field("cert", model.certificate, new TextField(), true, Field.NONE), 0, 5);
        more.add(field("cert-key", model.certificateKey, new TextField(), true, Field.NONE), 1, 5);
        var any = new CheckBox();
        any.setId("adopt-any-name");
        any.setWrapText(true);
        any.textProperty().bind(look.tongue().text("adopt.any-name"));
        any.selectedProperty().bindBidirectional(model.anyName);
        any.disableProperty().bind(model.authority.isEmpty());
        GridPane.setValignment(any, VPos.BOTTOM);
        more.add(any, 1, 4);
        var open = new ToggleButton();
        open.setId("adopt-more");
        open.getStyleClass().setAll("link");
        open.textProperty().bind(look.tongue().text("adopt.more"));
        more.visibleProperty().bind(open.selectedProperty());
        more.managedProperty().bind(open.selectedProperty());
        model.troubleProperty().subscribe(t -> {
            if (t.filter(x -> x.field() == Field.THROUGH).isPresent()) {
                open.setSelected(true);
            }
        });
        var find = look.button("adopt.find", model::search, "primary");
        model.foundProperty().subscribe(f -> {
            find.getStyleClass().remove("primary"); // one step at a time stands out
            if (f.nodes().isEmpty()) {
                find.getStyleClass().add("primary");
            }
        });
        find.disableProperty().bind(model.address.isEmpty().or(model.keepingProperty()));
        find.defaultButtonProperty()
                .bind(model.foundProperty().map(f -> f.nodes().isEmpty()));
        var stop = look.button("adopt.stop", model::stop);
        stop.setCancelButton(true);
        stop.visibleProperty().bind(model.busyProperty());
        var go = new HBox(8, find, stop);
        go.setAlignment(Pos.CENTER_LEFT);
        var mistake = mistake(Field.NONE);
        var found = new FoundView(look, model);
        var keep = keep();
        var form = new VBox(look.label("adopt.title", "h1"), text, first, open, more, go, mistake, found, keep);
        form.getStyleClass().add("form");
        form.setMaxWidth(760);
        setContent(form);
        model.busyProperty().subscribe(b -> reveal(found, keep));
        model.foundProperty().map(f -> f.nodes().isEmpty()).subscribe(none -> reveal(found, keep));
        model.troubleProperty().subscribe(t -> reveal(mistake, mistake));
    }

    /** What comes of a search comes below the fields, which may fill the window. */
    private void reveal(Node from, Node to) {
        if (getScene() != null && from.isVisible()) {
            Arrival.show(this, from, to.isVisible() ? to : from);
        }
    }

    private static GridPane fields() {
        var fields = new GridPane(20, 16);
        var half = new ColumnConstraints();
        half.setPercentWidth(50);
        fields.getColumnConstraints().setAll(half, half);
        return fields;
    }

    private VBox field(String word, StringProperty value, TextField field, boolean mono, Field place) {
        field.setId("adopt-" + word);
        if (mono) {
            field.getStyleClass().add("mono");
        }
        field.textProperty().bindBidirectional(value);
        field.promptTextProperty().bind(look.tongue().text("adopt.field." + word + ".prompt"));
        var label = look.label("adopt.field." + word, "strong");
        label.setLabelFor(field);
        var box = new VBox(6, label, field);
        if (place != Field.NONE) {
            box.getChildren().add(mistake(place));
            model.troubleProperty().subscribe(t -> {
                if (t.filter(x -> x.field() == place).isPresent()) {
                    field.requestFocus(); // a password that is wanted is what is typed next
                }
            });
        }
        return box;
    }

    /** What is wrong with a field, right under it. */
    private VBox mistake(Field place) {
        var what = new Label();
        what.getStyleClass().add("field-mistake");
        var next = new Label();
        next.getStyleClass().addAll("small", "muted");
        for (var label : new Label[] {what, next}) {
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
        }
        var box = new VBox(2, what, next);
        box.setId("adopt-mistake-" + place.name().toLowerCase(java.util.Locale.ROOT));
        Runnable paint = () -> {
            var trouble = model.troubleProperty().get().filter(t -> t.field() == place);
            box.setVisible(trouble.isPresent());
            box.setManaged(trouble.isPresent());
            what.setText(trouble.map(t -> look.tongue().say(t.what())).orElse(""));
            next.setText(trouble.map(t -> look.tongue().say(t.next())).orElse(""));
        };
        model.troubleProperty().subscribe(t -> paint.run());
        look.tongue().wordsProperty().subscribe(w -> paint.run());
        return box;
    }

    private VBox keep() {
        var name = field("name", model.name, new TextField(), false, Field.NAME);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(360);
        var keep = look.button("adopt.keep", model::keep, "primary");
        keep.setMinWidth(USE_PREF_SIZE);
        keep.disableProperty().bind(model.name.isEmpty().or(model.keepingProperty()));
        keep.defaultButtonProperty()
                .bind(model.foundProperty().map(f -> !f.nodes().isEmpty()));
        var why = look.label("adopt.keep.why", "small", "muted");
        why.setWrapText(true);
        why.visibleProperty()
                .bind(model.foundProperty()
                        .map(f -> f.nodes().stream().anyMatch(n -> n.site().isEmpty())));
        why.managedProperty().bind(why.visibleProperty());
        var doing = look.label("adopt.keeping", "muted");
        doing.setWrapText(true);
        var busy = new HBox(8, new Glyph(Glyph.Kind.BUSY), doing);
        busy.setId("adopt-keeping");
        busy.setAlignment(Pos.CENTER_LEFT);
        busy.visibleProperty().bind(model.keepingProperty());
        var row = new HBox(14, keep, busy);
        row.setAlignment(Pos.CENTER_LEFT);
        var box = new VBox(10, name, row, why);
        box.visibleProperty().bind(model.foundProperty().map(f -> !f.nodes().isEmpty()));
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    /** For pictures and tests. */
    AdoptModel model() {
        return model;
    }
}
