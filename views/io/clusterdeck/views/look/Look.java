package io.clusterdeck.views.look;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

/** What every view is built with: the language and the theme. */
public record Look(Tongue tongue, Themes themes) {
    /** Follows the desktop in both. */
    public static Look ofDesktop() {
        return new Look(new Tongue(Locale.getDefault()), new Themes(Optional.empty()));
    }

    /** A label whose words follow the language. */
    public Label label(String key, String... styles) {
        var label = new Label();
        label.textProperty().bind(tongue.text(key));
        label.getStyleClass().addAll(styles);
        return label;
    }

    public Button button(String key, Runnable onClick, String... styles) {
        var button = new Button();
        button.textProperty().bind(tongue.text(key));
        button.getStyleClass().addAll(styles);
        button.setOnAction(e -> onClick.run());
        button.setId(key.replace('.', '-'));
        return button;
    }
}
