package io.clusterdeck.views.notice;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** Notices, one above the other; where they are put, they cover nothing. Each leaves by itself, unless the pointer or the keyboard rests on it. */
public final class NoticesView extends VBox {
    private static final Duration STAY = Duration.seconds(8);
    private static final Duration LONGER = Duration.seconds(20);

    private final Look look;
    private final Notices model;
    private boolean folded;

    public NoticesView(Look look, Notices model) {
        super(8);
        this.look = look;
        this.model = model;
        setId("notices");
        getStyleClass().add("notices");
        setFillWidth(true);
        managedProperty().bind(Bindings.isNotEmpty(model.shown()));
        model.shown().addListener((ListChangeListener<Notice>) c -> {
            while (c.next()) {
                c.getRemoved().forEach(n -> getChildren().removeIf(v -> n.equals(v.getUserData())));
                int at = c.getFrom();
                for (var notice : c.getAddedSubList()) {
                    getChildren().add(at++, card(notice));
                }
            }
            onlyWhatFits();
        });
    }

    /** @param now whether it lies across a small window: then the newest is shown, in one row */
    public void fold(boolean now) {
        folded = now;
        getChildren().setAll(model.shown().stream().map(this::card).toList());
        onlyWhatFits();
    }

    private void onlyWhatFits() {
        for (int i = 0; i < getChildren().size(); i++) {
            var card = getChildren().get(i);
            card.setVisible(!folded || i == getChildren().size() - 1);
            card.setManaged(card.isVisible());
        }
    }

    private HBox card(Notice notice) {
        var glyph = new Glyph(notice.kind());
        HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
        var what = new Wrapped(look.tongue().say(notice.what()), "strong");
        var text = new VBox(2, what);
        notice.more()
                .ifPresent(m -> text.getChildren().add(new Wrapped(look.tongue().say(m), "small", "muted")));
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        var card = new HBox(8, glyph, text);
        notice.way().ifPresent(w -> {
            var button = look.button(w.key(), () -> {
                model.dismiss(notice);
                w.go().run();
            });
            button.setMinWidth(USE_PREF_SIZE);
            if (folded) {
                card.getChildren().add(button);
            } else {
                VBox.setMargin(button, new Insets(6, 0, 0, 0));
                text.getChildren().add(button);
            }
        });
        var close = close(notice);
        HBox.setMargin(close, new Insets(-5, 0, -5, 0)); // as high as a line of text
        card.getChildren().add(close);
        card.getStyleClass().add("notice-card");
        card.setUserData(notice);
        card.setAccessibleRole(AccessibleRole.TEXT);
        card.accessibleTextProperty().bind(what.textProperty());
        var leave = new PauseTransition(notice.way().isPresent() ? LONGER : STAY);
        leave.setOnFinished(e -> model.dismiss(notice));
        card.hoverProperty().or(card.focusWithinProperty()).subscribe(rests -> {
            if (rests) {
                leave.stop();
            } else {
                leave.playFromStart();
            }
        });
        return card;
    }

    private Button close(Notice notice) {
        var close = new Button();
        close.getStyleClass().setAll("close");
        var cross = new Region();
        cross.getStyleClass().add("cross");
        close.setGraphic(cross);
        close.accessibleTextProperty().bind(look.tongue().text("views.close"));
        close.setOnAction(e -> model.dismiss(notice));
        return close;
    }
}
