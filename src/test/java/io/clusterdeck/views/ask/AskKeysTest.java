package io.clusterdeck.views.ask;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;

/** A question by keyboard: it has the focus, and what lies under it is not reached while it stands. */
@Tag("window")
class AskKeysTest {
    private final FxRobot robot = new FxRobot();
    private final AskModel model = new AskModel();
    private final AtomicInteger pressed = new AtomicInteger();
    private Stage stage;
    private TextField field;

    @BeforeEach
    void open() {
        var look = Stagehand.look(Theme.LIGHT, "en");
        Stagehand.fx(() -> {
            field = new TextField();
            var keep = new Button("Keep");
            keep.setDefaultButton(true);
            keep.setOnAction(e -> pressed.incrementAndGet());
            var scene = new Scene(new StackPane(new VBox(field, keep), new AskView(look, model)), 600, 400);
            look.themes().dress(scene);
            stage = new Stage();
            stage.setScene(scene);
            stage.show();
            field.requestFocus();
        });
        Stagehand.settle();
    }

    @AfterEach
    void close() {
        Stagehand.fx(stage::close);
    }

    private CompletableFuture<Boolean> asked() {
        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return model.trust(HostSpec.of("10.0.0.1"), "ssh-ed25519", "SHA256:abc");
            } catch (InterruptedException ended) {
                throw new AssertionError(ended);
            }
        });
        await().until(() -> Stagehand.onFx(() -> model.presentProperty().get().isPresent()));
        Stagehand.settle();
        return answer;
    }

    private Node focused() {
        return Stagehand.onFx(() -> stage.getScene().getFocusOwner());
    }

    @Test
    void enterTrustsNobodyAndPressesNothingUnderIt() throws Exception {
        var answer = asked();
        robot.type(KeyCode.ENTER);
        assertFalse(answer.get());
        assertEquals(0, pressed.get());
        await().until(() -> focused() == field);
    }

    @Test
    void tabStaysInTheQuestion() throws Exception {
        var answer = asked();
        var first = focused();
        robot.type(KeyCode.TAB);
        var second = focused();
        robot.type(KeyCode.TAB);
        assertEquals(first, focused());
        robot.press(KeyCode.SHIFT).type(KeyCode.TAB).release(KeyCode.SHIFT);
        assertEquals(second, focused());
        robot.type(KeyCode.SPACE);
        assertTrue(answer.get());
    }

    /** Whatever takes the focus meanwhile. */
    @Test
    void noKeyReachesWhatItCovers() {
        var answer = asked();
        Stagehand.fx(field::requestFocus);
        robot.write("x");
        robot.type(KeyCode.ENTER);
        assertEquals("", Stagehand.onFx(field::getText));
        assertEquals(0, pressed.get());
        assertFalse(answer.isDone() && answer.join());
    }
}
