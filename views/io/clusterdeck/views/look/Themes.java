package io.clusterdeck.views.look;

import java.util.Locale;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;

/** The window's theme: the desktop's, or the operator's choice. FX thread. */
public final class Themes {
    private final ObjectProperty<Optional<Theme>> choice = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>(Theme.LIGHT);

    /** How large everything is drawn; 1 is as designed. */
    private final DoubleProperty scale = new SimpleDoubleProperty(1);

    public Themes(Optional<Theme> chosen) {
        Faces.load();
        choice.set(chosen);
        var preferences = Platform.getPreferences();
        theme.bind(Bindings.createObjectBinding(
                () -> choice.get().orElseGet(Themes::desktop), choice, preferences.colorSchemeProperty()));
    }

    /** Empty means: as the desktop. */
    public ObjectProperty<Optional<Theme>> choiceProperty() {
        return choice;
    }

    public ReadOnlyObjectProperty<Theme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    /** From 1 to 2. */
    public DoubleProperty scaleProperty() {
        return scale;
    }

    public Palette palette() {
        return theme.get().palette();
    }

    /** Dresses a scene, now and whenever the theme changes. */
    public void dress(Scene scene) {
        theme.subscribe(now -> {
            Application.setUserAgentStylesheet(now.base());
            scene.getStylesheets().setAll(now.sheets());
        });
    }

    /** JavaFX tells light on every Linux desktop that has no portal; there the name of the GTK theme decides. */
    private static Theme desktop() {
        var preferences = Platform.getPreferences();
        if (preferences.getColorScheme() == ColorScheme.DARK) {
            return Theme.DARK;
        }
        return preferences
                .getString("GTK.theme_name")
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("dark"))
                .map(name -> Theme.DARK)
                .orElse(Theme.LIGHT);
    }
}
