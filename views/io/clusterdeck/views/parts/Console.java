package io.clusterdeck.views.parts;

import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.ScrollEvent;

/** Lines of output in a fixed-width font: it follows the end until the operator scrolls up, and again from the end on. */
public final class Console<T> extends ListView<T> {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    private final Function<T, String> words;
    private boolean following = true;
    private boolean behind;

    /** @param error whether a line is shown as one of stderr */
    public Console(ObservableList<T> lines, Function<T, String> words, Function<T, Boolean> error) {
        this.words = words;
        getStyleClass().add("console");
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        setCellFactory(list -> new ListCell<>() {
            @Override
            protected void updateItem(T line, boolean empty) {
                super.updateItem(line, empty);
                setText(empty || line == null ? null : words.apply(line));
                pseudoClassStateChanged(ERROR, !empty && line != null && error.apply(line));
            }
        });
        setPlaceholder(new Label());
        addEventFilter(ScrollEvent.SCROLL, e -> following = following && e.getDeltaY() <= 0);
        setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.END) {
                follow();
            } else if (new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN).match(e)) {
                copy();
            }
        });
        heightProperty().subscribe(h -> keepUp());
        skinProperty().subscribe(skin -> {
            for (var bar : lookupAll(".scroll-bar")) {
                bar.visibleProperty().subscribe(shown -> keepUp());
            }
        });
        show(lines);
    }

    private final ListChangeListener<T> grown = change -> keepUp();

    /** After lines came, or there is less room for them: the bar below long lines comes only when they are laid out. */
    private void keepUp() {
        behind |= following;
        requestLayout();
    }

    /**
     * Scrolls once what has come is counted: before, the end is still the old one. A long line brings the bar below, which takes room
     * from the last one: so once more.
     */
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (behind && lookup(".virtual-flow") instanceof Parent flow) {
            for (int i = 0; i < 2 && !getItems().isEmpty(); i++) {
                flow.layout();
                scrollTo(getItems().size() - 1);
            }
            flow.layout();
        }
        behind = false;
    }

    /** Shows other lines. */
    public void show(ObservableList<T> lines) {
        if (getItems() != null) {
            getItems().removeListener(grown);
        }
        setItems(lines);
        lines.addListener(grown);
        follow();
    }

    /** To the end, and on with it. */
    public void follow() {
        following = true;
        behind = true;
        requestLayout();
    }

    /** The chosen lines, or all. */
    public void copy() {
        var chosen = getSelectionModel().getSelectedItems();
        var lines = chosen.isEmpty() ? getItems() : chosen;
        var text = new StringBuilder();
        lines.forEach(l -> text.append(words.apply(l)).append('\n'));
        Copied.text(text.toString());
    }
}
