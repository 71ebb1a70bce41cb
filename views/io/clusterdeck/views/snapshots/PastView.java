package io.clusterdeck.views.snapshots;

import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.inspect.InspectorView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.nodes.NodesView;
import io.clusterdeck.views.parts.Chip;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.views.slots.SlotsView;
import io.clusterdeck.views.topology.TopologyView;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The deck as it was: topology, slots and nodes of a kept state, under a banner that says so. Nothing can be done to the past. */
final class PastView extends BorderPane {
    /** What can be looked at. */
    enum Side {
        TOPOLOGY,
        SLOTS,
        NODES
    }

    private static final int EVENTS = 2;
    private static final double INSPECTED = 320;
    private static final double HIGH = 160;

    private final Look look;
    private final Live live;
    private final StackPane page = new StackPane();

    PastView(Look look, Snapshot snapshot, RunsModel runs, TabBar<Side> sides) {
        this.look = look;
        this.live = Live.past(snapshot.state(), runs);
        setId("past");
        getStyleClass().add("past");
        var banner = banner(snapshot);
        setTop(banner);
        page.setMinHeight(200);
        setCenter(page);
        var inspector = new InspectorView(look, live, () -> {}, () -> {});
        inspector.setPrefWidth(INSPECTED);
        inspector.setMinWidth(INSPECTED);
        widthProperty().subscribe(w -> inspect(inspector));
        live.chosenProperty().subscribe(c -> inspect(inspector));
        sides.chosenProperty().subscribe(side -> page.getChildren().setAll(make(side)));
    }

    /** Beside the page, once a node was chosen and where both have room. */
    private void inspect(InspectorView inspector) {
        setRight(live.chosenNode().isPresent() && getWidth() >= 2 * INSPECTED ? inspector : null);
    }

    private Region make(Side side) {
        return switch (side) {
            case TOPOLOGY -> new TopologyView(look, live, host -> {});
            case SLOTS -> new SlotsView(look, live);
            case NODES -> new NodesView(look, live);
        };
    }

    /** Everything that happened before it was taken, behind a word. */
    private List<Node> all(List<Say> events) {
        var list = new VBox(2);
        events.forEach(e -> {
            var line = new Rich("small");
            line.say(look.tongue().say(e));
            list.getChildren().add(line);
        });
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setMaxHeight(HIGH);
        scroll.setMinHeight(0);
        var open = new ToggleButton(look.tongue().say("snapshots.events.all", "n", events.size()));
        open.getStyleClass().setAll("link");
        open.setId("past-events");
        scroll.visibleProperty().bind(open.selectedProperty());
        scroll.managedProperty().bind(open.selectedProperty());
        return List.of(open, scroll);
    }

    private VBox banner(Snapshot snapshot) {
        var words = look.tongue().words();
        var state = snapshot.state();
        var chip = new Chip();
        chip.show(
                Marks.of(state.verdict()),
                Marks.tone(state.verdict()),
                words.say("views.verdict." + state.verdict().name().toLowerCase(Locale.ROOT)));
        var when = new Rich("strong-banner");
        when.say(words.say("snapshots.past", "day", Axis.day(look, state.at()), "time", Figures.clock(state.at())));
        when.setMinWidth(0);
        HBox.setHgrow(when, Priority.ALWAYS);
        var head = new HBox(12, chip, when);
        head.setAlignment(Pos.CENTER_LEFT);
        var why = new Rich("small", "muted");
        var taken = snapshot.taken();
        var what = taken.what().stream().limit(EVENTS).map(words::say).collect(Collectors.joining("  ·  "));
        boolean more = taken.what().size() > EVENTS;
        why.say(words.say("snapshots.why." + taken.why().name().toLowerCase(Locale.ROOT), "by", taken.by())
                + (what.isEmpty() ? "" : "  ·  " + what));
        var banner = new VBox(4, head, why);
        if (more) {
            banner.getChildren().addAll(all(taken.what()));
        }
        banner.getStyleClass().add("past-banner");
        return banner;
    }
}
