package io.clusterdeck.views.wizard;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.views.wizard.TlsModel.Clients;
import io.clusterdeck.views.wizard.TlsModel.From;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** The choice of TLS: what it means, and the files where others made them. */
final class TlsFields extends VBox {

    private final Look look;
    private final WizardModel model;
    private final TlsModel tls;

    TlsFields(Look look, WizardModel model) {
        super(14);
        setId("wizard-tls");
        this.look = look;
        this.model = model;
        this.tls = model.tls;
        var bar = new TabBar<>(look, "wizard.tls.", From.values(), tls.from.get(), "choices").wrapping();
        bar.chosenProperty().bindBidirectional(tls.from);
        var text = new Wrapped("", "small", "muted");
        var head = new VBox(6, bar, text);
        var who = new TabBar<>(look, "wizard.tls.clients.", Clients.values(), tls.clients.get(), "choices").wrapping();
        who.chosenProperty().bindBidirectional(tls.clients);
        var clients = new Field(look, model, "wizard.tls.clients", who, true, "tls.clients"::equals);
        var days = Field.text(look, model, "wizard.tls.days", tls.days, "tls.days", true);
        var files = List.of(file("ca", tls.ca), file("certificate", tls.certificate), file("key", tls.key));
        var there = List.of(
                file("there.ca", "ca", tls.ca),
                file("there.certificate", "certificate", tls.certificate),
                file("there.key", "key", tls.key));
        var trust = file("trust", tls.trust);
        var ours = List.of(file("client-certificate", tls.ourCertificate), file("client-key", tls.ourKey));
        Runnable paint = () -> {
            var from = tls.from.get();
            var fields = new ArrayList<Node>(List.of(head));
            if (from == From.MADE) {
                fields.add(days);
            } else if (from == From.HERE) {
                fields.addAll(files);
            } else if (from == From.HOSTS) {
                fields.addAll(there);
                fields.add(trust);
            }
            if (from != From.OFF) {
                fields.add(clients);
            }
            if (tls.clients.get() != Clients.NO && (from == From.HERE || from == From.HOSTS)) {
                fields.addAll(ours);
            }
            if (!getChildren().equals(fields)) {
                getChildren().setAll(fields);
            }
            text.setText(look.tongue().say("wizard.tls." + from.name().toLowerCase(Locale.ROOT) + ".text"));
        };
        tls.from.subscribe(f -> paint.run());
        tls.clients.subscribe(c -> paint.run());
        look.tongue().wordsProperty().subscribe(w -> paint.run());
    }

    private Field file(String word, StringProperty value) {
        return file(word, word, value);
    }

    private Field file(String key, String word, StringProperty value) {
        return Field.text(look, model, "wizard.tls." + key, value, "tls." + word, false);
    }
}
