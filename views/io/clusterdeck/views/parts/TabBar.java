package io.clusterdeck.views.parts;

import io.clusterdeck.views.look.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.HPos;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Words in a row of which one is chosen: underlined as tabs, or framed as a choice of views. Tabs that do not fit lie in a menu at the end; choices go to the next line where that is wanted. */
public final class TabBar<T extends Enum<T>> extends HBox {
    private final ObjectProperty<T> chosen;
    private final List<ToggleButton> words = new ArrayList<>();
    private final MenuButton more = new MenuButton();
    private final boolean folds;
    private boolean wraps;

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

    /** Choices that do not fit go to the next line. */
    public TabBar<T> wrapping() {
        wraps = true;
        return this;
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

    /** Gives the focus to the word that is chosen. */
    public void focusChosen() {
        words.stream().filter(ToggleButton::isSelected).findFirst().ifPresent(ToggleButton::requestFocus);
    }

    @Override
    public @Nullable Orientation getContentBias() {
        return wraps ? Orientation.HORIZONTAL : super.getContentBias();
    }

    @Override
    protected double computeMinWidth(double height) {
        return folds || wraps ? 0 : super.computeMinWidth(height);
    }

    @Override
    protected double computeMinHeight(double width) {
        return wraps ? computePrefHeight(width) : super.computeMinHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        return wraps && width >= 0 ? wrapped(width, false) : super.computePrefHeight(width);
    }

    /** The height of all lines. */
    private double wrapped(double width, boolean place) {
        double left = 0;
        double top = 0;
        double line = 0;
        for (var word : words) {
            double wide = width(word);
            double high = snapSizeY(word.prefHeight(-1));
            if (left > 0 && left + wide > width + 0.5) {
                left = 0;
                top += line + getSpacing();
                line = 0;
            }
            if (place) {
                layoutInArea(word, left, top, wide, high, 0, HPos.LEFT, VPos.TOP);
            }
            left += wide + getSpacing();
            line = Math.max(line, high);
        }
        return top + line;
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
        if (wraps) {
            wrapped(getWidth(), true);
            return;
        }
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
