package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import javafx.beans.binding.Bindings;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The foot of the navigation: what begins something new, and the settings; above them what there is to say of this start. */
final class NavFoot extends VBox {
    NavFoot(Look look, ShellModel model) {
        getStyleClass().add("nav-foot");
        model.deck().note().ifPresent(note -> {
            var label = new Wrapped("", "small", "warn-text");
            label.textProperty()
                    .bind(Bindings.createStringBinding(
                            () -> look.tongue().say(note), look.tongue().wordsProperty()));
            getChildren().add(label);
        });
        var settings =
                look.button("views.settings", () -> model.pageProperty().set(new Page.Settings()), "nav-settings");
        settings.setId("settings");
        settings.setGraphic(new FontIcon(Feather.SETTINGS));
        getChildren()
                .addAll(
                        look.button("views.build.open", model::build, "primary"),
                        look.button(
                                "views.adopt.open", () -> model.pageProperty().set(new Page.Adopt())),
                        settings);
    }
}
