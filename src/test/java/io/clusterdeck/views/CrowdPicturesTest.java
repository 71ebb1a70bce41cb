package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.nodes.NodesView;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.topology.TopologyView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred and twenty nodes in the smallest window: every page can be read, and nothing is cut. */
@Tag("window")
class CrowdPicturesTest {
    private static final int MASTERS = 60;

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void everyPage(Theme theme, String language) {
        var desk = DeskPicturesTest.desk(theme, language, 1024, 700, 1);
        var flaws = new LinkedHashMap<String, List<String>>();
        for (var sight : sights().entrySet()) {
            desk.turn(sight.getValue());
            if (sight.getKey().equals("rehearse")) {
                forecast(desk);
            }
            var found = Stagehand.onFx(() -> Stagehand.flaws(desk.scene()));
            Stagehand.picture(
                    desk.scene(),
                    "crowd-%s-%s-%s".formatted(sight.getKey(), theme.name().toLowerCase(Locale.ROOT), language));
            if (!found.isEmpty()) {
                flaws.put(sight.getKey(), found);
            }
        }
        Stagehand.fx(() -> desk.model().close());
        assertEquals(Map.of(), flaws);
    }

    /** The page scrolls up and down only: what is wider than the window is cut, and no bar tells. */
    @ParameterizedTest
    @CsvSource({"en", "zh"})
    void theTopologyIsNoWiderThanItsRoom(String language) {
        var desk = DeskPicturesTest.desk(Theme.LIGHT, language, 1024, 700, 1);
        var page = new AtomicReference<ScrollPane>();
        desk.turn(d -> page.set((ScrollPane) tab(d, Tab.TOPOLOGY)));
        var rooms = Stagehand.onFx(() -> new double[] {
            page.get().getContent().getLayoutBounds().getWidth(),
            page.get().getViewportBounds().getWidth()
        });
        Stagehand.fx(() -> desk.model().close());
        assertTrue(rooms[0] <= rooms[1] + 1, () -> Arrays.toString(rooms));
    }

    private static Map<String, Consumer<DeskPicturesTest.Desk>> sights() {
        var all = new LinkedHashMap<String, Consumer<DeskPicturesTest.Desk>>();
        for (var grouping : TopologyView.Grouping.values()) {
            all.put(
                    "topology-" + grouping.name().toLowerCase(Locale.ROOT),
                    d -> ((TopologyView) tab(d, Tab.TOPOLOGY))
                            .grouping()
                            .chosenProperty()
                            .set(grouping));
        }
        all.put("slots", d -> tab(d, Tab.SLOTS));
        all.put("nodes", d -> tab(d, Tab.NODES));
        all.put("nodes-filtered", d -> ((NodesView) tab(d, Tab.NODES)).filter().setText("h7 "));
        all.put("rehearse", d -> tab(d, Tab.REHEARSE));
        all.put("logs", d -> tab(d, Tab.LOGS));
        all.put("failover", d -> tab(d, Tab.FAILOVER));
        return all;
    }

    /** Worked out by others: else the picture shows now the wait for it and now what came. */
    private static void forecast(DeskPicturesTest.Desk desk) {
        await().until(() -> Stagehand.onFx(() -> {
            var table = (TableView<?>) desk.scene().lookup("#weakest-table");
            return table != null && !table.getItems().isEmpty();
        }));
        Stagehand.settle();
    }

    private static Node tab(DeskPicturesTest.Desk desk, Tab tab) {
        desk.model().pageProperty().set(new Page.Cluster("orders-prod"));
        desk.live().take(Crowd.of(MASTERS).state());
        var view = (ClusterView) desk.view().page();
        view.turnTo(tab);
        return view.page();
    }
}
