package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.nodes.NodeLine;
import io.clusterdeck.views.nodes.NodesView;
import io.clusterdeck.views.runs.RunsModel;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The table of nodes, sorted by a column, filtered by words, copied as it is shown. */
@Tag("window")
class NodesTableTest {

    private final FxRobot robot = new FxRobot();
    private Live live;
    private final Look look = Stagehand.look(Theme.LIGHT, "en");
    private NodesView nodes;
    private Stage stage;

    @BeforeEach
    void open() {
        Stagehand.fx(() -> {
            live = new Live(
                    new SampleDeck().add(Samples.orders(), Sample.orders().state()), new RunsModel(new SampleRuns()));
            nodes = new NodesView(look, live);
            stage = new Stage();
            var scene = new Scene(nodes, 1300, 600);
            look.themes().dress(scene);
            stage.setScene(scene);
            stage.show();
        });
        Stagehand.settle();
    }

    @AfterEach
    void close() {
        Stagehand.fx(stage::close);
    }

    private TableColumn<NodeLine, ?> column(String id) {
        return nodes.table().getColumns().stream()
                .filter(c -> c.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What stands in a column, from top to bottom. */
    private List<String> shown(String id) {
        return Stagehand.onFx(() -> nodes.table().getItems().stream()
                .map(line ->
                        String.valueOf(column(id).getCellObservableValue(line).getValue()))
                .toList());
    }

    private List<List<String>> copied() {
        var text = Stagehand.onFx(() -> Clipboard.getSystemClipboard().getString());
        return text.lines().map(l -> List.of(l.split("\t", -1))).toList();
    }

    @Test
    void whatChangesPassesTheFilterOrNoLongerDoes() {
        Stagehand.fx(() -> nodes.filter().setText("replica"));
        var before = shown("column-node");
        Stagehand.fx(() -> live.take(Samples.failedOver()));
        assertEquals(List.of("9003", "9004", "9005"), before);
        assertEquals(List.of("9000", "9003", "9005"), shown("column-node"));
    }

    /** Each state would else take away what somebody chose among the rows. */
    @Test
    void whatStaysIsStillChosen() {
        Stagehand.fx(() -> {
            nodes.filter().setText("replica");
            nodes.table().getSelectionModel().clearSelection();
            nodes.table().getSelectionModel().selectRange(0, 2);
            live.take(Sample.orders().at(Sample.NOW.plusSeconds(1)).state());
        });
        assertEquals(
                2,
                Stagehand.onFx(() ->
                        nodes.table().getSelectionModel().getSelectedItems().size()));
    }

    /** Only what changed is shown anew: the name stays, the glyph before it does not. */
    @Test
    void theGlyphFollowsTheNode() {
        var gone = new Contact.Gone(Sample.NOW, Say.of("sample.refused"));
        assertEquals(0, glyphs());
        Stagehand.fx(() -> live.take(Sample.orders().contact(9001, gone).state()));
        Stagehand.settle();
        assertEquals(1, glyphs());
    }

    private int glyphs() {
        return Stagehand.onFx(() -> nodes.table().lookupAll(".glyph-gone").size());
    }

    @Test
    void isSortedFilteredAndCopiedAsItIsShown() {
        assertEquals(List.of("9000", "9001", "9002", "9003", "9004", "9005"), shown("column-node"));
        Stagehand.fx(() -> {
            column("column-keys").setSortType(TableColumn.SortType.DESCENDING);
            nodes.table().getSortOrder().setAll(List.of(column("column-keys")));
        });
        assertEquals(List.of("9002", "9000", "9003"), shown("column-node").subList(0, 3), "by figures, not by text");
        robot.clickOn("#nodes-filter").write("replica");
        Stagehand.settle();
        assertEquals(3, shown("column-node").size());
        robot.clickOn("#views-nodes-copy");
        var all = copied();
        assertEquals(4, all.size(), all.toString());
        assertEquals("Node", all.getFirst().getFirst());
        assertEquals(
                shown("column-node"),
                all.subList(1, 4).stream().map(List::getFirst).toList());
        assertTrue(all.stream().allMatch(row -> row.size() == all.getFirst().size()), all.toString());
        Stagehand.fx(() -> {
            nodes.table().requestFocus();
            nodes.table().getSelectionModel().clearSelection();
            nodes.table().getSelectionModel().selectRange(0, 2);
        });
        robot.press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        assertEquals(3, copied().size(), "the chosen rows alone");
    }
}
