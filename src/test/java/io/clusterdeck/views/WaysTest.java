package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.ClusterFiles;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.redis.OneNode;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.ssh.Sshd;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** A cluster that was adopted by an address alone is told its host in the window, by keyboard: a real server, and a real sshd. */
@Tag("window")
@Tag("local")
class WaysTest {
    private final FxRobot robot = new FxRobot();

    @TempDir
    Path folder;

    private OneNode one;
    private Sshd sshd;
    private Home home;
    private DeckApp deck;
    private ShellModel model;
    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        System.setProperty("clusterdeck.ssh", folder.resolve("dot-ssh").toString());
        one = new OneNode(folder.resolve("redis.log"));
        sshd = new Sshd(folder.resolve("sshd"));
        home = Home.at(folder.resolve("home"));
        ClusterFiles.write(home, one.spec.withHosts(List.of()).withSites(List.of()));
        var questions = new AskModel();
        deck = DeckApp.open(home, questions);
        var look = Stagehand.look(Theme.LIGHT, "en");
        Stagehand.fx(() -> {
            model = new ShellModel(deck, deck.clusters());
            var scene = new Scene(new ShellView(look, model, questions), 1100, 900);
            look.themes().dress(scene);
            stage = new Stage();
            stage.setScene(scene);
            stage.show();
        });
        until(() -> !model.open().isEmpty()
                && model.open().get("one").state().nodes().values().stream().anyMatch(n -> n.answers()));
    }

    @AfterEach
    void close() throws Exception {
        Stagehand.picture(stage.getScene(), "ways-last");
        Stagehand.fx(() -> {
            stage.close();
            model.close();
        });
        deck.close();
        sshd.close();
        one.close();
        System.clearProperty("clusterdeck.ssh");
    }

    @Test
    void itsHostIsNamedRefusedCuredAndFound() throws Exception {
        var key = sshd.allow("good", "ed25519", "");
        robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        robot.write("sign-in");
        robot.type(KeyCode.ENTER);
        until(() -> shown("#ways-entry"));
        assertEquals(1, spec().seeds().size());
        var host = System.getProperty("user.name") + "@127.0.0.1:" + sshd.port;

        // with no key that it takes: the reason is told
        focus("#ways-entry");
        robot.write(host);
        robot.type(KeyCode.ENTER);
        until(() -> shown("#question"));
        robot.type(KeyCode.TAB, KeyCode.SPACE); // its key is trusted
        until(() -> shown("#way-127-0-0-1 .mistake"));
        picture("ways-refused");

        // with the right one it lets us in, and the node is found there
        focus("#way-change-127-0-0-1");
        robot.type(KeyCode.SPACE);
        until(() -> shown("#way-key-127-0-0-1"));
        Stagehand.fx(() -> ((TextField) stage.getScene().lookup("#way-key-127-0-0-1")).setText(key.toString()));
        focus("#way-key-127-0-0-1");
        robot.type(KeyCode.ENTER);
        until(() -> !spec().sites().isEmpty());
        until(() -> shown("#ways-homeless .glyph-ok"));
        assertFalse(shown("#way-127-0-0-1 .mistake"));
        picture("ways-found");
        var kept = ClusterFiles.read(home, "one").orElseThrow();
        assertEquals(List.of(key.toString()), kept.hosts().getFirst().keys());
        assertEquals("127.0.0.1", kept.sites().getFirst().host().value());
        assertTrue(kept.needs(kept.hosts().getFirst().name()));
        assertFalse(shown("#way-127-0-0-1 #hosts-ways-remove"), "it can not be removed any more");
    }

    /** What leads nowhere goes again, and leaves nothing. */
    @Test
    void aHostThatIsNoneIsRemoved() throws Exception {
        var before = ClusterFiles.read(home, "one").orElseThrow();
        Stagehand.fx(() -> model.pageProperty().set(new Page.Hosts("one")));
        until(() -> shown("#ways-entry"));
        focus("#ways-entry");
        robot.write("ops@127.0.0.1:1");
        robot.type(KeyCode.ENTER);
        until(() -> shown("#way-127-0-0-1 .mistake"));
        focus("#way-127-0-0-1 #hosts-ways-remove");
        robot.type(KeyCode.SPACE);
        until(() -> stage.getScene().lookup("#way-127-0-0-1") == null);
        assertEquals(before, ClusterFiles.read(home, "one").orElseThrow());
    }

    private ClusterSpec spec() {
        return deck.clusters().getFirst();
    }

    private boolean shown(String id) {
        return Stagehand.onFx(() -> {
            var node = stage.getScene().lookup(id);
            return node != null && node.isVisible();
        });
    }

    private void focus(String id) {
        Stagehand.fx(() -> stage.getScene().lookup(id).requestFocus());
    }

    private void picture(String name) {
        Stagehand.picture(stage.getScene(), name);
    }

    private static void until(Callable<Boolean> seen) {
        await().atMost(Duration.ofMinutes(2)).until(() -> Stagehand.onFx(seen));
    }
}
