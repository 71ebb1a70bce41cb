package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Columns;
import io.clusterdeck.views.parts.Press;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAction;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What stands there at first start: three ways in. */
final class DoorsView extends VBox {
    private final Look look;

    DoorsView(Look look, Runnable build, Runnable adopt, Runnable tryIt) {
        this.look = look;
        setId("doors");
        getStyleClass().add("doors");
        var title = look.label("views.doors.title", "h1");
        var text = look.label("views.doors.text", "muted");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        var head = new VBox(8, title, text);
        head.setAlignment(Pos.CENTER);
        var doors = new Columns(220, 16, 3);
        doors.getChildren()
                .addAll(
                        door("build", Feather.LAYERS, build),
                        door("adopt", Feather.LINK_2, adopt),
                        door("try", Feather.MONITOR, tryIt));
        doors.setMaxWidth(860);
        getChildren().addAll(head, doors);
    }

    private Door door(String word, Feather icon, Runnable open) {
        var mark = new FontIcon(icon);
        mark.getStyleClass().add("door-icon");
        var title = look.label("views.door." + word, "h2");
        var text = look.label("views.door." + word + ".text", "muted", "wrapped");
        text.setWrapText(true);
        Label needs = look.label("views.door." + word + ".needs", "small", "muted", "wrapped");
        needs.setWrapText(true);
        var door = new Door(open);
        door.getChildren().setAll(mark, title, text, needs);
        door.setId("door-" + word);
        door.getStyleClass().add("door");
        door.accessibleTextProperty().bind(title.textProperty());
        door.accessibleHelpProperty().bind(text.textProperty());
        return door;
    }

    private static final class Door extends VBox {
        private final Runnable open;

        Door(Runnable open) {
            this.open = open;
            Press.on(this, open);
        }

        @Override
        public void executeAccessibleAction(AccessibleAction action, Object... more) {
            if (action == AccessibleAction.FIRE) {
                open.run();
            } else {
                super.executeAccessibleAction(action, more);
            }
        }
    }
}
