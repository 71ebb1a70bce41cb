package io.clusterdeck.views.parts;

import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.Skin;
import javafx.scene.control.skin.ListViewSkin;
import javafx.scene.control.skin.VirtualFlow;
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
    private boolean counting;

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
        show(lines);
    }

    private final ListChangeListener<T> grown = change -> keepUp();

    /** After lines came, or there is less room for them. */
    private void keepUp() {
        behind |= following;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        counting = true;
        super.layoutChildren();
        counting = false;
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new ListViewSkin<>(this) {
            @Override
            protected VirtualFlow<ListCell<T>> createVirtualFlow() {
                return new Tail();
            }
        };
    }

    /** Goes to the end once what has come is counted: while it is, lines are laid out before the place of the end is known. */
    private final class Tail extends VirtualFlow<ListCell<T>> {
        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            if (behind && !counting && getCellCount() > 0) {
                behind = false;
                scrollTo(getCellCount() - 1);
                super.layoutChildren();
            }
        }
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
