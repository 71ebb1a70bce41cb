package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed demo left behind is offered when the window opens, and goes or stays as the operator says. */
@Tag("window")
class LeftoversTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void isOfferedAndTakenAway() throws Exception {
        var left = leftBy("demo");
        press("#views-left-remove");
        await().atMost(PATIENCE).until(() -> !Files.exists(left));
    }

    @Test
    void isOfferedAndKept() throws Exception {
        var left = leftBy("demo");
        press("#views-left-keep");
        await("nobody asks again").atMost(PATIENCE).until(() -> !Files.exists(left.resolve("demo-owner")));
        assertTrue(Files.exists(left));
    }

    private Path leftBy(String name) throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        var left = Files.createDirectories(folder.resolve("home").resolve(name));
        Files.writeString(left.resolve("demo-owner"), gone.pid() + " 1\n" + name + "\n");
        return left;
    }

    private void press(String button) throws Exception {
        var questions = new AskModel();
        try (var deck = DeckApp.open(Home.at(folder.resolve("home")), questions)) {
            var look = Stagehand.look(Theme.DARK, "en");
            var model = Stagehand.onFx(() -> new ShellModel(deck, deck.clusters()));
            var scene = Stagehand.onFx(() -> {
                var made = new Scene(new ShellView(look, model, questions), 1024, 700);
                look.themes().dress(made);
                return made;
            });
            await().atMost(PATIENCE).until(() -> Stagehand.onFx(() -> scene.lookup(button) != null));
            Stagehand.fx(() -> {
                scene.getRoot().applyCss();
                scene.getRoot().layout();
            });
            var image = Stagehand.onFx(() -> scene.snapshot(null));
            Png.write(image, Path.of("target/pictures/leftovers-dark-en.png"));
            Stagehand.fx(() -> ((Button) scene.lookup(button)).fire());
            await().atMost(PATIENCE).until(() -> Stagehand.onFx(() -> scene.lookup(button) == null));
            Stagehand.fx(model::close);
        }
    }
}
