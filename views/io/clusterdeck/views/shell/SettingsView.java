package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.notice.Notices;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Everything about the window that can be chosen; each choice takes effect at once and is kept. */
final class SettingsView extends ScrollPane {
    static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);
    static final List<Integer> SCALES = List.of(100, 125, 150, 175, 200);

    /** Pixels. */
    private static final double BESIDE = 480;

    private final Look look;

    /** A choice among several: its words, and its value. */
    private record Option<T>(ObservableValue<String> words, T value) {}

    SettingsView(Look look, Notices notices, Runnable keys, Node support) {
        this.look = look;
        setId("settings-page");
        getStyleClass().add("plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        var themes = look.themes();
        var theme = choice(
                "theme",
                List.of(
                        new Option<>(text("views.settings.theme.desktop"), Optional.<Theme>empty()),
                        new Option<>(text("views.settings.theme.light"), Optional.of(Theme.LIGHT)),
                        new Option<>(text("views.settings.theme.dark"), Optional.of(Theme.DARK))),
                themes.choiceProperty(),
                themes.choiceProperty()::set);
        var tongue = look.tongue();
        var language = choice(
                "language",
                List.of(
                        new Option<>(text("desk.settings.system"), Optional.<Locale>empty()),
                        new Option<>(Bindings.createStringBinding(() -> own(0)), Optional.of(LANGUAGES.get(0))),
                        new Option<>(Bindings.createStringBinding(() -> own(1)), Optional.of(LANGUAGES.get(1)))),
                tongue.choiceProperty(),
                tongue::choose);
        var scale = choice(
                "scale",
                SCALES.stream()
                        .map(p -> new Option<>(Bindings.createStringBinding(() -> p + " %"), p))
                        .toList(),
                themes.scaleProperty().map(s -> (int) Math.round(s.doubleValue() * 100)),
                p -> themes.scaleProperty().set(p / 100.0));
        var desktop = new CheckBox();
        desktop.setId("settings-desktop");
        desktop.textProperty().bind(text("desk.settings.notify"));
        desktop.setWrapText(true);
        desktop.setMinHeight(USE_PREF_SIZE);
        desktop.selectedProperty().bindBidirectional(notices.desktopProperty());
        var open = look.button("desk.keys", keys);
        var form = new VBox(
                look.label("views.settings", "h1"),
                row("views.settings.theme", "desk.settings.theme.why", theme),
                row("views.settings.language", "desk.settings.language.why", language),
                row("desk.settings.scale", "desk.settings.scale.why", scale),
                row("desk.settings.notices", "desk.settings.notices.why", desktop),
                row("desk.settings.keyboard", "desk.settings.keyboard.why", open),
                row("desk.support", "desk.support.why", support));
        form.getStyleClass().addAll("form", "settings-form");
        setContent(form);
    }

    /** A language says its own name. */
    private static String own(int n) {
        var locale = LANGUAGES.get(n);
        return locale.getDisplayLanguage(locale);
    }

    private ObservableValue<String> text(String key) {
        return look.tongue().text(key);
    }

    /** The name above what it names where both have no room side by side. */
    private BorderPane row(String name, String why, Node control) {
        var title = look.label(name, "strong");
        title.setWrapText(true);
        title.getStyleClass().add("settings-name");
        title.setLabelFor(control);
        var text = new Wrapped("", "small", "muted");
        text.textProperty().bind(look.tongue().text(why));
        var right = new VBox(6, control, text);
        right.setMinWidth(0);
        var row = new BorderPane(right);
        row.widthProperty().subscribe(w -> {
            boolean beside = w.doubleValue() == 0 || w.doubleValue() >= BESIDE;
            row.setTop(null);
            row.setLeft(beside ? title : null);
            row.setTop(beside ? null : title);
        });
        row.getStyleClass().add("settings-row");
        return row;
    }

    private <T> FlowPane choice(String id, List<Option<T>> options, ObservableValue<T> now, Consumer<T> set) {
        var group = new ToggleGroup();
        var row = new FlowPane(8, 8);
        for (int i = 0; i < options.size(); i++) {
            var option = options.get(i);
            var button = new ToggleButton();
            button.setId("settings-" + id + "-" + i);
            button.getStyleClass().setAll("choice");
            button.textProperty().bind(option.words());
            button.setMinWidth(USE_PREF_SIZE);
            button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
            button.setToggleGroup(group);
            button.setOnAction(e -> {
                button.setSelected(true);
                set.accept(option.value());
            });
            now.subscribe(value -> button.setSelected(option.value().equals(value)));
            row.getChildren().add(button);
        }
        return row;
    }
}
