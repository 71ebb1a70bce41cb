package io.clusterdeck.views.hosts;

import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.redis.hosts.Neighbour;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.act.ActSheet;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.inspect.SafeView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Bar;
import io.clusterdeck.views.parts.Columns;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Everything about a host on one page. */
public final class HostView extends StackPane {
    private final Look look;
    private final Live live;
    private final HostSpec spec;
    private final Supplier<List<Live>> open;
    private final HostModel model;
    private final Label name = new Label();
    private final Label address = new Label();
    private final Label facts = new Label();
    private final Label when = new Label();
    private final VBox trouble = new VBox(6);
    private final SafeView safe;
    private final ServersCard servers;
    private final MachineCard machine;
    private final KernelCard kernel;

    /**
     * @param open the open clusters: others may have nodes on the same machine
     * @param onNode asked to show a node of the cluster
     */
    public HostView(Look look, Live live, HostSpec spec, Supplier<List<Live>> open, Consumer<NodeId> onNode) {
        this.open = open;
        this.look = look;
        this.live = live;
        this.spec = spec;
        this.model = new HostModel(live, spec.name(), this::beside);
        setId("host");
        name.getStyleClass().add("h1");
        address.getStyleClass().addAll("mono", "muted");
        facts.getStyleClass().addAll("small", "muted");
        when.getStyleClass().addAll("small", "muted");
        Button again = look.button("hosts.again", model::look);
        again.disableProperty().bind(model.busyProperty());
        facts.setWrapText(true);
        var head = new Bar(List.of(name, address, facts), List.of(when, again));
        head.getStyleClass().add("head");
        trouble.getStyleClass().add("mistake");
        safe = new SafeView(look, () -> live.wish(new Wish.ClearHost(spec.name().value())));
        servers = new ServersCard(look, live, onNode);
        machine = new MachineCard(look);
        kernel = new KernelCard(look, () -> live.wish(new Wish.CureHosts(List.of(spec.name()))));
        var away = card("safety.view.host", safe);
        away.setId("host-safe");
        var cards = new Columns(380, 14, 2);
        cards.getChildren().addAll(away, machine, kernel);
        var page = new VBox(14, trouble, servers, cards);
        page.getStyleClass().add("page");
        var scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("page-scroll", "plain-scroll");
        var frame = new BorderPane(scroll);
        frame.setTop(head);
        var sheet = new ActSheet(
                look,
                live.act(),
                "host-sheet",
                plan -> Optional.of(new ByHand(live.specProperty().get())));
        StackPane.setAlignment(sheet, Pos.CENTER_RIGHT);
        getChildren().addAll(frame, sheet);
        var repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        live.specProperty().subscribe(s -> repaint.ask());
        model.machineProperty().subscribe(m -> repaint.ask());
        model.failureProperty().subscribe(f -> repaint.ask());
        model.safetyProperty().subscribe(s -> repaint.ask());
        model.busyProperty().subscribe(b -> repaint.ask());
        look.tongue().wordsProperty().subscribe(w -> repaint.ask());
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                model.look(); // whoever comes back sees what is now
            }
        });
    }

    public HostModel model() {
        return model;
    }

    /** Ends what it listens to. */
    public void close() {
        model.close();
    }

    private VBox card(String title, Region content) {
        var card = new VBox(10, look.label(title, "card-title"), content);
        card.getStyleClass().add("card");
        return card;
    }

    private void paint() {
        model.judge();
        var words = look.tongue().words();
        var found = model.machineProperty().get();
        name.setText(spec.name().value());
        address.setText(
                spec.local()
                        ? words.say("views.nav.local")
                        : spec.address().equals(spec.name().value()) ? "" : spec.address());
        facts.setText(found.map(m -> words.say(
                        "hosts.facts",
                        "system",
                        m.system().isEmpty() ? "?" : m.system(),
                        "kernel",
                        m.kernel(),
                        "arch",
                        m.arch(),
                        "cores",
                        m.cores(),
                        "up",
                        m.uptime() * 1000))
                .orElse(""));
        when.setText(
                model.busyProperty().get()
                        ? words.say("hosts.looking")
                        : found.map(m -> words.say("hosts.looked", "t", Figures.clock(m.at())))
                                .orElse(""));
        model.failureProperty()
                .get()
                .or(() -> live.cluster().unseen(spec))
                .ifPresentOrElse(
                        f -> trouble.getChildren()
                                .setAll(
                                        row(Glyph.Kind.GONE, words.say(f.what())),
                                        new Wrapped(words.say(f.next()), "muted")),
                        () -> trouble.getChildren().clear());
        trouble.setVisible(!trouble.getChildren().isEmpty());
        trouble.setManaged(trouble.isVisible());
        boolean told = found.isPresent() || !trouble.isVisible();
        for (var card : List.of(machine, kernel)) { // of a machine that was never seen there is nothing to tell
            card.setVisible(told);
            card.setManaged(told);
        }
        safe.show(model.safetyProperty().get(), !live.readOnly());
        servers.show(on(), found, beside().keySet());
        machine.show(found);
        kernel.show(found, !live.readOnly());
    }

    private Map<Neighbour, Live> beside() {
        var all = open.get().stream()
                .collect(Collectors.toMap(l -> l.specProperty().get().name(), l -> l));
        var specs = all.values().stream().map(l -> l.specProperty().get()).toList();
        return Neighbour.of(live.specProperty().get().name(), spec, specs).stream()
                .collect(Collectors.toMap(n -> n, n -> Objects.requireNonNull(all.get(n.cluster()))));
    }

    private static HBox row(Glyph.Kind kind, String text) {
        var glyph = new Glyph(kind);
        HBox.setMargin(glyph, new javafx.geometry.Insets(4, 0, 0, 0));
        return new HBox(10, glyph, new Wrapped(text, "strong"));
    }

    /** The nodes of the cluster on it, in the order of their ports. */
    private List<Node> on() {
        return live.state().nodes().values().stream()
                .filter(n -> n.host()
                        .filter(spec.name()::equals)
                        .or(() -> Optional.of(spec.name())
                                .filter(h ->
                                        n.host().isEmpty() && n.address().host().equals(spec.address())))
                        .isPresent())
                .sorted(java.util.Comparator.comparing(n -> n.address().port()))
                .toList();
    }

    /** Of a node its process: by its port, which need not be the announced one, else by its pid. */
    static Optional<Machine.Server> server(Machine machine, Node node) {
        long pid = number(node, "process_id");
        int port = (int) Math.max(number(node, "tcp_port"), 0);
        int listens = port == 0 ? node.address().port() : port;
        return machine.servers().stream()
                .filter(s -> s.serves(listens))
                .findFirst()
                .or(() -> machine.servers().stream().filter(s -> s.pid() == pid).findFirst());
    }

    private static long number(Node node, String key) {
        return node.info().map(i -> i.number(key).orElse(-1)).orElse(-1L);
    }
}
