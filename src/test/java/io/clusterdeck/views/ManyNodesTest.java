package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand nodes: whoever scrolls sees each of them, and no frame walks over those out of sight. */
@Tag("window")
class ManyNodesTest {
    private static final int MASTERS = 500;
    private static final int STEPS = 20;

    @Test
    void eachIsShown() throws IOException {
        var look = Stagehand.look(Theme.DARK, "en");
        var deck = new SampleDeck();
        ClusterState before = Crowd.of(MASTERS).state();
        deck.add(Samples.orders(), before);
        var model = Stagehand.onFx(() -> new ShellModel(deck, deck.clusters()));
        var scene = Stagehand.onFx(() -> {
            var made = new Scene(new ShellView(look, model, new AskModel()), 1440, 900);
            look.themes().dress(made);
            return made;
        });
        await().until(() -> Stagehand.onFx(() -> model.open().size() == 1));
        var image = Stagehand.onFx(() -> scene.snapshot(null));
        Png.write(image, Path.of("target/pictures/topology-1000-dark-en.png"));
        var all = Stagehand.onFx(() -> scrolled(scene, ".shard-chip"));
        assertEquals(MASTERS, all.size());
        var gone = Crowd.of(MASTERS)
                .contact(10_250, new Contact.Gone(Sample.NOW, Say.of("sample.refused")))
                .state();
        assertEquals(1, Stagehand.onFx(() -> {
            model.open().get("orders-prod").take(gone);
            return scrolled(scene, ".shard-chip .glyph-gone").size();
        }));
    }

    /** What is found on the page while it is scrolled from end to end: of each the chip in which it lies, by its words. */
    private static Set<String> scrolled(Scene scene, String selector) {
        var page = (ScrollPane) scene.getRoot().lookup("#topology");
        var found = new HashSet<String>();
        for (int i = 0; i <= STEPS; i++) {
            page.setVvalue(i / (double) STEPS);
            scene.getRoot().layout();
            assertTrue(scene.getRoot().lookupAll(".shard-chip").size() < MASTERS / 2);
            for (Node node : scene.getRoot().lookupAll(selector)) {
                while (!node.getStyleClass().contains("shard-chip")) {
                    node = node.getParent();
                }
                found.add(node.getAccessibleText());
            }
        }
        return found;
    }
}
