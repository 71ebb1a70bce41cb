package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import java.util.function.IntConsumer;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.WindowEvent;

/** Does what the shortcuts say, wherever the focus is. */
final class ShellKeys {
    private static final double STEP = 0.25;

    private final Look look;
    private final ShellModel model;
    private final IntConsumer shiftTab;

    /** @param shiftTab turns to the next tab, or by −1 to the one before */
    ShellKeys(Look look, ShellModel model, IntConsumer shiftTab) {
        this.look = look;
        this.model = model;
        this.shiftTab = shiftTab;
    }

    /** On the scene: where nothing has the focus, keys go there and nowhere else. */
    void on(Region shell) {
        EventHandler<KeyEvent> pressed = e -> {
            if (Keys.of(e).filter(key -> act(key, e, shell)).isPresent()) {
                e.consume();
            }
        };
        EventHandler<KeyEvent> typed = e -> {
            if (e.getCharacter().equals("?") && !(e.getTarget() instanceof TextInputControl)) {
                model.keysProperty().set(true);
            }
        };
        shell.sceneProperty().subscribe((was, now) -> {
            if (was != null) {
                was.removeEventFilter(KeyEvent.KEY_PRESSED, pressed);
                was.removeEventHandler(KeyEvent.KEY_TYPED, typed);
            }
            if (now != null) {
                now.addEventFilter(KeyEvent.KEY_PRESSED, pressed);
                now.addEventHandler(KeyEvent.KEY_TYPED, typed);
            }
        });
    }

    private boolean act(Keys key, KeyEvent e, Region shell) {
        switch (key) {
            case FIND -> model.finder().open();
            case SETTINGS -> turn(new Page.Settings());
            case HELP -> model.keysProperty().set(!model.keysProperty().get());
            case RUNS -> turn(new Page.Runs());
            case BUILD -> model.build();
            case NEXT_TAB -> shiftTab.accept(1);
            case LAST_TAB -> shiftTab.accept(-1);
            case LARGER -> scale(STEP);
            case SMALLER -> scale(-STEP);
            case NORMAL -> look.themes().scaleProperty().set(1);
            case CLUSTER -> {
                return cluster(Keys.digit(e));
            }
            case FILTER -> {
                return filter(shell);
            }
            case QUIT -> {
                var window = shell.getScene().getWindow();
                window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST));
            }
        }
        return true;
    }

    private void turn(Page page) {
        model.pageProperty().set(page);
    }

    private void scale(double by) {
        var scale = look.themes().scaleProperty();
        scale.set(Math.clamp(scale.get() + by, 1, 2));
    }

    private boolean cluster(int number) {
        var all = model.clustersProperty().get();
        if (number < 1 || number > all.size()) {
            return false;
        }
        turn(new Page.Cluster(all.get(number - 1).name()));
        return true;
    }

    /** The filter of the page that is shown, where it has one: a field whose id ends so. */
    private static boolean filter(Region shell) {
        for (Node field : shell.lookupAll(".text-field")) {
            if (field.getId() != null && field.getId().endsWith("-filter") && field.isVisible()) {
                field.requestFocus();
                return true;
            }
        }
        return false;
    }
}
