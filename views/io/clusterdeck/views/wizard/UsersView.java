package io.clusterdeck.views.wizard;

import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.views.wizard.ConfModel.Rights;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Users of Redis besides the default one. */
final class UsersView extends VBox {
    private final Look look;
    private final WizardModel model;
    private final VBox all = new VBox(6);

    UsersView(Look look, WizardModel model) {
        super(8);
        this.look = look;
        this.model = model;
        var name = new SimpleStringProperty("");
        var input = Field.input(look, "wizard.user", name);
        input.accessibleTextProperty().bind(look.tongue().text("wizard.user"));
        var password = new PasswordField();
        password.setId("wizard-user-password");
        password.promptTextProperty().bind(look.tongue().text("wizard.user.password"));
        password.accessibleTextProperty().bind(look.tongue().text("wizard.user.password"));
        var rights = new TabBar<>(look, "wizard.rights.", Rights.values(), Rights.DATA, "choices").wrapping();
        Runnable add = () -> {
            model.conf.addUser(
                    name.get().strip(),
                    Secret.of(password.getText()),
                    rights.chosenProperty().get(),
                    !model.redis.version.get().startsWith("6.0"));
            name.set("");
            password.clear();
        };
        var go = look.button("wizard.user.add", add);
        go.setMinWidth(USE_PREF_SIZE);
        go.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !name.get().strip().matches("[^\\s#>~%&+@-][^\\s]*")
                                || password.getText().isEmpty(),
                        name,
                        password.textProperty()));
        HBox.setHgrow(input, Priority.ALWAYS);
        HBox.setHgrow(password, Priority.ALWAYS);
        getChildren().addAll(all, new HBox(8, input, password), rights, go);
        model.conf.config.subscribe(c -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private void paint() {
        all.getChildren()
                .setAll(model.conf.config.get().getOrDefault("user", List.of()).stream()
                        .map(this::line)
                        .toList());
        all.setVisible(!all.getChildren().isEmpty());
        all.setManaged(all.isVisible());
    }

    private HBox line(String user) {
        var text = new Wrapped(user.replaceAll("([#>])\\S+", "$1••••••"), "mono");
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        var remove = look.button("wizard.host.remove", () -> model.conf.removeUser(user), "link");
        remove.setMinWidth(USE_PREF_SIZE);
        var row = new HBox(8, text, remove);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }
}
