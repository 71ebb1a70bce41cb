package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.act.Act;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.find.Found;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;

/** The window by keyboard alone: find, shortcuts, undo; and every control has a name for who cannot see it. */
@Tag("window")
class DeskTest {
    private final FxRobot robot = new FxRobot();
    private DeskPicturesTest.Desk desk;
    private Stage stage;

    private void open() {
        desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 980, 900, 1);
        Stagehand.fx(() -> {
            stage = new Stage();
            stage.setScene(desk.scene());
            stage.show();
        });
    }

    @AfterEach
    void close() {
        Stagehand.fx(() -> {
            desk.model().close();
            if (stage != null) {
                stage.close();
            }
        });
    }

    private Page page() {
        return Stagehand.onFx(() -> desk.model().pageProperty().get());
    }

    @Test
    void aNodeIsFoundAndChosenByKeyboard() {
        open();
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        await().until(() -> Stagehand.onFx(() -> desk.scene().lookup("#find").isVisible()));
        robot.write("9004");
        robot.type(KeyCode.ENTER);
        assertEquals(
                Optional.of(Sample.id(9004)),
                Stagehand.<Optional<NodeId>>onFx(() ->
                        desk.model().open().get("orders-prod").chosenProperty().get()));
        assertFalse(Stagehand.onFx(() -> desk.scene().lookup("#find").isVisible()));
    }

    @Test
    void aHostAndASnapshotAreFound() {
        open();
        Stagehand.fx(() -> desk.model().finder().open());
        assertEquals(
                List.of("h2"),
                Stagehand.onFx(() -> desk.model().finder().find("h2").stream()
                        .filter(f -> f.kind() == Found.Kind.HOST && f.more().startsWith("orders-prod"))
                        .map(Found::title)
                        .toList()));
        SnapshotsViewTest.filled(desk.deck().archive);
        int before = desk.deck().archive.of("orders-prod").size();
        Stagehand.fx(() ->
                desk.model().finder().find("take a snapshot").getFirst().open().run());
        await().until(() -> desk.deck().archive.of("orders-prod").size() == before + 1);
    }

    @Test
    void anActionGoesTheWayOfEveryAction() {
        open();
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        await().until(() -> Stagehand.onFx(() -> desk.scene().lookup("#find").isVisible()));
        robot.write("restart 9004");
        robot.type(KeyCode.ENTER);
        await().until(() -> !(Stagehand.<Act>onFx(() -> desk.model()
                        .open()
                        .get("orders-prod")
                        .act()
                        .actProperty()
                        .get())
                instanceof Act.None));
    }

    @Test
    void shortcutsTurnPagesAndScale() {
        open();
        robot.press(KeyCode.CONTROL, KeyCode.COMMA).release(KeyCode.COMMA, KeyCode.CONTROL);
        assertEquals(new Page.Settings(), page());
        robot.press(KeyCode.CONTROL, KeyCode.DIGIT2).release(KeyCode.DIGIT2, KeyCode.CONTROL);
        assertEquals(new Page.Cluster("sessions"), page());
        robot.press(KeyCode.CONTROL, KeyCode.PAGE_DOWN).release(KeyCode.PAGE_DOWN, KeyCode.CONTROL);
        assertEquals(
                Tab.values()[1],
                Stagehand.onFx(() -> ((ClusterView) desk.view().page())
                        .tabs()
                        .chosenProperty()
                        .get()));
        var tab = "views-tab-" + Tab.values()[1].name().toLowerCase(Locale.ROOT);
        await().until(() ->
                Stagehand.onFx(() -> desk.scene().getFocusOwner() instanceof Node owner && tab.equals(owner.getId())));
        Stagehand.settle();
        double before = Stagehand.onFx(() -> desk.view().getLayoutBounds().getWidth());
        robot.press(KeyCode.CONTROL, KeyCode.EQUALS).release(KeyCode.EQUALS, KeyCode.CONTROL);
        await().until(() -> Stagehand.onFx(() -> desk.view().getLayoutBounds().getWidth()) < before);
        robot.type(KeyCode.F1);
        assertTrue(Stagehand.onFx(() -> desk.scene().lookup("#keys").isVisible()));
        robot.type(KeyCode.ESCAPE);
        assertFalse(Stagehand.onFx(() -> desk.scene().lookup("#keys").isVisible()));
    }

    @Test
    void shortcutsAreHeardWhereNothingHasTheFocus() {
        open();
        Stagehand.fx(() -> Event.fireEvent(
                desk.scene(), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.F1, false, false, false, false)));
        assertTrue(Stagehand.onFx(() -> desk.model().keysProperty().get()));
    }

    @Test
    void forgettingIsTakenBack() {
        open();
        Stagehand.fx(() -> desk.model().forget("sessions"));
        await().until(() -> Stagehand.onFx(() -> desk.scene().lookup("#desk-undo")) != null);
        Stagehand.fx(() -> ((Button) desk.scene().lookup("#desk-undo")).fire());
        await().until(() ->
                Stagehand.onFx(() -> desk.model().clustersProperty().get().size()) == 3);
        await().until(() -> Stagehand.onFx(() -> desk.model().notices().shown().isEmpty()));
    }

    @Test
    void aClusterThatTurnsBadIsToldOnceAndTakesNoFocus() {
        open();
        Stagehand.fx(() -> desk.view().requestFocus());
        var focus = Stagehand.onFx(() -> Optional.ofNullable(desk.scene().getFocusOwner()));
        desk.deck().show("orders-prod", Samples.masterDown());
        await().until(() -> Stagehand.onFx(() -> desk.model().notices().shown().size()) == 1);
        desk.deck().show("orders-prod", Samples.masterDown());
        Stagehand.settle();
        assertEquals(1, Stagehand.onFx(() -> desk.model().notices().shown().size()));
        assertEquals(
                focus, Stagehand.onFx(() -> Optional.ofNullable(desk.scene().getFocusOwner())));
    }

    @Test
    void whatIsFoundIsTheShownClustersFirst() {
        open();
        for (var cluster : List.of("orders-prod", "sessions")) {
            Stagehand.fx(() -> {
                desk.model().pageProperty().set(new Page.Cluster(cluster));
                desk.model().finder().open();
            });
            assertEquals(
                    cluster,
                    Stagehand.onFx(() ->
                            desk.model().finder().find("rescue").getFirst().more()));
        }
    }

    /** Of one cluster two notices would contradict each other. */
    @Test
    void theLastWordOnAClusterIsTheOnlyOne() {
        open();
        for (var state : List.of(Samples.masterDown(), Samples.healthy(), Samples.masterDown())) {
            desk.deck().show("orders-prod", state);
            await().until(() -> Stagehand.onFx(() -> desk.live().state() == state));
            Stagehand.settle();
            assertEquals(1, Stagehand.onFx(() -> desk.model().notices().shown().size()));
        }
    }

    /** It stays bad, for another reason: what the notice says is what is so. */
    @Test
    void theReasonThatIsToldIsTheOneThatHolds() {
        open();
        desk.deck().show("orders-prod", Samples.masterDown());
        await().until(() -> Stagehand.onFx(() -> desk.model().notices().shown().size()) == 1);
        var seen = Samples.masterDown();
        var other = new Finding(
                "other",
                Level.BAD,
                Optional.empty(),
                Say.of("desk.notice.bad.why"),
                Say.of("desk.notice.bad.why"),
                Say.of("desk.notice.bad.why"),
                Optional.empty(),
                Optional.empty());
        desk.deck()
                .show(
                        "orders-prod",
                        new ClusterState(
                                seen.name(),
                                seen.at(),
                                seen.nodes(),
                                seen.views(),
                                seen.disagreements(),
                                List.of(other),
                                seen.owners(),
                                seen.currentEpoch(),
                                seen.tick(),
                                seen.cost()));
        await().until(() -> Stagehand.onFx(
                () -> desk.model().notices().shown().getFirst().more().equals(Optional.of(other.title()))));
        assertEquals(1, Stagehand.onFx(() -> desk.model().notices().shown().size()));
    }

    @Test
    void settingsTakeEffectAtOnce() {
        open();
        Stagehand.fx(() -> desk.model().pageProperty().set(new Page.Settings()));
        Stagehand.settle();
        Stagehand.fx(() -> desk.scene().getRoot().applyCss());
        press("#settings-language-2");
        assertTrue(Stagehand.onFx(() -> desk.view().getStyleClass().contains("lang-zh")));
        press("#settings-theme-2");
        assertTrue(
                Stagehand.onFx(() -> desk.scene().getStylesheets().stream().anyMatch(s -> s.contains("tokens-dark"))));
        press("#settings-scale-4");
        Stagehand.fx(() -> desk.scene().getRoot().layout());
        assertEquals(
                2.0, Stagehand.onFx(() -> desk.view().getTransforms().getFirst().getMxx()));
    }

    private void press(String id) {
        Stagehand.fx(() -> {
            var button = (ButtonBase) desk.scene().lookup(id);
            assertNotNull(button, id);
            button.fire();
        });
        Stagehand.settle();
    }

    /** Where the reason stands: a failover that began just before has a page of its own. */
    @ParameterizedTest
    @CsvSource({"true,FAILOVER", "false,TOPOLOGY"})
    void whatTurnedBadIsShownWhereItIsTold(boolean gone, Tab tab) {
        open();
        Stagehand.fx(() -> desk.model().pageProperty().set(new Page.Settings()));
        var bad = Samples.masterDown();
        var seen = gone ? bad : Samples.healthy();
        desk.deck()
                .show(
                        "orders-prod",
                        new ClusterState(
                                seen.name(),
                                seen.at(),
                                seen.nodes(),
                                seen.views(),
                                seen.disagreements(),
                                bad.health(),
                                seen.owners(),
                                seen.currentEpoch(),
                                seen.tick(),
                                seen.cost()));
        await().until(() -> Stagehand.onFx(() -> desk.model().notices().shown().size()) == 1);
        Stagehand.fx(() -> desk.model()
                .notices()
                .shown()
                .getFirst()
                .way()
                .orElseThrow()
                .go()
                .run());
        assertEquals(
                tab,
                Stagehand.onFx(() -> ((ClusterView) desk.view().page())
                        .tabs()
                        .chosenProperty()
                        .get()));
    }
}
