package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.topology.TopologyView;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** From one page of the window to another. */
@Tag("window")
class DeskDoorsTest {
    private final FxRobot robot = new FxRobot();
    private DeskPicturesTest.Desk desk;
    private Stage stage;

    @BeforeEach
    void open() {
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
            stage.close();
        });
    }

    private Page page() {
        return Stagehand.onFx(() -> desk.model().pageProperty().get());
    }

    /** By keyboard one goes on where one is; JavaFX would give the focus to the navigation. */
    @Test
    void aPageThatIsOpenedFromAPageHasTheFocus() {
        Stagehand.fx(() -> desk.model().pageProperty().set(new Page.Doors()));
        Stagehand.settle();
        Stagehand.fx(() -> {
            var doors = (Parent) desk.view().page();
            doors.applyCss();
            doors.lookupAll(".door").stream().skip(1).findFirst().orElseThrow().requestFocus();
        });
        robot.type(KeyCode.ENTER);
        Stagehand.settle();
        assertEquals(new Page.Adopt(), page());
        await().until(() -> Stagehand.onFx(
                () -> desk.scene().getFocusOwner() instanceof Node owner && "adopt-address".equals(owner.getId())));
    }

    @Test
    void aHostIsOpenedFromWhereItsNodesAreSeen() {
        Stagehand.fx(() -> ((TopologyView) ((ClusterView) desk.view().page()).page())
                .grouping()
                .chosenProperty()
                .set(TopologyView.Grouping.HOST));
        Stagehand.settle();
        Stagehand.fx(() -> desk.view().lookupAll("#topology-hosts .card-link").stream()
                .map(Button.class::cast)
                .filter(b -> b.getText().equals("h2"))
                .findFirst()
                .orElseThrow()
                .fire());
        assertEquals(new Page.Host("orders-prod", "h2"), page());
    }
}
