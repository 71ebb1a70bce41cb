package io.clusterdeck.views.cluster;

import io.clusterdeck.say.Failure;
import io.clusterdeck.views.inspect.InspectorView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.nodes.NodesView;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.slots.SlotsView;
import io.clusterdeck.views.topology.TopologyView;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One cluster's page. */
public final class ClusterView extends BorderPane {
    private final Look look;
    private final Live live;
    private final TabBar<Tab> tabs;
    private final Map<Tab, Region> pages = new EnumMap<>(Tab.class);
    private final StackPane page = new StackPane();

    /** @param failed shows a failure that belongs to no sheet */
    public ClusterView(Look look, Live live, Consumer<Failure> failed) {
        this.look = look;
        this.live = live;
        setId("cluster");
        tabs = new TabBar<>(look, "views.tab.", Tab.values(), Tab.TOPOLOGY, "tabs");
        var inspector = new InspectorView(look, live, () -> {});
        inspector.setPrefWidth(336);
        inspector.setMinWidth(336);
        setTop(new VBox(new HeaderView(look, live, failed), tabs));
        setCenter(page);
        setRight(inspector);
        setBottom(new EventStrip(look, live));
        tabs.chosenProperty().subscribe(tab -> page.getChildren().setAll(pages.computeIfAbsent(tab, this::make)));
    }

    private Region make(Tab tab) {
        return switch (tab) {
            case TOPOLOGY -> new TopologyView(look, live);
            case SLOTS -> new SlotsView(look, live);
            case NODES -> new NodesView(look, live);
        };
    }

    /** Turns to a tab. */
    public void turnTo(Tab tab) {
        tabs.chosenProperty().set(tab);
    }

    public TabBar<Tab> tabs() {
        return tabs;
    }

    /** The page of the present tab. */
    public Region page() {
        return (Region) page.getChildren().getFirst();
    }
}
