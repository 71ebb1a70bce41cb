package io.clusterdeck.views;

import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.views.cables.CablesView;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.config.ConfigView;
import io.clusterdeck.views.console.ConsoleView;
import io.clusterdeck.views.drill.Part;
import io.clusterdeck.views.drill.RehearseView;
import io.clusterdeck.views.failover.FailoverView;
import io.clusterdeck.views.hosts.HostView;
import io.clusterdeck.views.logs.MergedView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.slots.SlotsView;
import io.clusterdeck.views.topology.TopologyView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;

/** Everything that the window can show of a deck, by name, in the order of a walk through it. */
final class Sights {
    private Sights() {}

    /** A window on a deck that has a past and a present. */
    static DeskPicturesTest.Desk desk(Theme theme, String language, int width, int height, double scale) {
        var desk = DeskPicturesTest.desk(theme, language, width, height, scale);
        SnapshotsViewTest.filled(desk.deck().archive);
        desk.deck().ran(SamplePlans.building());
        return desk;
    }

    /** Each turns the window there from wherever it is. */
    static Map<String, Consumer<DeskPicturesTest.Desk>> all() {
        var all = new LinkedHashMap<String, Consumer<DeskPicturesTest.Desk>>();
        all.put("doors", d -> page(d, new Page.Doors()));
        for (var grouping : TopologyView.Grouping.values()) {
            all.put("topology-" + low(grouping), d -> {
                var view = (TopologyView) tab(
                        d,
                        Tab.TOPOLOGY,
                        grouping == TopologyView.Grouping.SEEN ? Samples.disagreeing() : Samples.healthy());
                view.grouping().chosenProperty().set(grouping);
            });
        }
        all.put("topology-down", d -> {
            var view = (TopologyView) tab(d, Tab.TOPOLOGY, Samples.masterDown());
            view.grouping().chosenProperty().set(TopologyView.Grouping.values()[0]);
        });
        all.put("slots", d -> ((SlotsView) tab(d, Tab.SLOTS, Samples.moving())).pointAt(4944));
        all.put("nodes", d -> tab(d, Tab.NODES, Samples.masterDown()));
        all.put(
                "config",
                d -> ((ConfigView) tab(d, Tab.CONFIG, Samples.healthy())).take(SampleFound.sheet(Samples.healthy())));
        for (var sight : FailoverView.Sight.values()) {
            all.put(
                    "failover-" + low(sight),
                    d -> ((FailoverView) tab(d, Tab.FAILOVER, Samples.failedOver()))
                            .sights()
                            .chosenProperty()
                            .set(sight));
        }
        all.put(
                "cables",
                d -> ((CablesView) tab(d, Tab.CABLES, Samples.healthy()))
                        .model()
                        .show(HostSamples.cables(3)));
        all.put("logs", d -> logs((MergedView) tab(d, Tab.LOGS, Samples.healthy())));
        all.put(
                "console",
                d -> HostPicturesTest.type(((ConsoleView) tab(d, Tab.CONSOLE, Samples.healthy()))
                        .model()
                        .lines()));
        for (var part : Part.values()) {
            all.put(
                    "rehearse-" + low(part),
                    d -> ((RehearseView) tab(d, Tab.REHEARSE, Samples.healthy())).turnTo(part));
        }
        all.put("history", d -> tab(d, Tab.HISTORY, Samples.healthy()));
        all.put("unseen", d -> page(d, new Page.Cluster("staging")));
        all.put("offer", d -> {
            tab(d, Tab.TOPOLOGY, Samples.healthy());
            d.live().act().offer(SamplePlans.killed());
        });
        all.put("refusal", d -> d.live().act().offer(SamplePlans.refused()));
        all.put("report", d -> d.live().act().report(SamplePlans.report()));
        all.put("host", d -> {
            d.live().act().close();
            page(d, new Page.Host("orders-prod", "h1"));
            ((HostView) d.view().page()).model().show(HostSamples.machine());
        });
        all.put("ways", d -> page(d, new Page.Hosts("orders-prod")));
        all.put("host-away", d -> page(d, new Page.Host("orders-prod", "h2")));
        all.put("runs", d -> page(d, new Page.Runs()));
        all.put("snapshots", d -> page(d, new Page.Snapshots()));
        all.put("comparison", d -> {
            var kept = d.deck().archive.all();
            d.model().snapshots().chosenProperty().set(List.of(kept.get(1), kept.get(3)));
        });
        all.put("audit", d -> page(d, new Page.Audit()));
        all.put("settings", d -> {
            page(d, new Page.Settings());
            d.scene().getRoot().applyCss();
            ((Button) d.scene().lookup("#desk-support-collect")).fire();
        });
        all.put("rescue", d -> page(d, new Page.Rescue("orders-prod")));
        all.put("adopt", d -> page(d, new Page.Adopt()));
        all.put("wizard", d -> d.model().build());
        all.put("find", d -> {
            page(d, new Page.Cluster("orders-prod"));
            d.model().finder().open();
            ((TextField) d.scene().lookup("#find-field")).setText("rest 90");
        });
        all.put("keys", d -> {
            d.model().finder().close();
            d.model().keysProperty().set(true);
        });
        return all;
    }

    private static String low(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static void page(DeskPicturesTest.Desk desk, Page page) {
        desk.model().pageProperty().set(page);
    }

    /** Turns to a tab of a cluster that is seen in {@code state}. */
    private static Node tab(DeskPicturesTest.Desk desk, Tab tab, ClusterState state) {
        page(desk, new Page.Cluster("orders-prod"));
        desk.live().take(state);
        ((ClusterView) desk.view().page()).turnTo(tab);
        return ((ClusterView) desk.view().page()).page();
    }

    private static void logs(MergedView view) {
        view.model().follow(Set.of());
        var all = new ArrayList<LogEntry>();
        for (int port = 9000; port <= 9005; port++) {
            Nowhere.logs(Sample.id(port), 0, all::add);
        }
        all.sort(Comparator.comparing(LogEntry::at));
        view.model().entries().setAll(all);
    }
}
