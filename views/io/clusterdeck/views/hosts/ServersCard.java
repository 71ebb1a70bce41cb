package io.clusterdeck.views.hosts;

import io.clusterdeck.redis.hosts.Neighbour;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.live.Reading;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The servers of a host: the cluster's nodes first, then those of other clusters, and those that belong to nobody. */
final class ServersCard extends VBox {
    private static final List<String> HEADS = List.of("server", "role", "version", "memory", "process", "reboot");

    private final Look look;
    private final Live live;
    private final Consumer<NodeId> onNode;
    private final GridPane grid = new GridPane();

    ServersCard(Look look, Live live, Consumer<NodeId> onNode) {
        super(10);
        this.look = look;
        this.live = live;
        this.onNode = onNode;
        setId("host-servers");
        getStyleClass().add("card");
        grid.getStyleClass().add("servers");
        for (int i = 0; i < HEADS.size(); i++) {
            var column = new ColumnConstraints();
            column.setHgrow(i == HEADS.size() - 1 ? Priority.ALWAYS : Priority.NEVER);
            column.setMinWidth(USE_PREF_SIZE);
            grid.getColumnConstraints().add(column);
        }
        getChildren().addAll(look.label("hosts.servers", "card-title"), grid);
    }

    void show(List<Node> nodes, Optional<Machine> machine, Collection<Neighbour> neighbours) {
        grid.getChildren().clear();
        for (int i = 0; i < HEADS.size(); i++) {
            grid.add(look.label("hosts.head." + HEADS.get(i), "small", "muted"), i, 0);
        }
        int row = 1;
        var known = new ArrayList<Machine.Server>();
        for (var node : nodes) {
            var server = machine.flatMap(m -> HostView.server(m, node));
            server.ifPresent(known::add);
            node(row, node, server);
            row += 2;
        }
        var strangers = machine.stream()
                .flatMap(m -> m.servers().stream())
                .filter(s -> !known.contains(s))
                .toList();
        for (var stranger : strangers) {
            other(row, stranger, neighbours);
            row += 2;
        }
        if (row == 1) {
            var none = look.label(machine.isPresent() ? "hosts.servers.none" : "hosts.servers.unknown", "muted");
            grid.add(none, 0, 1, HEADS.size(), 1);
        }
    }

    private void node(int row, Node node, Optional<Machine.Server> server) {
        var words = look.tongue().words();
        var who = new Button(node.address().toString(), new Glyph(Marks.of(node)));
        who.getStyleClass().setAll("server-node", "mono", "strong");
        who.setGraphicTextGap(8);
        who.setOnAction(e -> onNode.accept(node.id()));
        var reading = new Reading(node);
        grid.add(who, 0, row);
        text(
                1,
                row,
                live.specProperty().get().name() + " · "
                        + words.say(node.isMaster() ? "hosts.role.master" : "hosts.role.replica"));
        text(2, row, reading.version());
        text(
                3,
                row,
                reading.memory().isPresent()
                        ? Figures.size(words, reading.memory().getAsLong())
                        : "–");
        process(row, server);
    }

    /** Of another cluster, or of nobody. */
    private void other(int row, Machine.Server server, Collection<Neighbour> neighbours) {
        var owner = neighbours.stream()
                .filter(n -> n.ports().stream().anyMatch(server::serves))
                .map(Neighbour::cluster)
                .findFirst();
        var ports = server.ports().isEmpty()
                ? "?"
                : server.ports().stream().map(p -> ":" + p).collect(Collectors.joining(" "));
        var name = new Label(ports);
        name.getStyleClass().addAll("mono", "strong");
        var who = new HBox(8, new Glyph(owner.isPresent() ? Glyph.Kind.NOTE : Glyph.Kind.WARN), name);
        who.setAlignment(Pos.CENTER_LEFT);
        grid.add(who, 0, row);
        var whose = new Label(owner.orElseGet(() -> look.tongue().say("hosts.stranger")));
        whose.getStyleClass().addAll("small", owner.isPresent() ? "muted" : "warn-text");
        grid.add(whose, 1, row);
        text(2, row, server.version().isEmpty() ? "–" : server.version());
        text(3, row, server.memory() > 0 ? Figures.size(look.tongue().words(), server.memory()) : "–");
        process(row, Optional.of(server));
    }

    private void process(int row, Optional<Machine.Server> server) {
        var words = look.tongue().words();
        text(
                4,
                row,
                server.map(s -> words.say("hosts.process", "pid", Long.toString(s.pid()), "user", s.user()))
                        .orElse("–"));
        var reboot = new Label(server.map(s -> words.say(
                        s.survivesReboot()
                                ? "hosts.reboot.yes"
                                : s.unit().isPresent() ? "hosts.reboot.disabled" : "hosts.reboot.no"))
                .orElse("–"));
        reboot.getStyleClass()
                .addAll(
                        "small",
                        server.filter(s -> !s.survivesReboot()).isPresent()
                                ? "warn-text"
                                : server.isPresent() ? "ok-text" : "muted");
        grid.add(reboot, 5, row);
        var where = server.map(
                        s -> s.unit().orElse(s.program().isEmpty() ? s.title() : s.program() + "  " + s.directory()))
                .orElse("");
        var path = new Label(where);
        path.getStyleClass().addAll("mono", "tiny", "muted", "server-path");
        path.setMinWidth(0);
        path.setWrapText(true);
        GridPane.setMargin(path, new Insets(-6, 0, 2, 20)); // under the name that it belongs to
        if (!where.isEmpty()) {
            grid.add(path, 0, row + 1, HEADS.size(), 1);
        }
    }

    private void text(int column, int row, String text) {
        var label = new Label(text);
        label.getStyleClass().add("small");
        grid.add(label, column, row);
    }
}
