package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import io.clusterdeck.views.wizard.HostRow.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** From the doors to a proven cluster of real servers without touching the mouse, half of the way in English and half in Chinese. */
@Tag("window")
@Tag("local")
class WizardJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FAR = 80;

    private final FxRobot robot = new FxRobot();
    private Look look;
    private DeckApp deck;
    private ShellModel model;
    private Stage stage;
    private Path root;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        root = folder.resolve("cluster");
        var questions = new AskModel();
        deck = DeckApp.open(Home.at(folder.resolve("home")), questions);
        look = Stagehand.look(Theme.LIGHT, "en");
        Stagehand.fx(() -> {
            model = new ShellModel(deck, deck.clusters());
            var scene = new Scene(new ShellView(look, model, questions), 980, 900);
            look.themes().dress(scene);
            stage = new Stage();
            stage.setScene(scene);
            stage.show();
            stage.requestFocus();
        });
    }

    @AfterEach
    void takeAway() throws Exception {
        Stagehand.picture(stage.getScene(), "wizard-journey-last");
        Stagehand.fx(() -> {
            stage.close();
            model.close();
        });
        model.drafts().settle();
        model.runs().endAll();
        for (var cluster : deck.clusters()) {
            if (deck.destroy(cluster.name(), true) instanceof Offer.Ready ready) {
                assertEquals(
                        Outcome.DONE,
                        deck.runs()
                                .start(ready.plan())
                                .await()
                                .ended()
                                .orElseThrow()
                                .outcome());
            }
        }
        deck.close();
    }

    @Test
    void byKeyboardOnly() {
        tabTo("door-build");
        robot.push(KeyCode.ENTER);
        await().atMost(PATIENCE).until(() -> focus().equals("wizard-name"));
        robot.write("keys");
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        assertEquals(Place.HOSTS, place(), "there is no host yet");
        assertTrue(Stagehand.onFx(
                () -> !((javafx.scene.control.Label) stage.getScene().lookup("#wizard-missing"))
                        .getText()
                        .isEmpty()));
        tabTo("wizard-hosts-local");
        robot.push(KeyCode.SPACE);
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() ->
                        wizard().hosts.rows.stream().allMatch(r -> r.seen.get() instanceof Seen.Found)
                                && !wizard().hosts.rows.isEmpty()));
        on(Place.REDIS);

        tabTo("wizard-source-download");
        for (int i = 0; i < 3; i++) {
            robot.push(KeyCode.DOWN);
        }
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() -> wizard().redis.kind.get()) == RedisModel.Kind.PACKAGED);
        on(Place.LAYOUT);

        int first = Ports.block(6);
        write("wizard-ports", Integer.toString(first));
        Stagehand.fx(() -> look.tongue().speak(Locale.SIMPLIFIED_CHINESE));
        tabTo("tile-this-computer:" + (first + 3));
        robot.push(KeyCode.M);
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() -> wizard().layout.placedByHand()));
        on(Place.CONFIGURATION);

        write("wizard-directive-maxmemory", "64mb");
        write("wizard-directive-cluster-node-timeout", "3000");
        write("wizard-root", root.toString());
        on(Place.REVIEW);
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() -> wizard().review.planned().isPresent()));
        robot.push(KeyCode.ALT, KeyCode.LEFT);
        await().atMost(PATIENCE).until(() -> place() == Place.CONFIGURATION);
        assertEquals("64mb", Stagehand.onFx(() -> wizard().conf.one("maxmemory")));
        on(Place.REVIEW);
        assertTrue(Stagehand.onFx(() -> wizard().review.planned().isPresent()), "nothing changed: it is the same plan");
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await().atMost(PATIENCE).until(() -> Stagehand.onFx(() -> wizard().built.proven()));
        await().atMost(PATIENCE).until(() -> focus().equals("wizard-proof-open"));
        Stagehand.picture(stage.getScene(), "wizard-journey-proof");
        robot.push(KeyCode.SPACE);
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() -> model.pageProperty().get()).equals(new Page.Cluster("keys")));
        await().atMost(PATIENCE)
                .until(() -> Stagehand.onFx(() -> {
                    var live = model.open().get("keys");
                    return live != null
                            && live.state().verdict() == Health.OK
                            && live.state().nodes().size() == 6;
                }));
        assertEquals(
                List.of(), Stagehand.onFx(() -> model.drafts().linesProperty().get()), "what is built is no draft");
    }

    private WizardModel wizard() {
        return model.drafts()
                .open(((Page.Draft) model.pageProperty().get()).id())
                .orElseThrow();
    }

    private Place place() {
        return Stagehand.onFx(() -> wizard().placeProperty().get());
    }

    /** Ctrl+Enter, which must lead there. */
    private void on(Place to) {
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        await().atMost(PATIENCE).until(() -> place() == to);
    }

    private String focus() {
        return Stagehand.onFx(() -> {
            Node owner = stage.getScene().getFocusOwner();
            return owner == null || owner.getId() == null ? "" : owner.getId();
        });
    }

    private void tabTo(String id) {
        for (int i = 0; i < FAR; i++) {
            if (focus().equals(id)) {
                return;
            }
            robot.push(KeyCode.TAB);
        }
        throw new AssertionError(id + " can't be reached with Tab; the focus is at " + focus());
    }

    private void write(String field, String text) {
        tabTo(field);
        robot.push(KeyCode.CONTROL, KeyCode.A);
        robot.write(text);
    }
}
