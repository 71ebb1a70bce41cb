package io.clusterdeck.views.wizard;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Columns;
import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** What was entered for a host, to be changed. */
final class HostForm extends VBox {
    private final TextField first;

    HostForm(Look look, WizardModel model, HostRow row) {
        super(12);
        getStyleClass().add("wizard-host-form");
        var fields = new Columns(160, 14, 3);
        first = add(fields, look, model, row, "name", row.name);
        add(fields, look, model, row, "ssh", row.address);
        add(fields, look, model, row, "port", row.port);
        add(fields, look, model, row, "user", row.user);
        add(fields, look, model, row, "auth", row.keys);
        add(fields, look, model, row, "jump", row.jump);
        add(fields, look, model, row, "bind", row.bind);
        add(fields, look, model, row, "announce", row.announce);
        add(fields, look, model, row, "labels", row.labels);
        var secret = new PasswordField();
        Field.dress(look, "wizard.host.secret", secret);
        secret.textProperty().bindBidirectional(row.secret);
        fields.getChildren().add(new Field(look, model, "wizard.host.secret", secret, false, field -> false));
        getChildren()
                .addAll(
                        fields,
                        Field.check(look, "wizard.host.password", row.password),
                        Field.check(look, "wizard.host.sudo", row.sudo));
    }

    void focus() {
        first.requestFocus();
    }

    private static TextField add(
            Columns to, Look look, WizardModel model, HostRow row, String word, StringProperty value) {
        var input = Field.input(look, "wizard.host." + word, value);
        to.getChildren()
                .add(new Field(
                        look,
                        model,
                        "wizard.host." + word,
                        input,
                        false,
                        field -> List.of(path(model, row, word), path(model, row, word) + ".").stream()
                                .anyMatch(p -> p.endsWith(".") ? field.startsWith(p) : field.equals(p))));
        return input;
    }

    private static String path(WizardModel model, HostRow row, String word) {
        return "hosts[" + model.hosts.rows.indexOf(row) + "]." + word;
    }
}
