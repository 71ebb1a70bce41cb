package io.clusterdeck.views.shell;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Columns;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
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

    private VBox door(String word, Feather icon, Runnable open) {
        var mark = new FontIcon(icon);
        mark.getStyleClass().add("door-icon");
        var title = look.label("views.door." + word, "h2");
        var text = look.label("views.door." + word + ".text", "muted", "wrapped");
        text.setWrapText(true);
        Label needs = look.label("views.door." + word + ".needs", "small", "muted", "wrapped");
        needs.setWrapText(true);
        var door = new VBox(mark, title, text, needs);
        door.setId("door-" + word);
        door.getStyleClass().add("door");
        door.setFocusTraversable(true);
        door.setAccessibleRole(AccessibleRole.BUTTON);
        door.accessibleTextProperty().bind(title.textProperty());
        door.setOnMouseClicked(e -> open.run());
        door.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                open.run();
            }
        });
        return door;
    }
}
