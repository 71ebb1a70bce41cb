package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Mute;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.health.FindingsView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.parts.Rich;
import io.clusterdeck.views.runs.RunsModel;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** While something is wrong its figures move each second: what is pressed, chosen or typed below them stays. */
@Tag("window")
class FindingsKeptTest {

    private final FxRobot robot = new FxRobot();
    private final Look look = Stagehand.look(Theme.LIGHT, "en");
    private final SampleDeck.Cluster cluster =
            new SampleDeck().add(Samples.orders(), Sample.orders().state());
    private Live live;
    private FindingsView findings;
    private Scene scene;
    private Stage stage;

    @BeforeEach
    void open() {
        Stagehand.fx(() -> {
            live = new Live(cluster, new RunsModel(new SampleRuns()));
            findings = new FindingsView(look, live);
            stage = new Stage();
            scene = new Scene(findings, 700, 500);
            look.themes().dress(scene);
            stage.setScene(scene);
            stage.show();
        });
        show(down(7, Level.WARN));
    }

    @AfterEach
    void close() {
        Stagehand.fx(stage::close);
        Stagehand.fx(live::close);
    }

    private static Finding down(int seconds, Level level) {
        var args =
                new Object[] {"node", Sample.address(9004, 2), "master", Sample.address(9000, 1), "t", seconds * 1000L};
        return new Finding(
                "replica-link-down",
                level,
                Optional.of(Sample.id(9004)),
                Say.of("health.replica-link-down", args),
                Say.of("health.replica-link-down.why", args),
                Say.of("health.replica-link-down.next", args),
                Optional.of("start:" + Sample.id(9004)));
    }

    private static Finding elsewhere(Level level) {
        return new Finding(
                "one-replica",
                level,
                Optional.empty(),
                Say.of("sample.one"),
                Say.of("sample.one.why"),
                Say.of("sample.one.next"),
                Optional.empty());
    }

    private void show(Finding... all) {
        Stagehand.fx(() -> {
            ClusterState state = of(all);
            live.take(state);
            findings.show(state.health());
        });
        Stagehand.settle();
    }

    private static ClusterState of(Finding... all) {
        var sample = Sample.orders();
        for (var finding : all) {
            sample.finding(finding);
        }
        return sample.state();
    }

    private Node row() {
        return scene.lookup("#finding-replica-link-down");
    }

    private Button start() {
        return (Button) row().lookup(".button");
    }

    private boolean says(String part) {
        return row().lookupAll(".rich").stream()
                .anyMatch(r -> ((Rich) r).wordsProperty().get().contains(part));
    }

    @Test
    void theButtonStaysWhileTheFigureMoves() {
        var button = start();
        Stagehand.fx(button::requestFocus);
        show(elsewhere(Level.BAD), down(8, Level.WARN));
        assertSame(button, start());
        assertSame(button, scene.getFocusOwner());
        assertTrue(says("8 s"), "the figure is the new one");
        show(down(9, Level.BAD), elsewhere(Level.NOTE));
        assertSame(button, scene.getFocusOwner(), "also where it comes up before others");
        assertTrue(says("9 s"));
        show(elsewhere(Level.NOTE));
        assertNull(row());
    }

    @Test
    void aNoteIsTypedToItsEnd() {
        robot.clickOn("#mute-replica-link-down");
        Stagehand.settle();
        robot.write("the new ");
        show(down(8, Level.WARN), elsewhere(Level.NOTE));
        robot.write("cable");
        Stagehand.settle();
        assertEquals("the new cable", ((TextField) scene.lookup("#mute-note")).getText());
        robot.type(KeyCode.ENTER);
        org.awaitility.Awaitility.await().until(() -> !cluster.upkeep().mutes().isEmpty());
        Mute mute = cluster.upkeep().mutes().getFirst();
        assertEquals("the new cable", mute.note());
        show(down(9, Level.WARN).muted(mute), elsewhere(Level.NOTE));
        assertNull(scene.lookup("#mute-note"));
        var undo = (Button) scene.lookup("#views-unmute");
        assertTrue(!undo.isDisabled() && !says("start"), "the row can be used again");
        show(down(10, Level.WARN));
        assertTrue(scene.lookup("#mute-replica-link-down") != null && start().isVisible());
    }
}
