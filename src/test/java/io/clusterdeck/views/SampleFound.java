package io.clusterdeck.views;

import io.clusterdeck.deck.Found;
import io.clusterdeck.redis.conf.ConfTree.Place;
import io.clusterdeck.redis.config.Sheet;
import io.clusterdeck.redis.config.Sheet.Cell;
import io.clusterdeck.redis.config.Sheet.Nature;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.config.ConfigView;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;

/** A search as it may stand, and a sheet of directives, for pictures. */
final class SampleFound {
    private SampleFound() {}

    /** Turns the window to one of these pages. */
    static void show(String what, SampleDeck deck, ShellModel model, ShellView view) {
        switch (what) {
            case "adopt" -> model.pageProperty().set(new Page.Adopt());
            case "adopt-found" -> search(deck, model, view);
            case "adopt-failed" -> fail(deck, model, view);
            default -> {
                var cluster = (ClusterView) view.page();
                cluster.turnTo(Tab.CONFIG);
                ((ConfigView) cluster.page()).take(sheet(Samples.healthy()));
            }
        }
    }

    /** Four nodes matched, two on a host that refused us. */
    private static void search(SampleDeck deck, ShellModel model, ShellView view) {
        var refused = new SignInRefused(
                Say.of(
                        "ssh.sign-in-refused",
                        "host",
                        "h3",
                        "user",
                        "ops",
                        "offers",
                        "publickey",
                        "tried",
                        "id_ed25519"),
                Say.of("ssh.sign-in-refused.next", "user", "ops", "host", "h3"));
        var nodes = new ArrayList<Found.One>();
        for (var node : Samples.healthy().nodes().values()) {
            boolean out = node.host().map(HostName::value).orElse("").equals("h3");
            nodes.add(new Found.One(
                    node,
                    out ? Optional.empty() : Optional.of(site(node)),
                    out ? Optional.of(refused) : Optional.empty()));
        }
        deck.searched = new Found(
                nodes,
                List.of(
                        new Found.Machine(HostSpec.of("h1"), true, Optional.empty()),
                        new Found.Machine(HostSpec.of("h3"), false, Optional.of(refused))),
                true,
                Optional.empty());
        begin(model, view);
    }

    /** Every node matched. */
    static void whole(SampleDeck deck) {
        var nodes = Samples.healthy().nodes().values().stream()
                .map(n -> new Found.One(n, Optional.of(site(n)), Optional.empty()))
                .toList();
        deck.searched = new Found(
                nodes, List.of(new Found.Machine(HostSpec.of("h1"), true, Optional.empty())), true, Optional.empty());
    }

    private static void fail(SampleDeck deck, ShellModel model, ShellView view) {
        Failure wrong = new SignInRefused(
                Say.of(
                        "deck.adopt.refused",
                        "node",
                        "211.67.19.174:9001",
                        "why",
                        Say.of("link.wants-password", "node", "211.67.19.174:9001")),
                Say.of("deck.adopt.refused.next"));
        deck.searched = new Found(List.of(), List.of(), false, Optional.of(wrong));
        begin(model, view);
    }

    private static void begin(ShellModel model, ShellView view) {
        model.pageProperty().set(new Page.Adopt());
        view.applyCss();
        view.layout();
        ((TextField) view.lookup("#adopt-address")).setText("211.67.19.174:9001");
        ((Button) view.lookup("#adopt-find")).fire();
    }

    private static NodeSite site(Node node) {
        int port = node.address().port();
        return NodeSite.of(
                        node.address(),
                        node.host().orElseThrow(),
                        new RemotePath("/usr/local/redis-cluster/" + port + "/redis-server"),
                        new RemotePath("/usr/local/redis-cluster/" + port + "/redis.conf"),
                        new RemotePath("/usr/local/redis-cluster/" + port + "/date"))
                .runBy(Optional.of("root"));
    }

    static Sheet sheet(ClusterState state) {
        var nodes = List.copyOf(state.nodes().keySet());
        var rows = new ArrayList<Row>();
        rows.add(row(
                "maxmemory", Nature.SETTABLE, nodes, "1073741824", Map.of(2, "2147483648"), true, Optional.empty()));
        rows.add(row("slowlog-max-len", Nature.SETTABLE, nodes, "512", Map.of(), false, Optional.of("128")));
        rows.add(row("masterauth", Nature.OWN, nodes, "•••••• A", Map.of(), false, Optional.empty()));
        for (var one : List.of(
                "appendfsync everysec",
                "appendonly yes",
                "cluster-node-timeout 15000",
                "timeout 0",
                "cluster-require-full-coverage yes",
                "databases 16",
                "hz 10",
                "maxmemory-policy noeviction",
                "tcp-keepalive 300")) {
            var words = one.split(" ");
            rows.add(row(
                    words[0],
                    words[0].equals("databases") ? Nature.FIXED : Nature.SETTABLE,
                    nodes,
                    words[1],
                    Map.of(),
                    false,
                    Optional.empty()));
        }
        return new Sheet(state.at(), nodes, rows, Map.of(), Map.of());
    }

    private static Row row(
            String name,
            Nature nature,
            List<NodeId> nodes,
            String usual,
            Map<Integer, String> odd,
            boolean drifts,
            Optional<String> file) {
        var cells = new LinkedHashMap<NodeId, Cell>();
        for (int i = 0; i < nodes.size(); i++) {
            var value = odd.getOrDefault(i, usual);
            boolean differs = file.isPresent() && i < 2;
            cells.put(
                    nodes.get(i),
                    new Cell(
                            Optional.of(value),
                            Optional.of(differs ? file.get() : value),
                            Optional.of(new Place("/srv/redis-cluster/" + (9000 + i) + "/redis.conf", 312)),
                            differs));
        }
        return new Row(name, nature, cells, drifts);
    }
}
