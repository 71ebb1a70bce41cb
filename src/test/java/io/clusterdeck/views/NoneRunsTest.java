package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster of which no node runs, as while it is built: what is wrong and the button that helps are seen without scrolling. */
@Tag("window")
class NoneRunsTest {

    private static ClusterState stopped() {
        var addresses =
                IntStream.range(9000, 9006).mapToObj(p -> "192.168.100.11:" + p).toList();
        var args = new Object[] {
            "what",
            Say.of("health.none-runs.stopped"),
            "told",
            Say.of("health.none-runs.stopped.told", "count", 6, "addresses", addresses)
        };
        var finding = new Finding(
                ClusterState.STOPPED,
                Level.BAD,
                Optional.empty(),
                Say.of("health.none-runs", args),
                Say.of("health.none-runs.why", args),
                Say.of("health.none-runs.next", args),
                Optional.of("start-all"));
        return new ClusterState(
                "orders-prod",
                Sample.NOW,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(finding),
                SlotOwners.none(),
                0,
                Duration.ofMillis(100),
                0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void isToldWhole(String language) {
        var look = Stagehand.look(Theme.LIGHT, language);
        var deck = new SampleDeck();
        deck.add(Samples.orders(), stopped());
        var model = Stagehand.onFx(() -> new ShellModel(deck, deck.clusters()));
        var scene = Stagehand.onFx(() -> {
            var made = new Scene(new ShellView(look, model, new AskModel()), 1200, 800);
            look.themes().dress(made);
            return made;
        });
        var stage = Stagehand.onFx(() -> {
            var made = new Stage();
            made.setScene(scene);
            made.show();
            return made;
        });
        try {
            told(scene, language);
        } finally {
            Stagehand.fx(stage::close);
        }
    }

    private static void told(Scene scene, String language) {
        await().until(() -> Stagehand.onFx(() -> scene.getRoot().lookup("#looking #findings") != null));
        Stagehand.settle();
        Stagehand.picture(scene, "none-runs-" + language);
        assertEquals(List.of(), Stagehand.onFx(() -> Stagehand.flaws(scene)));
        var list = Stagehand.onFx(() -> (ScrollPane) scene.getRoot().lookup("#looking #findings .plain-scroll"));
        assertTrue(
                list.getContent().getLayoutBounds().getHeight()
                        <= list.getViewportBounds().getHeight() + 1,
                list.getContent().getLayoutBounds() + " in " + list.getViewportBounds());
    }
}
