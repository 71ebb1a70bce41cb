package io.clusterdeck.views.wizard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Whether nodes speak TLS, and with which certificates. FX thread. */
final class TlsModel implements Part {

    /** Where the nodes' certificates come from; OFF for none. */
    enum From {
        OFF,
        MADE,
        HERE,
        HOSTS
    }

    /** Whether clients must show a certificate, too. */
    enum Clients {
        NO,
        OPTIONAL,
        YES
    }

    final ObjectProperty<From> from = new SimpleObjectProperty<>(From.OFF);
    final ObjectProperty<Clients> clients = new SimpleObjectProperty<>(Clients.NO);
    final StringProperty days = new SimpleStringProperty("");
    final StringProperty ca = new SimpleStringProperty("");
    final StringProperty certificate = new SimpleStringProperty("");
    final StringProperty key = new SimpleStringProperty("");
    final StringProperty trust = new SimpleStringProperty("");
    final StringProperty ourCertificate = new SimpleStringProperty("");
    final StringProperty ourKey = new SimpleStringProperty("");
    private boolean filling;

    TlsModel(Runnable changed) {
        for (Property<?> p : List.of(from, clients, days, ca, certificate, key, trust, ourCertificate, ourKey)) {
            p.addListener((Observable o) -> {
                if (!filling) {
                    changed.run();
                }
            });
        }
    }

    @Override
    public void read(Map<String, Object> tree) {
        filling = true;
        var tls = Tree.map(tree, "tls");
        from.set(
                tls.isEmpty()
                        ? Tree.yes(tree, "tls", false) ? From.MADE : From.OFF
                        : one(From.values(), tls, "certificates", From.MADE));
        clients.set(one(Clients.values(), tls, "clients", Clients.NO));
        files().forEach((word, property) -> property.set(Tree.text(tls, word)));
        filling = false;
    }

    private static <T extends Enum<T>> T one(T[] values, Map<String, Object> tls, String word, T otherwise) {
        var text = Tree.text(tls, word).toUpperCase(Locale.ROOT);
        for (var value : values) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        // a draft may hold what YAML makes of yes
        return text.equals("TRUE") ? values[values.length - 1] : otherwise;
    }

    private Map<String, StringProperty> files() {
        var files = new LinkedHashMap<String, StringProperty>();
        files.put("days", days);
        files.put("ca", ca);
        files.put("certificate", certificate);
        files.put("key", key);
        files.put("trust", trust);
        files.put("client-certificate", ourCertificate);
        files.put("client-key", ourKey);
        return files;
    }

    @Override
    public void write(Map<String, Object> tree) {
        if (from.get() == From.OFF) {
            return;
        }
        var tls = new LinkedHashMap<String, Object>();
        tls.put("certificates", from.get().name().toLowerCase(Locale.ROOT));
        if (from.get() == From.MADE) {
            Tree.putNumber(tls, "days", days.get());
        } else {
            Tree.put(tls, "ca", ca.get());
            Tree.put(tls, "certificate", certificate.get());
            Tree.put(tls, "key", key.get());
            Tree.put(tls, "client-certificate", clients.get() == Clients.NO ? "" : ourCertificate.get());
            Tree.put(tls, "client-key", clients.get() == Clients.NO ? "" : ourKey.get());
        }
        if (from.get() == From.HOSTS) {
            Tree.put(tls, "trust", trust.get());
        }
        tls.put("clients", clients.get().name().toLowerCase(Locale.ROOT));
        tree.put("tls", tls);
    }

    @Override
    public void keepAside(Map<String, Object> aside) {
        var kept = new LinkedHashMap<String, Object>();
        files().forEach((word, property) -> Tree.put(kept, word, property.get()));
        aside.put("tls", kept);
    }

    @Override
    public void readAside(Map<String, Object> aside) {
        var kept = Tree.map(aside, "tls");
        files().forEach((word, property) -> property.set(Tree.text(kept, word, property.get())));
    }
}
