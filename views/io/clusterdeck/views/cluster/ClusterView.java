package io.clusterdeck.views.cluster;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.act.ActSheet;
import io.clusterdeck.views.cables.CablesView;
import io.clusterdeck.views.config.ConfigView;
import io.clusterdeck.views.console.ConsoleView;
import io.clusterdeck.views.drill.Part;
import io.clusterdeck.views.drill.RehearseView;
import io.clusterdeck.views.failover.FailoverModel;
import io.clusterdeck.views.failover.FailoverView;
import io.clusterdeck.views.failover.RunningStrip;
import io.clusterdeck.views.inspect.InspectorView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.logs.LogsModel;
import io.clusterdeck.views.logs.LogsView;
import io.clusterdeck.views.logs.MergedView;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.nodes.NodesView;
import io.clusterdeck.views.parts.Fitted;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.slots.SlotsView;
import io.clusterdeck.views.topology.TopologyView;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One cluster's page. */
public final class ClusterView extends BorderPane {
    /** Pixels, below which the page needs the room of the latest events; the tab History has them all. */
    private static final double LOW = 400;

    private final Look look;
    private final Live live;
    private final Consumer<Failure> failed;
    private final Archive archive;
    private final Consumer<String> host;
    private final FailoverModel failovers;
    private final Supplier<Region> history;
    private final LogsModel logs;
    private final TabBar<Tab> tabs;
    private final Map<Tab, Region> pages = new EnumMap<>(Tab.class);
    private final InspectorView inspector;
    private final LookingView looking;
    private final StackPane page = new StackPane();
    private final InspectorFold fold;

    /** @param history makes the page of what was */
    public ClusterView(Look look, Live live, ClusterWays ways, Supplier<Region> history) {
        this.look = look;
        this.live = live;
        this.failed = ways.failed();
        this.archive = ways.archive();
        this.host = ways.host();
        this.failovers = new FailoverModel(live.cluster().timelines());
        this.history = history;
        setId("cluster");
        tabs = new TabBar<>(look, "views.tab.", Tab.values(), Tab.TOPOLOGY, "tabs");
        logs = new LogsModel(live);
        inspector =
                new InspectorView(look, live, () -> live.chosenProperty().get().ifPresent(logs::open), ways.hosts());
        inspector.setPrefWidth(336);
        inspector.setMinWidth(336);
        var log = new LogsView(look, live, logs);
        var fitted = new Fitted(page);
        VBox.setVgrow(fitted, Priority.ALWAYS);
        var body = new BorderPane(new VBox(fitted, log));
        fold = new InspectorFold(look, body, inspector);
        var sheet = new ActSheet(
                look,
                live.act(),
                "cluster-sheet",
                plan -> Optional.of(new ByHand(live.specProperty().get())));
        StackPane.setAlignment(sheet, Pos.CENTER_RIGHT);
        var running = new RunningStrip(look, failovers, () -> {
            at(Tab.FAILOVER, FailoverView.class)
                    .ifPresent(view -> view.sights().chosenProperty().set(FailoverView.Sight.TIMELINE));
        });
        setTop(new VBox(new HeaderView(look, live, ways), running, fold.bar(tabs)));
        setCenter(new StackPane(body, fold.over(), sheet));
        var events = new EventStrip(look, live);
        heightProperty().subscribe(h -> setBottom(h.doubleValue() > 0 && h.doubleValue() < LOW ? null : events));
        looking = new LookingView(look, live);
        tabs.chosenProperty().subscribe(tab -> turn());
        live.chosenProperty().subscribe(id -> fold.empty(id.isEmpty()));
        live.stateProperty().subscribe((was, now) -> {
            if (was.nodes().isEmpty() != now.nodes().isEmpty()) {
                turn();
            }
        });
    }

    private void turn() {
        boolean seen = !live.state().nodes().isEmpty();
        boolean past = tabs.chosenProperty().get() == Tab.HISTORY;
        page.getChildren()
                .setAll(
                        seen || past
                                ? pages.computeIfAbsent(tabs.chosenProperty().get(), this::make)
                                : looking);
        // the failover tab tells of stages, not of a node, beside its picture; the past has no actions
        var tab = tabs.chosenProperty().get();
        boolean inspected = seen && !past && tab != Tab.FAILOVER;
        fold.beside(tab);
        inspector.setVisible(inspected);
        inspector.setManaged(inspected);
    }

    private Region make(Tab tab) {
        return switch (tab) {
            case TOPOLOGY -> new TopologyView(look, live, host);
            case SLOTS -> new SlotsView(look, live);
            case NODES -> new NodesView(look, live);
            case FAILOVER -> new FailoverView(look, live, failovers, archive, this::rehearse, failed);
            case CABLES -> new CablesView(look, live);
            case LOGS -> new MergedView(look, live);
            case CONSOLE -> new ConsoleView(look, live);
            case REHEARSE -> new RehearseView(look, live, archive);
            case HISTORY -> history.get();
            case CONFIG -> new ConfigView(look, live);
        };
    }

    /** Turns to a tab; a focus that was on another one goes along. */
    public void turnTo(Tab tab) {
        boolean within = tabs.isFocusWithin();
        tabs.chosenProperty().set(tab);
        if (within) {
            tabs.focusChosen();
        }
    }

    /** Turns to a part of the rehearsals. */
    public void rehearse(Part part) {
        at(Tab.REHEARSE, RehearseView.class).ifPresent(view -> view.turnTo(part));
    }

    /** Turns to a drill, which its page begins. */
    public void rehearse(Drill drill) {
        at(Tab.REHEARSE, RehearseView.class).ifPresent(view -> {
            view.turnTo(Part.LIBRARY);
            view.library().choose(drill);
        });
    }

    /** Chooses a node and follows its log on the drawer. */
    public void follow(NodeId node) {
        live.choose(node);
        logs.open(node);
    }

    /** Turns to the console, at a node. */
    public void console(NodeId node) {
        at(Tab.CONSOLE, ConsoleView.class).ifPresent(view -> view.at(node));
    }

    /** Opens the form in which a new password is typed. */
    public void changePassword() {
        at(Tab.CONFIG, ConfigView.class).ifPresent(ConfigView::changePassword);
    }

    /** Empty where nothing was seen of the cluster yet. */
    private <T extends Region> Optional<T> at(Tab tab, Class<T> view) {
        turnTo(tab);
        return Optional.of(page()).filter(view::isInstance).map(view::cast);
    }

    public TabBar<Tab> tabs() {
        return tabs;
    }

    public FailoverModel failovers() {
        return failovers;
    }

    /** Ends what it listens to. */
    public void close() {
        failovers.close();
    }

    /** The page of the present tab. */
    public Region page() {
        return (Region) page.getChildren().getFirst();
    }
}
