package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Theme and language. */
final class SettingsMenu extends MenuButton {
    private final Look look;

    SettingsMenu(Look look) {
        this.look = look;
        setId("settings");
        getStyleClass().add("nav-settings");
        setGraphic(new FontIcon(Feather.SETTINGS));
        textProperty().bind(look.tongue().text("views.settings"));
        var theme = menu("views.settings.theme");
        var themes = new ToggleGroup();
        theme.getItems()
                .addAll(
                        theme(themes, "views.settings.theme.desktop", Optional.empty()),
                        theme(themes, "views.settings.theme.light", Optional.of(Theme.LIGHT)),
                        theme(themes, "views.settings.theme.dark", Optional.of(Theme.DARK)));
        var language = menu("views.settings.language");
        var languages = new ToggleGroup();
        language.getItems()
                .addAll(
                        language(languages, "English", Locale.ENGLISH),
                        language(languages, "简体中文", Locale.SIMPLIFIED_CHINESE));
        getItems().addAll(theme, language);
    }

    private Menu menu(String key) {
        var menu = new Menu();
        menu.textProperty().bind(look.tongue().text(key));
        return menu;
    }

    private RadioMenuItem theme(ToggleGroup group, String key, Optional<Theme> theme) {
        var item = new RadioMenuItem();
        item.textProperty().bind(look.tongue().text(key));
        item.setToggleGroup(group);
        item.setOnAction(e -> look.themes().choiceProperty().set(theme));
        look.themes().choiceProperty().subscribe(now -> item.setSelected(now.equals(theme)));
        return item;
    }

    private RadioMenuItem language(ToggleGroup group, String name, Locale locale) {
        var item = new RadioMenuItem(name);
        item.setToggleGroup(group);
        item.setOnAction(e -> look.tongue().speak(locale));
        look.tongue()
                .wordsProperty()
                .subscribe(now -> item.setSelected(now.locale().getLanguage().equals("zh")
                        == locale.getLanguage().equals("zh")));
        return item;
    }
}
