package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clusterdeck.views.act.Act;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** What lay over the page goes, and the focus is where it was, and seen; who works by mouse is shown none. */
@Tag("window")
class ByKeyTest {
    private static final PseudoClass MARK = PseudoClass.getPseudoClass("focus-visible");

    private final FxRobot robot = new FxRobot();
    private DeskPicturesTest.Desk desk;
    private Stage stage;

    @BeforeEach
    void open() {
        desk = Sights.desk(Theme.DARK, "en", 1440, 900, 1);
        Stagehand.fx(() -> {
            stage = new Stage();
            stage.setScene(desk.scene());
            stage.show();
            desk.scene().lookup("#settings").requestFocus();
        });
        Stagehand.settle();
    }

    @AfterEach
    void close() {
        Stagehand.fx(() -> {
            desk.model().close();
            stage.close();
        });
    }

    private Node owner() {
        return Stagehand.onFx(() -> desk.scene().getFocusOwner());
    }

    private String id() {
        return Stagehand.onFx(() -> {
            var owner = desk.scene().getFocusOwner();
            return owner == null ? "" : owner.getId();
        });
    }

    private void backAndSeen(String id) {
        await().until(() -> id.equals(id()));
        seen();
    }

    /** The mark may come a frame after the focus. */
    private void seen() {
        await().untilAsserted(() -> assertEquals(
                "",
                Stagehand.onFx(() -> Ring.missing(desk.scene(), desk.scene().getFocusOwner()))
                        .orElse("")));
    }

    @Test
    void afterThePalette() {
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        await().until(() -> id().equals("find-field"));
        robot.type(KeyCode.ESCAPE);
        backAndSeen("settings");
    }

    @Test
    void afterTheShortcuts() {
        robot.type(KeyCode.F1);
        backAndSeen("keys-close");
        robot.type(KeyCode.ESCAPE);
        backAndSeen("settings");
    }

    @Test
    void afterASheet() {
        robot.type(KeyCode.F12);
        Stagehand.fx(() -> desk.live().act().offer(SamplePlans.killed()));
        await().until(() -> id().equals("views-consent-no"));
        backAndSeen("views-consent-no");
        robot.type(KeyCode.ESCAPE);
        await().until(() -> Stagehand.onFx(() -> desk.live().act().actProperty().get() instanceof Act.None));
        backAndSeen("settings");
    }

    /** What had the focus went with its page: something on the new one has it. */
    @Test
    void afterAPageThatHadIt() {
        robot.press(KeyCode.CONTROL, KeyCode.F).release(KeyCode.F, KeyCode.CONTROL);
        Stagehand.fx(() -> desk.model().pageProperty().set(new Page.Settings()));
        Stagehand.fx(() -> {
            desk.scene().getRoot().applyCss(); // what a page that scrolls holds is not in the scene before
            desk.scene().lookup("#settings-theme-1").requestFocus();
        });
        robot.press(KeyCode.CONTROL, KeyCode.R).release(KeyCode.R, KeyCode.CONTROL);
        await().until(() -> owner() != null && !id().startsWith("settings-theme"));
        seen();
    }

    /** The mark goes with the focus, and a click leaves none. */
    @Test
    void afterAClick() {
        robot.type(KeyCode.F12);
        var before = owner();
        robot.clickOn("#nav-runs");
        await().until(() -> id().equals("nav-runs"));
        assertFalse(Stagehand.onFx(() -> owner().getPseudoClassStates().contains(MARK)));
        assertFalse(Stagehand.onFx(() -> before.getPseudoClassStates().contains(MARK)));
        robot.type(KeyCode.F12);
        backAndSeen("nav-runs");
    }
}
