package io.clusterdeck.views.parts;

import io.clusterdeck.views.look.Look;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/** Words in a row of which one is chosen: underlined as tabs, or framed as a choice of views. */
public final class TabBar<T extends Enum<T>> extends HBox {
    private final ObjectProperty<T> chosen;

    /**
     * @param keys the words of a value lie under {@code prefix + value in lower case}
     * @param style {@code tabs} or {@code choices}
     */
    public TabBar(Look look, String keys, T[] values, T first, String style) {
        chosen = new SimpleObjectProperty<>(this, "chosen", first);
        getStyleClass().add(style);
        var group = new ToggleGroup();
        for (T value : values) {
            var word = value.name().toLowerCase(java.util.Locale.ROOT);
            var button = new ToggleButton();
            button.setId((keys + word).replace('.', '-'));
            button.getStyleClass().setAll(style.equals("tabs") ? "tab-word" : "choice");
            button.textProperty().bind(look.tongue().text(keys + word));
            button.setMinWidth(USE_PREF_SIZE);
            button.setAccessibleRole(style.equals("tabs") ? AccessibleRole.TAB_ITEM : AccessibleRole.RADIO_BUTTON);
            button.setToggleGroup(group);
            button.setOnAction(e -> {
                button.setSelected(true);
                chosen.set(value);
            });
            chosen.subscribe(now -> button.setSelected(now == value));
            getChildren().add(button);
        }
    }

    public ObjectProperty<T> chosenProperty() {
        return chosen;
    }
}
