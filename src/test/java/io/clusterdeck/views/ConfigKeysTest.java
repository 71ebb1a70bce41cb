package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.act.Act;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.config.ConfigView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The Configuration tab by keyboard alone: filtered, a directive set, the password changed. */
@Tag("window")
class ConfigKeysTest {
    private final FxRobot robot = new FxRobot();
    private DeskPicturesTest.Desk desk;
    private Stage stage;
    private ConfigView view;

    private void open() {
        desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 1100, 900, 1);
        Stagehand.fx(() -> {
            stage = new Stage();
            stage.setScene(desk.scene());
            stage.show();
            desk.model().pageProperty().set(new Page.Cluster("orders-prod"));
            var page = (ClusterView) desk.view().page();
            page.turnTo(Tab.CONFIG);
            desk.scene().getRoot().applyCss();
            view = (ConfigView) desk.scene().lookup("#config");
            view.take(SampleFound.sheet(desk.model().open().get("orders-prod").state()));
        });
        Stagehand.settle();
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

    private Node at(String id) {
        return Stagehand.onFx(() -> desk.scene().lookup(id));
    }

    private void focus(String id) {
        Stagehand.fx(() -> desk.scene().lookup(id).requestFocus());
    }

    private Act act() {
        return Stagehand.onFx(
                () -> desk.model().open().get("orders-prod").act().actProperty().get());
    }

    private String focused() {
        return Stagehand.onFx(() -> {
            var owner = desk.scene().getFocusOwner();
            return owner == null ? "" : owner.getId() == null ? owner.getClass().getSimpleName() : owner.getId();
        });
    }

    @Test
    void aDirectiveIsFoundAndSet() {
        open();
        focus("#config-filter");
        robot.write("maxmemory-policy");
        Stagehand.settle();
        assertEquals(1, Stagehand.onFx(() -> view.table().getItems().size()));
        focus("#config-value");
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
        robot.write("noeviction");
        robot.type(KeyCode.ENTER);
        await().until(() -> !(act() instanceof Act.None));
    }

    @Test
    void theChosenNodesAreSaidInTheLanguageThatIsChosenMeanwhile() {
        open();
        Stagehand.fx(() -> view.table().getSelectionModel().selectFirst());
        Stagehand.settle();
        assertEquals("On all nodes", where());
        Stagehand.fx(() -> desk.model().pageProperty().set(new Page.Settings()));
        Stagehand.settle();
        Stagehand.fx(() -> {
            desk.scene().getRoot().applyCss();
            ((ButtonBase) desk.scene().lookup("#settings-language-2")).fire();
            desk.model().pageProperty().set(new Page.Cluster("orders-prod"));
        });
        Stagehand.settle();
        assertEquals("所有节点", where());
    }

    @Test
    void whatANodeRefusedIsOffByName() {
        open();
        Stagehand.fx(() -> {
            view.table().getSelectionModel().selectFirst();
            desk.live()
                    .take(Sample.orders()
                            .node(9000, n -> RefusedTest.refusing(n, Map.of("CONFIG SET", "NOPERM")))
                            .state());
        });
        assertFalse(at("#config-view-set").isDisabled(), "the others may take it");
        assertTrue(at("#config-password-open").isDisabled(), "a password is changed on all or on none");
        assertTrue(said("CONFIG SET"));
    }

    private boolean said(String text) {
        return Stagehand.onFx(() -> desk.scene().getRoot().lookupAll("#config .label").stream()
                .anyMatch(l -> l.isVisible() && ((Labeled) l).getText().contains(text)));
    }

    private String where() {
        return Stagehand.onFx(() -> ((Labeled) desk.scene().lookup("#config-where .label")).getText());
    }

    /** From the button through both fields, each reached by Tab; Escape closes and forgets what was typed. */
    @Test
    void aPasswordIsTypedTwice() {
        open();
        assertFalse(Stagehand.onFx(() -> at("#config-password").isVisible()));
        focus("#config-password-open");
        robot.type(KeyCode.SPACE);
        Stagehand.settle();
        assertTrue(Stagehand.onFx(() -> at("#config-password").isVisible()));
        assertEquals("config-password-new", focused());
        robot.write("a n3w one");
        robot.type(KeyCode.TAB);
        assertEquals("config-password-again", focused());
        robot.write("another");
        robot.type(KeyCode.ENTER);
        assertTrue(Stagehand.onFx(() -> at("#config-password").isVisible()), "two different ones are not taken");
        robot.type(KeyCode.ESCAPE);
        assertFalse(Stagehand.onFx(() -> at("#config-password").isVisible()));
        assertEquals(List.of("", ""), typed());
        assertTrue(act() instanceof Act.None);

        focus("#config-password-open");
        robot.type(KeyCode.SPACE);
        Stagehand.settle();
        robot.write("a n3w one");
        robot.type(KeyCode.TAB);
        robot.write("a n3w one");
        robot.type(KeyCode.ENTER);
        await().until(() -> !((SampleDeck.Cluster) desk.deck().open("orders-prod")).passwords.isEmpty());
        assertEquals(List.of("a n3w one"), ((SampleDeck.Cluster) desk.deck().open("orders-prod")).passwords);
        assertEquals(List.of("", ""), typed());
    }

    private List<String> typed() {
        var texts = new ArrayList<String>();
        for (var id : List.of("#config-password-new", "#config-password-again")) {
            texts.add(((TextInputControl) at(id)).getText());
        }
        return texts;
    }
}
