package io.clusterdeck.views.parts;

import io.clusterdeck.views.look.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/** Words in a row of which one is chosen: underlined as tabs, or framed as a choice of views. Tabs that do not fit lie in a menu at the end. */
public final class TabBar<T extends Enum<T>> extends HBox {
    private final ObjectProperty<T> chosen;
    private final List<ToggleButton> words = new ArrayList<>();
    private final MenuButton more = new MenuButton();
    private final boolean folds;

    /**
     * @param keys the words of a value lie under {@code prefix + value in lower case}
     * @param style {@code tabs} or {@code choices}
     */
    public TabBar(Look look, String keys, T[] values, T first, String style) {
        chosen = new SimpleObjectProperty<>(this, "chosen", first);
        folds = style.equals("tabs");
        getStyleClass().add(style);
        var group = new ToggleGroup();
        for (T value : values) {
            var word = value.name().toLowerCase(Locale.ROOT);
            var button = new ToggleButton();
            button.setId((keys + word).replace('.', '-'));
            button.getStyleClass().setAll(folds ? "tab-word" : "choice");
            button.textProperty().bind(look.tongue().text(keys + word));
            button.setMinWidth(USE_PREF_SIZE);
            button.setAccessibleRole(folds ? AccessibleRole.TAB_ITEM : AccessibleRole.RADIO_BUTTON);
            button.setToggleGroup(group);
            button.setOnAction(e -> {
                button.setSelected(true);
                chosen.set(value);
            });
            chosen.subscribe(now -> button.setSelected(now == value));
            words.add(button);
            getChildren().add(button);
            more.getItems().add(item(value, button));
        }
        if (folds) {
            more.setId((keys + "more").replace('.', '-'));
            more.getStyleClass().add("more-tabs");
            more.textProperty().bind(look.tongue().text("desk.tabs.more"));
            more.setMinWidth(USE_PREF_SIZE);
            more.setVisible(false);
            getChildren().add(more);
        }
    }

    private RadioMenuItem item(T value, ToggleButton button) {
        var item = new RadioMenuItem();
        item.textProperty().bind(button.textProperty());
        item.visibleProperty().bind(button.visibleProperty().not());
        item.setOnAction(e -> chosen.set(value));
        chosen.subscribe(now -> {
            item.setSelected(now == value);
            requestLayout();
        });
        return item;
    }

    public ObjectProperty<T> chosenProperty() {
        return chosen;
    }

    @Override
    protected double computeMinWidth(double height) {
        return folds ? 0 : super.computeMinWidth(height);
    }

    @Override
    protected double computePrefWidth(double height) {
        return folds ? whole() : super.computePrefWidth(height);
    }

    private double whole() {
        var insets = getInsets();
        return words.stream().mapToDouble(w -> width(w) + getSpacing()).sum() + insets.getLeft() + insets.getRight();
    }

    private double width(javafx.scene.Node node) {
        return snapSizeX(node.prefWidth(-1));
    }

    /** As many tabs as fit, always with the chosen one; the rest in the menu. */
    @Override
    protected void layoutChildren() {
        if (!folds) {
            super.layoutChildren();
            return;
        }
        boolean all = whole() <= getWidth() + 0.5;
        var insets = getInsets();
        double left = insets.getLeft();
        double room = getWidth() - insets.getRight() - (all ? 0 : width(more) + getSpacing());
        double kept = all
                ? 0
                : words.stream()
                        .filter(ToggleButton::isSelected)
                        .mapToDouble(w -> width(w) + getSpacing())
                        .sum();
        double height = getHeight() - insets.getTop() - insets.getBottom();
        for (var word : words) {
            double width = width(word);
            double reserve = word.isSelected() ? 0 : kept;
            boolean fits = all || word.isSelected() || left + width + reserve <= room;
            word.setVisible(fits);
            if (word.isSelected()) {
                kept = 0;
            }
            if (fits) {
                layoutInArea(word, left, insets.getTop(), width, height, 0, HPos.LEFT, VPos.CENTER);
                left += width + getSpacing();
            }
        }
        more.setVisible(!all);
        layoutInArea(more, left, insets.getTop(), width(more), height, 0, HPos.LEFT, VPos.CENTER);
    }
}
