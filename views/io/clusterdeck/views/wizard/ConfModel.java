package io.clusterdeck.views.wizard;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What the nodes' redis.conf says, their password, their folders, and how they are reached. FX thread. */
final class ConfModel implements Part {
    /** Directives that have a field of their own. */
    static final Set<String> FIELDS = Set.of(
            "appendonly", "appendfsync", "save", "maxmemory", "maxmemory-policy", "cluster-node-timeout", "user");

    /** Where the nodes' password comes from. */
    enum From {
        GENERATE,
        ASK,
        FILE,
        NONE
    }

    /** When a write is on the disk. */
    enum Writes {
        EVERYSEC,
        ALWAYS,
        SYSTEM,
        OFF
    }

    enum Reach {
        THROUGH,
        DIRECT
    }

    /** What an ACL user may do. */
    enum Rights {
        ALL,
        DATA,
        READ
    }

    final ObjectProperty<Map<String, List<String>>> config = new SimpleObjectProperty<>(Map.of());
    /** Directives without a field, a line each; as typed. */
    final StringProperty more = new SimpleStringProperty("");

    final StringProperty root = new SimpleStringProperty("~/redis-cluster");
    final StringProperty data = new SimpleStringProperty("data");
    final StringProperty account = new SimpleStringProperty("");
    final ObjectProperty<From> from = new SimpleObjectProperty<>(From.GENERATE);
    final StringProperty typed = new SimpleStringProperty("");
    final StringProperty file = new SimpleStringProperty("");
    final ObjectProperty<Reach> reach = new SimpleObjectProperty<>(Reach.THROUGH);
    final BooleanProperty cure = new SimpleBooleanProperty();
    private final Runnable changed;
    private boolean filling;

    ConfModel(Runnable changed) {
        this.changed = changed;
        for (Property<?> p : List.of(config, root, data, account, from, typed, file, reach, cure)) {
            p.addListener((Observable o) -> {
                if (!filling) {
                    changed.run();
                }
            });
        }
        more.addListener((Observable o) -> {
            if (!filling) {
                takeMore();
            }
        });
    }

    /** The one line of a directive; empty where it is not set. */
    String one(String directive) {
        var lines = config.get().getOrDefault(directive, List.of());
        return lines.isEmpty() ? "" : lines.getLast();
    }

    /** Sets the lines of a directive, where it stands; none takes it out. */
    void set(String directive, List<String> lines) {
        var now = new LinkedHashMap<>(config.get());
        if (lines.isEmpty()) {
            now.remove(directive);
        } else {
            now.put(directive, List.copyOf(lines));
        }
        if (!now.equals(config.get())) {
            config.set(now);
        }
    }

    void setOne(String directive, String value) {
        set(directive, value.isBlank() ? List.of() : List.of(value.strip()));
    }

    Writes writes() {
        if (one("appendonly").equals("no")) {
            return Writes.OFF;
        }
        return switch (one("appendfsync")) {
            case "always" -> Writes.ALWAYS;
            case "no" -> Writes.SYSTEM;
            default -> Writes.EVERYSEC;
        };
    }

    void setWrites(Writes wish) {
        if (wish == writes()) {
            return;
        }
        set("appendonly", List.of(wish == Writes.OFF ? "no" : "yes"));
        if (wish != Writes.OFF) {
            set(
                    "appendfsync",
                    List.of(
                            switch (wish) {
                                case ALWAYS -> "always";
                                case SYSTEM -> "no";
                                default -> "everysec";
                            }));
        }
    }

    /** Milliseconds after which a silent node is suspected; 15,000 is Redis' own. */
    long timeout() {
        var text = one("cluster-node-timeout");
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : 15_000;
    }

    /**
     * Adds a user of Redis with a password, which is kept as its SHA-256 only, as Redis itself would.
     *
     * @param channels whether the release knows rights on channels (from 6.2 on)
     */
    void addUser(String name, Secret password, Rights rights, boolean channels) {
        var users = new ArrayList<>(config.get().getOrDefault("user", List.of()));
        users.removeIf(u -> u.startsWith(name + " "));
        users.add(AclUser.line(name, password, rights, channels));
        set("user", users);
    }

    void removeUser(String line) {
        set(
                "user",
                config.get().getOrDefault("user", List.of()).stream()
                        .filter(u -> !u.equals(line))
                        .toList());
    }

    private void takeMore() {
        var lines = new LinkedHashMap<String, List<String>>();
        more.get()
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("#"))
                .forEach(line -> {
                    int blank = line.indexOf(' ');
                    lines.computeIfAbsent(blank < 0 ? line : line.substring(0, blank), d -> new ArrayList<>())
                            .add(blank < 0 ? "" : line.substring(blank + 1).strip());
                });
        var now = new LinkedHashMap<>(config.get());
        now.keySet().removeIf(d -> !FIELDS.contains(d) && !lines.containsKey(d));
        lines.forEach((d, l) -> now.put(d, List.copyOf(l)));
        if (now.equals(config.get())) {
            changed.run();
        } else {
            config.set(now);
        }
    }

    Optional<Secret> password() {
        return from.get() == From.ASK && !typed.get().isEmpty()
                ? Optional.of(Secret.of(typed.get()))
                : Optional.empty();
    }

    /** What the reader of blueprints does not see: it stands elsewhere, or says nothing yet. */
    List<Problem> problems() {
        var found = new ArrayList<Problem>();
        if (from.get() == From.ASK && typed.get().isEmpty()) {
            found.add(new Problem(
                    "password.typed", true, Say.of("wizard.missing.password"), Say.of("wizard.missing.password.next")));
        }
        var timeout = one("cluster-node-timeout");
        if (!timeout.isEmpty() && !timeout.matches("[1-9]\\d{0,8}")) {
            found.add(new Problem(
                    "config.cluster-node-timeout",
                    false,
                    Say.of("wizard.conf.number"),
                    Say.of("wizard.conf.number.next")));
        }
        if (!one("maxmemory").isEmpty() && !one("maxmemory").equals("0") && Memory.bytes(one("maxmemory")) == 0) {
            found.add(new Problem(
                    "config.maxmemory", false, Say.of("wizard.conf.size"), Say.of("wizard.conf.size.next")));
        }
        config.get().forEach((directive, lines) -> {
            if (lines.stream().anyMatch(String::isEmpty)) {
                found.add(new Problem(
                        "config." + directive,
                        false,
                        Say.of("wizard.conf.no-value", "directive", directive),
                        Say.of("wizard.conf.no-value.next")));
            }
        });
        return found;
    }

    @Override
    public void read(Map<String, Object> tree) {
        filling = true;
        var directives = new LinkedHashMap<String, List<String>>();
        Tree.map(tree, "config").keySet().forEach(d -> directives.put(d, Tree.texts(Tree.map(tree, "config"), d)));
        config.set(directives);
        var lines = new ArrayList<String>();
        directives.forEach((d, values) -> {
            if (!FIELDS.contains(d)) {
                values.forEach(v -> lines.add(d + " " + v));
            }
        });
        more.set(String.join("\n", lines));
        var layout = Tree.map(tree, "layout");
        root.set(Tree.text(layout, "root", "~/redis-cluster"));
        data.set(Tree.text(layout, "data", "data"));
        account.set(Tree.text(layout, "user"));
        var word = Tree.text(tree, "password", "generate");
        from.set(
                word.startsWith("file:")
                        ? From.FILE
                        : word.equals("ask") ? From.ASK : word.equals("none") ? From.NONE : From.GENERATE);
        file.set(word.startsWith("file:") ? word.substring(5) : "");
        reach.set(Tree.text(tree, "access").equals("direct") ? Reach.DIRECT : Reach.THROUGH);
        cure.set(Tree.yes(tree, "cure", false));
        filling = false;
    }

    @Override
    public void write(Map<String, Object> tree) {
        var layout = Tree.map(tree, "layout");
        Tree.put(layout, "root", root.get());
        Tree.put(layout, "data", data.get());
        Tree.put(layout, "user", account.get());
        tree.put("layout", layout);
        if (!config.get().isEmpty()) {
            tree.put("config", config.get());
        }
        tree.put("access", reach.get() == Reach.DIRECT ? "direct" : "through-hosts");
        tree.put(
                "password",
                switch (from.get()) {
                    case GENERATE -> "generate";
                    case ASK -> "ask";
                    case NONE -> "none";
                    case FILE -> "file:" + file.get().strip();
                });
        if (cure.get()) {
            tree.put("cure", "yes");
        }
    }

    @Override
    public void keepAside(Map<String, Object> aside) {
        Tree.put(aside, "passwordFile", file.get());
        Tree.put(aside, "directives", more.get());
    }

    @Override
    public void readAside(Map<String, Object> aside) {
        file.set(Tree.text(aside, "passwordFile", file.get()));
        var lines = Tree.text(aside, "directives");
        if (!lines.isEmpty()) {
            more.set(lines);
        }
    }
}
