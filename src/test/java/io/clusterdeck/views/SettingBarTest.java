package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.conf.ConfTree.Place;
import io.clusterdeck.redis.config.Sheet;
import io.clusterdeck.redis.config.Sheet.Cell;
import io.clusterdeck.redis.config.Sheet.Nature;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.config.ConfigView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a directive that many nodes would lose, every node can be read of. */
@Tag("window")
class SettingBarTest {
    private DeskPicturesTest.Desk desk;

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void theRestIsShownWhereItIsAskedFor(Theme theme, String language) {
        desk = DeskPicturesTest.desk(theme, language, 1024, 700, 1);
        try {
            chosen(i -> 500 + i + "");
            assertTrue(said().contains("9000") && said().contains("9002"), said());
            assertFalse(said().contains("9003:") || said().contains("9003："), said());
            Stagehand.fx(() -> ((Button) desk.scene().lookup("#config-all")).fire());
            Stagehand.settle();
            Stagehand.picture(desk.scene(), "config-all-" + theme + "-" + language);
            for (int port = 9000; port <= 9005; port++) {
                assertTrue(said().contains(port + (language.equals("zh") ? "：" : ":")), said());
                assertTrue(said().contains("/" + port + "/redis.conf"), said());
            }
            assertEquals(List.of(), Stagehand.onFx(() -> Stagehand.flaws(desk.scene())));
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }

    @ParameterizedTest
    @CsvSource({"en,'9000, 9001, 9002, 9003, 9004, 9005:'", "zh,9000、9001、9002、9003、9004、9005："})
    void whatIsAlikeIsSaidOnce(String language, String names) {
        desk = DeskPicturesTest.desk(Theme.LIGHT, language, 1440, 900, 1);
        try {
            chosen(i -> "512");
            assertTrue(said().contains(names), said());
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }

    /** @param running by the node's place */
    private void chosen(IntFunction<String> running) {
        desk.turn(d -> {
            d.model().pageProperty().set(new Page.Cluster("orders-prod"));
            ((ClusterView) d.view().page()).turnTo(Tab.CONFIG);
            d.scene().getRoot().applyCss();
            var view = (ConfigView) d.scene().lookup("#config");
            var nodes = List.copyOf(d.live().state().nodes().keySet());
            var cells = new LinkedHashMap<NodeId, Cell>();
            for (int i = 0; i < nodes.size(); i++) {
                cells.put(
                        nodes.get(i),
                        new Cell(
                                Optional.of(running.apply(i)),
                                Optional.of("128"),
                                Optional.of(new Place("/srv/redis-cluster/" + (9000 + i) + "/redis.conf", 9)),
                                true));
            }
            view.take(new Sheet(
                    d.live().state().at(),
                    nodes,
                    List.of(new Row("slowlog-max-len", Nature.SETTABLE, cells, false)),
                    Map.of(),
                    Map.of()));
            view.table().getSelectionModel().select(0);
        });
    }

    private String said() {
        return Stagehand.onFx(() -> String.join(
                "\n",
                desk.scene().getRoot().lookupAll("#config .label").stream()
                        .map(l -> ((Labeled) l).getText())
                        .filter(t -> t != null && t.contains("128"))
                        .toList()));
    }
}
