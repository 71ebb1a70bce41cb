package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.HostCheck;
import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.redis.build.Listening;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Asker.Kind;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.ask.AskModel.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** A host of the draft: what was entered for it, and what was seen there. FX thread. */
final class HostRow {
    final StringProperty name = new SimpleStringProperty("");
    final StringProperty address = new SimpleStringProperty("");
    final StringProperty port = new SimpleStringProperty("");
    final StringProperty user = new SimpleStringProperty("");
    final StringProperty keys = new SimpleStringProperty("");
    final StringProperty jump = new SimpleStringProperty("");
    final StringProperty bind = new SimpleStringProperty("");
    final StringProperty announce = new SimpleStringProperty("");
    final StringProperty labels = new SimpleStringProperty("");
    /** The password typed beforehand, in memory only: the first answer when this host asks for one, to sign in or for sudo. */
    final StringProperty secret = new SimpleStringProperty("");

    final BooleanProperty password = new SimpleBooleanProperty(true);
    final BooleanProperty sudo = new SimpleBooleanProperty(true);
    final ObjectProperty<Seen> seen = new SimpleObjectProperty<>(new Seen.Waiting());
    /** What this host asks before it lets us in; other hosts do not wait for the answer. */
    final AskModel questions = new AskModel();

    @Nullable
    Thread looking;

    /** Told the old name and the new one, before anybody else sees the new one. */
    BiConsumer<String, String> renamed = (was, now) -> {};

    private String before = "";

    HostRow() {
        questions.presentProperty().subscribe(asked -> {
            if (asked.isPresent()
                    && !secret.get().isEmpty()
                    && wants(asked.get().question())) {
                questions.answer(Optional.of(secret.get()));
            }
        });
        // an invalidation listener: those of the list come after it, change listeners would come after them
        name.addListener((Observable o) -> {
            var now = name.get().strip();
            if (!before.isEmpty() && !now.isEmpty()) {
                renamed.accept(before, now);
            }
            before = now.isEmpty() ? before : now;
        });
    }

    private static boolean wants(Question question) {
        return question instanceof Question.HostSecret s
                && !s.want().again()
                && s.want().kind() != Kind.PASSPHRASE;
    }

    /** How far the look at a host has come. */
    sealed interface Seen {
        record Waiting() implements Seen {}

        record Looking() implements Seen {}

        record Found(HostFacts facts) implements Seen {}

        record Failed(Failure why) implements Seen {}
    }

    static HostRow of(HostSpec spec) {
        var row = new HostRow();
        row.name.set(spec.name().value());
        row.address.set(spec.address());
        row.port.set(spec.port() == 0 ? "" : Integer.toString(spec.port()));
        row.user.set(spec.user() == null ? "" : spec.user());
        row.keys.set(String.join(", ", spec.keys()));
        row.jump.set(spec.jump() == null ? "" : spec.jump());
        row.password.set(spec.password());
        return row;
    }

    static HostRow of(Map<String, Object> tree) {
        var said = HostSpec.parse(Tree.text(tree, "ssh", "?"));
        var row = of(said);
        row.name.set(Tree.text(tree, "name", said.name().value()));
        row.port.set(Tree.text(tree, "port", row.port.get()));
        row.user.set(Tree.text(tree, "user", row.user.get()));
        var auth = Tree.texts(tree, "auth");
        row.keys.set(auth.stream().filter(a -> a.contains("/")).collect(Collectors.joining(", ")));
        row.password.set(auth.isEmpty() || auth.contains("password"));
        row.jump.set(Tree.text(tree, "jump"));
        row.bind.set(String.join(", ", Tree.texts(tree, "bind")));
        row.announce.set(Tree.text(tree, "announce"));
        row.sudo.set(Tree.yes(tree, "sudo", true));
        row.labels.set(Tree.map(tree, "labels").entrySet().stream()
                .map(l -> l.getKey() + "=" + l.getValue())
                .collect(Collectors.joining(", ")));
        return row;
    }

    Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        Tree.put(tree, "name", name.get());
        Tree.put(tree, "ssh", address.get());
        Tree.putNumber(tree, "port", port.get());
        Tree.put(tree, "user", user.get());
        var auth = new ArrayList<>(words(keys.get()));
        auth.add(password.get() ? "password" : "keys");
        tree.put("auth", auth);
        Tree.put(tree, "jump", jump.get());
        if (!bind.get().isBlank()) {
            tree.put("bind", words(bind.get()));
        }
        Tree.put(tree, "announce", announce.get());
        if (!sudo.get()) {
            tree.put("sudo", "no");
        }
        var all = new LinkedHashMap<String, Object>();
        for (var label : words(labels.get())) {
            int at = label.indexOf('=');
            all.put(at < 0 ? label : label.substring(0, at), at < 0 ? "" : label.substring(at + 1));
        }
        if (!all.isEmpty()) {
            tree.put("labels", all);
        }
        return tree;
    }

    static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s*,\\s*|\\s+"))
                .filter(w -> !w.isEmpty())
                .toList();
    }

    /** Its name here; a host without one is named as it is addressed. */
    String called() {
        return name.get().isBlank() ? address.get().strip() : name.get().strip();
    }

    Optional<HostFacts> facts() {
        return seen.get() instanceof Seen.Found f ? Optional.of(f.facts()) : Optional.empty();
    }

    /** What the facts say for the cluster as it is wanted now; empty while none are known. */
    List<HostCheck> checks(Wanted wanted) {
        return facts().map(f -> {
                    var listens = Listening.of(words(bind.get()), address.get().strip(), f, wanted.hosts());
                    return HostCheck.of(f, wanted.ports(), listens, wanted.compiles());
                })
                .orElse(List.of());
    }

    /** Everything that belongs into the draft. */
    Observable[] fields() {
        return new Observable[] {name, address, port, user, keys, jump, bind, announce, labels, password, sudo};
    }
}
