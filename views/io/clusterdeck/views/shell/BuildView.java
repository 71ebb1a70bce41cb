package io.clusterdeck.views.shell;

import io.clusterdeck.redis.build.Mistake;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.look.Look;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Takes a blueprint's file; every mistake in it is shown with its place and with what is allowed there. */
final class BuildView extends ScrollPane {
    private final Look look;
    private final BuildModel model;
    private final VBox mistakes = new VBox(12);

    BuildView(Look look, BuildModel model) {
        this.look = look;
        this.model = model;
        setId("build");
        getStyleClass().add("plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        var text = look.label("views.build.text", "muted", "wrapped");
        text.setWrapText(true);
        var field = new TextField();
        field.setId("build-file");
        field.getStyleClass().add("mono");
        field.textProperty().bindBidirectional(model.pathProperty());
        field.promptTextProperty().bind(look.tongue().text("views.build.prompt"));
        field.setOnAction(e -> model.plan());
        HBox.setHgrow(field, Priority.ALWAYS);
        var choose = look.button("views.build.choose", this::choose);
        choose.setMinWidth(USE_PREF_SIZE);
        var plan = look.button("views.build.plan", model::plan, "primary");
        plan.disableProperty().bind(model.pathProperty().isEmpty());
        var name = look.label("views.build.file", "strong");
        name.setLabelFor(field);
        var form = new VBox(
                look.label("views.build", "h1"),
                text,
                new VBox(6, name, new HBox(8, field, choose)),
                new HBox(plan),
                mistakes);
        form.getStyleClass().add("form");
        setContent(form);
        model.mistakesProperty().subscribe(m -> paint());
        model.troubleProperty().subscribe(t -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private void choose() {
        var chooser = new FileChooser();
        chooser.setTitle(look.tongue().say("views.build.file"));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(look.tongue().say("views.build.kind"), "*.yaml", "*.yml"));
        var file = chooser.showOpenDialog(getScene().getWindow());
        if (file != null) {
            model.pathProperty().set(file.toString());
            model.plan();
        }
    }

    private void paint() {
        List<Mistake> found = model.mistakesProperty().get();
        Optional<Say> trouble = model.troubleProperty().get();
        mistakes.getChildren().clear();
        trouble.ifPresent(t -> mistakes.getChildren().add(row("", look.tongue().say(t), "")));
        if (!found.isEmpty()) {
            mistakes.getChildren().add(new Label(look.tongue().say("views.build.mistakes", "n", found.size())));
            mistakes.getChildren().getLast().getStyleClass().add("card-title");
        }
        for (Mistake m : found) {
            mistakes.getChildren()
                    .add(row(
                            m.line() == 0
                                    ? ""
                                    : look.tongue().say("views.build.place", "line", m.line(), "column", m.column()),
                            look.tongue().say(m.what()),
                            look.tongue().say(m.allowed())));
        }
    }

    private static VBox row(String place, String what, String allowed) {
        var row = new VBox(2);
        row.getStyleClass().add("mistake");
        if (!place.isEmpty()) {
            row.getChildren().add(line(place, "small", "muted"));
        }
        row.getChildren().add(line(what, "strong"));
        if (!allowed.isEmpty()) {
            row.getChildren().add(line(allowed, "muted"));
        }
        return row;
    }

    private static Label line(String words, String... styles) {
        var label = new Label(words);
        label.setWrapText(true);
        label.getStyleClass().addAll(styles);
        return label;
    }
}
