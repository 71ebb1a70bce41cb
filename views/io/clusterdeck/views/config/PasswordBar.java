package io.clusterdeck.views.config;

import io.clusterdeck.redis.config.Passwords;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** A new password for the user as whom we sign in: typed twice, then shown as a plan. Opened by a button, closed by Escape. */
final class PasswordBar extends VBox {
    private final Look look;
    private final Live live;
    private final PasswordField first;
    private final PasswordField second;
    private final Wrapped off = new Wrapped("", "small", "muted");

    PasswordBar(Look look, Live live) {
        this.look = look;
        this.live = live;
        setId("config-password");
        getStyleClass().add("card");
        setSpacing(8);
        first = field("config-password-new", "config.view.password.new");
        second = field("config-password-again", "config.view.password.again");
        var alike = Bindings.createBooleanBinding(
                () -> !first.getText().isEmpty() && first.getText().equals(second.getText()),
                first.textProperty(),
                second.textProperty());
        var change = look.button("config.view.password.change", this::change);
        change.setDefaultButton(true);
        change.disableProperty().bind(alike.not());
        var retire = look.button("config.view.password.retire", () -> wish(Optional.empty(), true));
        var cancel = look.button("config.view.password.cancel", this::close);
        cancel.setCancelButton(true);
        var line = new FlowPane(8, 8, first, second, change, retire, cancel);
        line.setAlignment(Pos.CENTER_LEFT);
        var about = new Wrapped("", "small", "muted");
        about.textProperty().bind(look.tongue().text("config.view.password.about"));
        getChildren().addAll(look.label("config.view.password.title", "strong"), about, line);
        close();
        live.stateProperty().subscribe(s -> permit());
        live.specProperty().subscribe(s -> permit());
        look.tongue().wordsProperty().subscribe(w -> permit());
    }

    private PasswordField field(String id, String key) {
        var field = new PasswordField();
        field.setId(id);
        field.setPrefWidth(200);
        field.promptTextProperty().bind(look.tongue().text(key));
        field.accessibleTextProperty().bind(look.tongue().text(key));
        return field;
    }

    /** The button that opens it. */
    Button button() {
        var button = look.button("config.view.password", this::open);
        button.setId("config-password-open");
        off.textProperty().subscribe(why -> button.setDisable(!why.isEmpty()));
        return button;
    }

    /** Why it can't be opened; empty, and without room, where it can. */
    Wrapped off() {
        return off;
    }

    /** All or nobody: one node that refuses is enough. */
    private void permit() {
        var words = look.tongue().words();
        off.setText(live.state().nodes().keySet().stream()
                .map(id -> live.off(words, List.of(id), Passwords.NEEDS))
                .filter(why -> !why.isEmpty())
                .findFirst()
                .orElse(""));
        off.setVisible(!off.getText().isEmpty() && !live.readOnly()); // that is said for the whole page below
        off.setManaged(off.isVisible());
    }

    void open() {
        if (!off.getText().isEmpty()) {
            return;
        }
        setVisible(true);
        setManaged(true);
        first.requestFocus();
    }

    private void close() {
        first.clear();
        second.clear();
        setVisible(false);
        setManaged(false);
    }

    private void change() {
        wish(Optional.of(Secret.of(first.getText())), false);
    }

    private void wish(Optional<Secret> to, boolean retire) {
        var user = live.specProperty().get().user();
        close();
        live.wish(new Wish.ChangePassword(user, to, retire));
    }
}
