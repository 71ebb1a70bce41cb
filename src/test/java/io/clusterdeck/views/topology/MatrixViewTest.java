package io.clusterdeck.views.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.Sample;
import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.SampleRuns;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class MatrixViewTest {
    private static final Contact AWAY = new Contact.Gone(Sample.NOW, Say.of("link.refused"));

    static final ClusterSpec SPEC = new ClusterSpec(
            "orders-prod", false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of());

    private final Look look = Stagehand.look(Theme.LIGHT, "en");

    /** Row 4 is 9003: of what it said before nothing is shown as if it said it now. */
    @Test
    void whoDoesNotAnswerIsNotAsked() {
        var rows = rows(remembering(Sample.orders().contact(9003, AWAY).state()));
        assertTrue(
                texts(rows.get(3)).contains("not asked"),
                () -> texts(rows.get(3)).toString());
        assertEquals(
                List.of("9003 does not answer us: it was not asked"),
                cells(rows.get(3)).distinct().toList());
        assertTrue(cells(rows.get(0)).allMatch(t -> t.startsWith("9000 says of ")));
    }

    @Test
    void whereNobodyAnswersNobodyAgrees() {
        var sample = Sample.orders();
        List.of(9000, 9001, 9002, 9003, 9004, 9005).forEach(port -> sample.contact(port, AWAY));
        assertEquals("No node answers: nobody could be asked.", summary(sample.state(), false));
    }

    @Test
    void aKeptStateKnowsNoMoreThanWhereTheyDisagreed() {
        assertEquals(
                "When this was taken the nodes saw the cluster alike.",
                summary(Sample.orders().state(), true));
    }

    /** As a watch does: what a node said last is kept when it goes away. */
    private static ClusterState remembering(ClusterState now) {
        return new ClusterState(
                now.name(),
                now.at(),
                now.nodes(),
                Sample.orders().state().views(),
                now.disagreements(),
                now.health(),
                now.owners(),
                now.currentEpoch(),
                now.tick(),
                now.cost());
    }

    private String summary(ClusterState state, boolean past) {
        return Stagehand.onFx(() -> ((Label) view(state, past).lookup(".card-title")).getText());
    }

    private MatrixView view(ClusterState state, boolean past) {
        var runs = new RunsModel(new SampleRuns());
        var live = past ? Live.past(state, runs) : new Live(new SampleDeck().add(SPEC, state), runs);
        var matrix = new MatrixView(look, live);
        var scene = new Scene(matrix, 900, 500);
        look.themes().dress(scene);
        matrix.show(state);
        matrix.applyCss();
        return matrix;
    }

    /** The observers' rows, each by its nodes in the grid. */
    private List<List<Node>> rows(ClusterState state) {
        return Stagehand.onFx(() -> {
            var grid = (GridPane) view(state, false).lookup(".matrix");
            return IntStream.rangeClosed(1, 6)
                    .mapToObj(row -> grid.getChildren().stream()
                            .filter(n -> GridPane.getRowIndex(n) == row)
                            .toList())
                    .toList();
        });
    }

    private static List<String> texts(List<Node> row) {
        return row.stream()
                .flatMap(n -> n.lookupAll(".label").stream())
                .map(l -> ((Label) l).getText())
                .toList();
    }

    private static Stream<String> cells(List<Node> row) {
        return row.stream()
                .filter(n -> n.getStyleClass().contains("matrix-cell"))
                .map(n -> n.getAccessibleText());
    }
}
