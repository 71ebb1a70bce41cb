package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** The page that adopts a cluster, by keyboard alone: Enter searches, Enter keeps what was found, Escape ends a search. */
@Tag("window")
class AdoptKeysTest {
    private final FxRobot robot = new FxRobot();
    private DeskPicturesTest.Desk desk;
    private Stage stage;

    private void open() {
        desk = DeskPicturesTest.desk(Theme.DARK, "zh", 1100, 900, 1);
        Stagehand.fx(() -> {
            stage = new Stage();
            stage.setScene(desk.scene());
            stage.show();
            desk.model().pageProperty().set(new Page.Adopt());
            desk.scene().getRoot().applyCss();
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

    private void focus(String id) {
        Stagehand.fx(() -> desk.scene().lookup(id).requestFocus());
    }

    private String focused() {
        return Stagehand.onFx(() -> {
            var owner = desk.scene().getFocusOwner();
            return owner == null || owner.getId() == null ? "" : owner.getId();
        });
    }

    private String text(String id) {
        return Stagehand.onFx(() -> ((TextInputControl) desk.scene().lookup(id)).getText());
    }

    private Page page() {
        return Stagehand.onFx(() -> desk.model().pageProperty().get());
    }

    @Test
    void foundAndKept() {
        open();
        SampleFound.whole(desk.deck());
        focus("#adopt-address");
        robot.write("10.20.0.11:9000");
        robot.type(KeyCode.TAB);
        assertEquals("adopt-password", focused());
        robot.type(KeyCode.TAB);
        assertEquals("adopt-more", focused());
        robot.type(KeyCode.SPACE);
        Stagehand.settle();
        robot.type(KeyCode.TAB);
        assertEquals("adopt-through", focused());
        robot.write("gate");
        robot.type(KeyCode.ENTER);
        await().until(this::found);
        focus("#adopt-name");
        robot.press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
        robot.write("carts");
        assertEquals("carts", text("#adopt-name"));
        robot.type(KeyCode.ENTER);
        await().until(() -> page().equals(new Page.Cluster("carts")));
        Stagehand.fx(() -> desk.model().pageProperty().set(new Page.Adopt()));
        assertEquals("", text("#adopt-through"), "the next cluster's way is another one");
    }

    /** To keep takes seconds where the machine is slow: the page says what is done meanwhile. */
    @Test
    void whileItIsKeptThatIsSaid() {
        open();
        var done = new CountDownLatch(1);
        desk.deck().keeping = () -> await().until(() -> done.getCount() == 0);
        SampleFound.whole(desk.deck());
        focus("#adopt-address");
        robot.write("10.20.0.11:9000");
        robot.type(KeyCode.ENTER);
        await().until(this::found);
        assertFalse(keeping());
        focus("#adopt-name");
        robot.type(KeyCode.ENTER);
        try {
            await().until(this::keeping);
            assertTrue(inSight("#adopt-keeping"));
        } finally {
            done.countDown();
        }
        await().until(() -> page() instanceof Page.Cluster);
    }

    /** With all fields open there is little room below: what came of a search is scrolled to. */
    @Test
    void whatCameOfItIsInSight() {
        open();
        Stagehand.fx(() -> {
            stage.setHeight(700);
            ((ToggleButton) desk.scene().lookup("#adopt-more")).fire();
        });
        SampleFound.whole(desk.deck());
        focus("#adopt-address");
        robot.write("10.20.0.11:9000");
        robot.type(KeyCode.ENTER);
        await().until(this::found);
        await().until(() -> inSight("#adopt-summary") && inSight("#adopt-name"));
    }

    private boolean keeping() {
        return Stagehand.onFx(() -> desk.scene().lookup("#adopt-keeping") instanceof Node busy && busy.isVisible());
    }

    private boolean inSight(String id) {
        return Stagehand.onFx(() -> {
            desk.scene().getRoot().layout();
            var page = desk.scene().lookup("#adopt .viewport");
            return page.localToScene(page.getLayoutBounds())
                    .contains(desk.scene()
                            .lookup(id)
                            .localToScene(desk.scene().lookup(id).getLayoutBounds()));
        });
    }

    /** What was found through a host isn't kept once the fields name that host no more. */
    @Test
    void whatIsAskedOtherwiseIsSearchedAnew() {
        open();
        SampleFound.whole(desk.deck());
        focus("#adopt-address");
        robot.write("10.20.0.11:9000");
        robot.type(KeyCode.ENTER);
        await().until(this::found);
        robot.type(KeyCode.END);
        robot.type(KeyCode.BACK_SPACE);
        assertFalse(found());
        robot.type(KeyCode.ENTER);
        await().until(this::found);
        assertEquals(new Page.Adopt(), page());
    }

    /** A node that wants a password: the next keys are the password. */
    @Test
    void theFieldThatIsWrongHasTheFocus() {
        open();
        Stagehand.fx(() -> SampleFound.show("adopt-failed", desk.deck(), desk.model(), desk.view()));
        await().until(() -> focused().equals("adopt-password"));
    }

    private boolean found() {
        return Stagehand.onFx(
                () -> desk.scene().lookup("#adopt-name").getParent().getParent().isVisible());
    }

    /** The one button that Enter presses is the next step: to search, then to keep. */
    @Test
    void oneDefaultAtATime() {
        open();
        assertEquals(1, defaults());
        SampleFound.whole(desk.deck());
        focus("#adopt-address");
        robot.write("10.20.0.11:9000");
        robot.type(KeyCode.ENTER);
        Stagehand.settle();
        assertEquals(1, defaults());
        assertTrue(Stagehand.onFx(() -> desk.scene().lookup("#adopt").lookupAll(".button").stream()
                .anyMatch(b -> b instanceof Button cancel && cancel.isCancelButton())));
    }

    private long defaults() {
        return Stagehand.onFx(() -> desk.scene().lookup("#adopt").lookupAll(".button").stream()
                .filter(b -> b instanceof Button button && button.isDefaultButton())
                .count());
    }
}
