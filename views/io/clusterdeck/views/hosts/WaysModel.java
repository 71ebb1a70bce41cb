package io.clusterdeck.views.hosts;

import io.clusterdeck.redis.build.HostLines;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The hosts of a kept cluster: how one signs in to each, what came of it, and which nodes are on none of them. FX thread. */
final class WaysModel {
    /** What came of signing in. */
    enum Access {
        LOOKING,
        IN,
        REFUSED
    }

    /**
     * A host as far as it was looked at.
     *
     * @param why it could not be, where it could not
     * @param nodes of this cluster that are known to run there
     * @param needed whether it can not be removed
     */
    record Row(HostSpec host, Access access, Optional<Failure> why, int nodes, boolean needed) {}

    /** What is entered of hosts to be. */
    final StringProperty entry = new SimpleStringProperty("");

    final StringProperty user = new SimpleStringProperty("");
    final StringProperty key = new SimpleStringProperty("");
    final StringProperty through = new SimpleStringProperty("");

    private final Live live;
    private final ReadOnlyObjectWrapper<List<Row>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<Say>> troubles = new ReadOnlyObjectWrapper<>(List.of());

    WaysModel(Live live) {
        this.live = live;
    }

    ReadOnlyObjectProperty<List<Row>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** What of the entry could not be read, or why something was not kept. */
    ReadOnlyObjectProperty<List<Say>> troublesProperty() {
        return troubles.getReadOnlyProperty();
    }

    /** Asks what is known by now; waits for nothing. */
    void refresh() {
        var cluster = live.cluster();
        var spec = live.specProperty().get();
        var unseen = cluster.unseen();
        rows.set(spec.hosts().stream()
                .map(h -> {
                    var why = cluster.unseen(h);
                    var access =
                            !unseen.contains(h.name()) ? Access.IN : why.isPresent() ? Access.REFUSED : Access.LOOKING;
                    return new Row(
                            h, access, access == Access.REFUSED ? why : Optional.empty(), on(h), spec.needs(h.name()));
                })
                .toList());
    }

    private int on(HostSpec host) {
        return (int) live.specProperty().get().sites().stream()
                .filter(s -> s.host().equals(host.name()))
                .filter(s -> live.state().nodes().values().stream().anyMatch(n -> s.at(n.address())))
                .count();
    }

    /** Nodes of which it is not known where they run. */
    List<Node> homeless() {
        return live.state().nodes().values().stream()
                .filter(n -> live.cluster().unmatched(n).isPresent())
                .toList();
    }

    /** Signs in to what was entered; what can not be read stays entered. */
    void add() {
        var lines = HostLines.read(entry.get());
        troubles.set(lines.mistakes());
        if (lines.mistakes().isEmpty() && !lines.hosts().isEmpty()) {
            signIn(lines.hosts().stream()
                    .map(h -> how(h, key.get(), through.get()))
                    .toList());
            entry.set("");
        }
    }

    /** As the fields say, where the host itself does not. */
    private HostSpec how(HostSpec host, String with, String over) {
        return new HostSpec(
                host.name(),
                host.address(),
                host.port(),
                host.user() == null && !user.get().isBlank() ? user.get().strip() : host.user(),
                with.isBlank() ? host.keys() : List.of(with.strip()),
                over.isBlank() ? host.jump() : over.strip(),
                true);
    }

    /** Signs in to a host in another way. @param target {@code user@address:port}; with blank fields, without them */
    void change(HostSpec host, String target, String with, String over) {
        var to = HostSpec.parse(target.strip());
        signIn(List.of(new HostSpec(
                host.name(),
                to.address(),
                to.port(),
                to.user(),
                with.isBlank() ? List.of() : List.of(with.strip()),
                over.isBlank() ? null : over.strip(),
                host.password())));
    }

    private void signIn(List<HostSpec> all) {
        Work.begin(
                "sign in to " + all.size() + " hosts",
                () -> {
                    for (var how : all) {
                        live.cluster().signIn(how);
                    }
                    return all;
                },
                done -> refresh(),
                this::failed);
    }

    void remove(HostName host) {
        Work.begin(
                "sign out of " + host,
                () -> {
                    live.cluster().signOut(host);
                    return host;
                },
                done -> refresh(),
                this::failed);
    }

    private void failed(Failure why) {
        troubles.set(List.of(why.what(), why.next()));
    }
}
