package io.clusterdeck.views.wizard;

import io.clusterdeck.deck.Drafting;
import io.clusterdeck.redis.build.HostLines;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.SshAliases;
import io.clusterdeck.views.ask.AskModel.Question;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.wizard.HostRow.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The hosts of the draft: entered in many ways, each looked at as soon as it is there. FX thread. */
final class HostsModel implements Part {
    /** Looks at a time: a host's question may take long, and holds up only its own. */
    private static final int AT_ONCE = 32;

    final StringProperty name = new SimpleStringProperty("");
    final BooleanProperty production = new SimpleBooleanProperty();
    final ObservableList<HostRow> rows = FXCollections.observableArrayList(HostRow::fields);
    /** What is typed or pasted to be added. */
    final StringProperty entry = new SimpleStringProperty("");
    /** How to sign in to hosts that are added from now on, where their lines do not say it. */
    final StringProperty user = new SimpleStringProperty("");

    final StringProperty port = new SimpleStringProperty("");
    final StringProperty keys = new SimpleStringProperty("");
    final StringProperty jump = new SimpleStringProperty("");
    /** Typed for hosts that are added from now on; in memory only. */
    final StringProperty secret = new SimpleStringProperty("");

    final BooleanProperty password = new SimpleBooleanProperty(true);
    final ObjectProperty<List<Say>> mistakes = new SimpleObjectProperty<>(List.of());
    final ObjectProperty<List<SshAliases.Alias>> aliases = new SimpleObjectProperty<>(List.of());
    /** How many hosts show a key that is to be trusted first. */
    final LongProperty asking = new SimpleLongProperty();

    private final Drafting drafting;
    private final Supplier<Wanted> wanted;
    private final Semaphore looks = new Semaphore(AT_ONCE);
    private final BiConsumer<String, String> renamed;
    private final Fx<Boolean> seen;

    /**
     * @param renamed told the old and the new name of a host
     * @param changed run when an entry changed
     * @param seen run after hosts were looked at: once for many that answer together
     */
    HostsModel(
            Drafting drafting,
            Supplier<Wanted> wanted,
            BiConsumer<String, String> renamed,
            Runnable changed,
            Runnable seen) {
        this.drafting = drafting;
        this.renamed = renamed;
        this.wanted = wanted;
        this.seen = new Fx<>(any -> seen.run());
        rows.addListener((Observable o) -> changed.run());
        name.addListener((Observable o) -> changed.run());
        production.addListener((Observable o) -> changed.run());
    }

    /** Reads the entry and adds its hosts; what can't be read stays in the field. */
    void add() {
        var lines = HostLines.read(entry.get());
        var said = new ArrayList<>(lines.mistakes());
        if (lines.hosts().isEmpty() && said.isEmpty()) {
            said.add(Say.of("wizard.hosts.nothing"));
        }
        add(lines.hosts(), said);
        if (said.isEmpty()) {
            entry.set("");
        }
        mistakes.set(List.copyOf(said));
    }

    void add(SshAliases.Alias alias) {
        var said = new ArrayList<Say>();
        add(List.of(HostSpec.of(alias.name())), said);
        mistakes.set(said);
    }

    /** For trying out, and for who has one machine only. */
    void addThisComputer() {
        var said = new ArrayList<Say>();
        add(List.of(new HostSpec(new HostName("this-computer"), "local", 0, null, List.of(), null, false)), said);
        mistakes.set(said);
    }

    private void add(List<HostSpec> hosts, List<Say> said) {
        var fresh = new ArrayList<HostRow>();
        for (var spec : hosts) {
            var row = HostRow.of(spec);
            boolean there = rows.stream()
                    .anyMatch(r -> r.address.get().strip().equals(row.address.get())
                            && r.port.get().strip().equals(row.port.get()));
            boolean named = rows.stream().anyMatch(r -> r.called().equals(row.called()));
            if (there || named) {
                said.add(Say.of("wizard.hosts.there", "host", row.called()));
                continue;
            }
            if (!spec.local()) {
                defaults(row, spec);
            }
            fresh.add(dressed(row));
        }
        rows.addAll(fresh);
        fresh.forEach(this::look);
    }

    private HostRow dressed(HostRow row) {
        row.renamed = renamed;
        row.questions.presentProperty().subscribe(q -> {
            asking.set(rows.stream().filter(HostsModel::asksTrust).count());
            seen.accept(true);
        });
        return row;
    }

    private void defaults(HostRow row, HostSpec spec) {
        if (spec.user() == null) {
            row.user.set(user.get().strip());
        }
        if (spec.port() == 0) {
            row.port.set(port.get().strip());
        }
        if (spec.keys().isEmpty()) {
            row.keys.set(keys.get().strip());
        }
        if (spec.jump() == null) {
            row.jump.set(jump.get().strip());
        }
        row.password.set(password.get());
        row.secret.set(secret.get());
    }

    void remove(HostRow row) {
        if (row.looking != null) {
            row.looking.interrupt();
        }
        rows.remove(row);
    }

    /** Looks at no host any more. */
    void stop() {
        rows.forEach(r -> {
            if (r.looking != null) {
                r.looking.interrupt();
            }
        });
    }

    void lookAtAll() {
        rows.forEach(this::look);
    }

    /** Looks at a host, again or for the first time. */
    void look(HostRow row) {
        if (row.looking != null) {
            row.looking.interrupt();
        }
        settle(row, new Seen.Looking());
        var entered = row.tree();
        var before = before(row).stream().map(HostRow::tree).toList();
        var for_ = wanted.get();
        row.looking = Work.<Seen>begin(
                "look at " + row.called(),
                () -> {
                    looks.acquire();
                    try {
                        var spec = spec(entered);
                        var beside =
                                before.stream().flatMap(b -> spec(b).stream()).toList();
                        return spec.isEmpty()
                                ? new Seen.Waiting()
                                : new Seen.Found(drafting.look(
                                        new Drafting.Look(spec.get(), beside, for_.root(), for_.data(), for_.ports()),
                                        row.questions));
                    } finally {
                        looks.release();
                    }
                },
                found -> settle(row, found),
                why -> settle(row, new Seen.Failed(why)));
    }

    /** The hosts through which one is reached, as far as they are hosts of the draft. */
    private List<HostRow> before(HostRow row) {
        var way = new ArrayList<HostRow>();
        var next = Optional.of(row);
        while (next.isPresent() && !way.contains(next.get())) {
            way.add(next.get());
            var jump = next.get().jump.get().strip();
            next = jump.isEmpty()
                    ? Optional.empty()
                    : rows.stream().filter(r -> r.called().equals(jump)).findFirst();
        }
        return way.subList(1, way.size());
    }

    private void settle(HostRow row, Seen now) {
        row.seen.set(now);
        seen.accept(true);
    }

    /** Trusts every key that a host shows now for the first time. */
    void trustAll() {
        for (var row : rows) {
            if (asksTrust(row)) {
                row.questions.answer(Optional.of("yes"));
            }
        }
    }

    static boolean asksTrust(HostRow row) {
        return row.questions
                .presentProperty()
                .get()
                .filter(a -> a.question() instanceof Question.Trust)
                .isPresent();
    }

    /** As the reader of blueprints would have it; empty while it is not whole. */
    private static Optional<HostSpec> spec(Map<String, Object> row) {
        return Sketch.of(Map.of("hosts", List.of(row)), List.of("hosts"))
                .map(b -> b.hosts().getFirst().ssh());
    }

    Optional<HostRow> row(HostName host) {
        return rows.stream().filter(r -> r.called().equals(host.value())).findFirst();
    }

    /** Each host that is not known to be reached. */
    List<Problem> unreached() {
        var found = new ArrayList<Problem>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            if (!(row.seen.get() instanceof Seen.Found)) {
                var how = row.seen.get() instanceof Seen.Failed
                        ? "wizard.hosts.unreached"
                        : row.questions.presentProperty().get().isPresent()
                                ? "wizard.hosts.asks"
                                : "wizard.hosts.looking";
                found.add(new Problem(
                        "hosts[" + i + "].seen",
                        true,
                        Say.of(how, "host", row.called()),
                        Say.of("wizard.hosts.unreached.next")));
            }
        }
        return found;
    }

    void readAliases() {
        Work.begin("read ssh configuration", drafting::aliases, aliases::set, failure -> {});
    }

    @Override
    public void read(Map<String, Object> tree) {
        name.set(Tree.text(tree, "name"));
        production.set(Tree.yes(tree, "production", false));
        var all = Tree.list(tree, "hosts").stream()
                .map(h -> h instanceof Map ? HostRow.of(Tree.map(h)) : HostRow.of(HostSpec.parse(String.valueOf(h))))
                .toList();
        all.forEach(this::dressed);
        rows.setAll(all);
    }

    @Override
    public void write(Map<String, Object> tree) {
        Tree.put(tree, "name", name.get());
        if (production.get()) {
            tree.put("production", "yes");
        }
        if (!rows.isEmpty()) {
            tree.put("hosts", rows.stream().map(HostRow::tree).toList());
        }
    }
}
