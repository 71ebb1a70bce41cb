package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.views.runs.RunsView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals that can't be read: the page says so, instead of that nothing was ever done. */
@Tag("window")
class RunsUnreadTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void saysWhy(String language) throws Exception {
        var runs = Files.createDirectories(folder.resolve("carts")).resolve("runs");
        Files.writeString(runs, "a file where the folder was");
        try (var deck = DeckApp.open(Home.at(folder), new AskModel())) {
            var look = Stagehand.look(Theme.LIGHT, language);
            var scene = Stagehand.onFx(() -> {
                var made = new Scene(new RunsView(look, new RunsModel(deck.runs())), 1024, 400);
                look.themes().dress(made);
                return made;
            });
            await().atMost(Duration.ofMinutes(1)).until(() -> Stagehand.onFx(() -> scene.lookup("#runs-none") != null));
            Stagehand.picture(scene, "runs-unread-light-" + language);
            assertEquals(List.of(), Stagehand.onFx(() -> Stagehand.flaws(scene)));
            var texts = Stagehand.onFx(() -> scene.getRoot().lookupAll(".text").stream()
                    .map(t -> ((Text) t).getText())
                    .toList());
            assertTrue(texts.stream().anyMatch(t -> t.contains(runs.toString())), texts.toString());
        }
    }
}
