package io.clusterdeck.views.console;

import io.clusterdeck.redis.console.CommandTable;
import io.clusterdeck.redis.console.Guard;
import io.clusterdeck.redis.console.Session;
import io.clusterdeck.redis.console.Shown;
import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** A console: lines that were typed and what came back, to one node at a time. FX thread. */
public final class ConsoleModel {
    private static final int MOST = 10_000;

    private final Live live;
    private final ObservableList<ConsoleLine> lines = FXCollections.observableArrayList();
    private final ObjectProperty<Optional<NodeId>> node = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyBooleanWrapper unlocked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Confirm>> confirm = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final List<String> history = new ArrayList<>();
    private CommandTable table = CommandTable.NONE;
    private @Nullable Session session;
    private @Nullable Thread running;

    public ConsoleModel(Live live) {
        this.live = live;
        Work.begin(
                "console history",
                () -> live.cluster().consoles().typed(),
                typed -> history.addAll(0, typed),
                this::failed);
        node.subscribe(n -> connect());
        live.specProperty().subscribe(spec -> {
            if (spec.readOnly()) {
                unlocked.set(false);
            }
        });
    }

    public ObservableList<ConsoleLine> lines() {
        return lines;
    }

    public ObjectProperty<Optional<NodeId>> nodeProperty() {
        return node;
    }

    public ReadOnlyBooleanProperty unlockedProperty() {
        return unlocked.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** The dangerous command that waits to be typed again. */
    public ReadOnlyObjectProperty<Optional<Confirm>> confirmProperty() {
        return confirm.getReadOnlyProperty();
    }

    /** Oldest first. */
    public List<String> history() {
        return List.copyOf(history);
    }

    public boolean production() {
        return live.specProperty().get().production();
    }

    public String cluster() {
        return live.specProperty().get().name();
    }

    /** @param typed the cluster's name, wanted where it is production */
    public boolean unlock(String typed) {
        boolean may = !live.readOnly() && (!production() || typed.equals(cluster()));
        unlocked.set(may);
        return may;
    }

    /** Whether it goes where the operator looks: not while a change or a transaction is meant for the node that it has. */
    boolean follows() {
        return !busy.get() && !unlocked.get() && (session == null || !session.pending());
    }

    public void lock() {
        unlocked.set(false);
    }

    public List<CommandTable.Entry> completing(String line) {
        return table.completing(line, 8);
    }

    private Optional<Node> at() {
        return node.get().flatMap(live.state()::node);
    }

    /** Another node: another connection, and its own commands. */
    private void connect() {
        cancel();
        if (session != null && session.pending()) {
            failed(new NotAllowed(
                    Say.of("console.multi-left", "node", session.home()), Say.of("console.multi-left.next")));
        }
        end();
        var at = at();
        table = CommandTable.NONE;
        if (at.isEmpty()) {
            return;
        }
        var mine = new Session(live.cluster().consoles().links(), at.get().address());
        session = mine;
        Work.begin(
                "commands of " + at.get().address(),
                mine::commands,
                found -> {
                    if (session == mine) {
                        table = found;
                    }
                },
                silent -> {}); // it says so itself with the first command
    }

    private void end() {
        var old = session;
        session = null;
        if (old != null) {
            Work.run("end console", old::close, failure -> {});
        }
    }

    /** A line that was entered; what may not be sent is said. */
    public void enter(String entered) {
        var to = at();
        if (busy.get() || entered.isBlank() || to.isEmpty() || session == null) {
            return;
        }
        var line = live.cluster().consoles().named(entered);
        try {
            var typed = Typed.read(line);
            add(new ConsoleLine.Entered(live.name(to.get().id()), typed.secret() ? typed.shown() : line.strip()));
            remember(typed, line.strip());
            switch (Guard.of(typed, table)) {
                case READ -> send(typed, false);
                case WRITE -> {
                    if (!locked(typed)) {
                        send(typed, true);
                    }
                }
                case TYPED -> {
                    if (!locked(typed)) {
                        confirm.set(Optional.of(new Confirm(line.strip(), typed.upper(0))));
                    }
                }
                case NEVER -> failed(elsewhere(to.get(), typed));
            }
        } catch (Failure unreadable) {
            add(new ConsoleLine.Entered(live.name(to.get().id()), line.strip()));
            failed(unreadable);
        }
    }

    private NotAllowed elsewhere(Node node, Typed typed) {
        var on = node.host().orElseGet(() -> new HostName(node.address().host()));
        return Elsewhere.instead(live.specProperty().get(), on, node.address(), typed);
    }

    private boolean locked(Typed typed) {
        if (unlocked.get()) {
            return false;
        }
        failed(new NotAllowed(
                Say.of("console.locked", "command", typed.upper(0)),
                Say.of(live.readOnly() ? "console.read-only.next" : "console.locked.next")));
        return true;
    }

    /** The answer to {@link #confirmProperty()}: the command's name typed again. */
    public void confirmed(String typed) {
        var wanted = confirm.get();
        confirm.set(Optional.empty());
        if (wanted.isEmpty()) {
            return;
        }
        if (!typed.strip().equalsIgnoreCase(wanted.get().wanted())) {
            failed(new NotAllowed(Say.of("console.not-confirmed"), Say.of("console.not-confirmed.next")));
            return;
        }
        try {
            send(Typed.read(wanted.get().line()), true);
        } catch (Failure unreadable) {
            failed(unreadable);
        }
    }

    private void remember(Typed typed, String line) {
        if (typed.secret() || !history.isEmpty() && history.getLast().equals(line)) {
            return;
        }
        history.add(line);
        Work.run("keep console line", () -> live.cluster().consoles().keep(typed, line), this::failed);
    }

    private void send(Typed typed, boolean changes) {
        var to = session;
        if (to == null) {
            return;
        }
        busy.set(true);
        var hops = new ConcurrentLinkedQueue<Session.Hop>();
        var drain = new Fx<Boolean>(b -> drain(hops));
        running = Work.begin(
                "console " + typed.upper(0),
                () -> {
                    if (changes) {
                        live.cluster().consoles().audit(to.home(), typed);
                    }
                    return to.send(typed, hop -> {
                        hops.add(hop);
                        drain.accept(true);
                    });
                },
                answer -> {
                    drain(hops);
                    ended();
                    Shown.of(answer.reply()).forEach(l -> add(new ConsoleLine.Answer(l)));
                    add(new ConsoleLine.Took(Say.of(
                            "console.took",
                            "node",
                            answer.from(),
                            "t",
                            "%.1f ms".formatted(answer.micros() / 1000.0))));
                },
                failure -> {
                    drain(hops);
                    ended();
                    failed(failure);
                });
    }

    private void drain(ConcurrentLinkedQueue<Session.Hop> hops) {
        for (var hop = hops.poll(); hop != null; hop = hops.poll()) {
            add(new ConsoleLine.Hop(
                    Say.of(hop.asking() ? "console.hop.ask" : "console.hop", "slot", hop.slot(), "node", hop.to())));
        }
    }

    private void ended() {
        running = null;
        busy.set(false);
    }

    /** Ends a command that is waited for; whether it was carried out is not known. */
    public void cancel() {
        if (running != null) {
            running.interrupt();
            ended();
            failed(new NotAllowed(Say.of("console.cancelled"), Say.of("console.cancelled.next")));
        }
    }

    private void failed(Failure failure) {
        add(new ConsoleLine.Failed(failure.what(), failure.next()));
    }

    private void add(ConsoleLine line) {
        lines.add(line);
        if (lines.size() > MOST) {
            lines.remove(0, lines.size() - MOST);
        }
    }
}
